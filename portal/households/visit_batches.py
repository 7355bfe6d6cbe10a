"""Batches of visits as phones send them: JSON that may be wrong in any way, answered item by item."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.core.models import User
from portal.core.text import nfc
from portal.households.enums import Basis, Result
from portal.households.services.visits import Outcome, VisitReport, record_visits

MAX_BYTES = 1_000_000
MAX_VISITS = 200
MAX_NOTE = 1000
MAX_FINDINGS = 50
MAX_SECONDS = 24 * 60 * 60
FIRST_YEAR = 2020


class BatchRefused(Exception):
    """The whole of it cannot be read."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class ItemRefused(ValueError):
    """One item cannot be read; the message is for the person with the phone."""


def take_batch(body: bytes, *, by: User) -> list[dict[str, str]]:
    """Record what can be recorded; {client_id, outcome, message} for every item, in the order in which it was sent."""
    answers = []
    for item in _items(body):
        try:
            report = read_report(item)
        except ItemRefused as refusal:
            sent_id = item.get("client_id") if isinstance(item, Mapping) else None
            answers.append(_answer(str(sent_id or "")[:64], Outcome.REFUSED, str(refusal)))
            continue
        [answer] = record_visits(reports=[report], by=by)
        answers.append(_answer(str(answer.client_id), answer.outcome, answer.message))
    return answers


def read_report(item: Any) -> VisitReport:
    """One item as the service takes it."""
    if not isinstance(item, Mapping):
        raise ItemRefused("Lượt này không đọc được.")
    return VisitReport(
        client_id=_uuid(item.get("client_id"), "mã lượt thăm"),
        code=_text(item.get("code"), "mã hộ", 16),
        visited_at=_moment(item.get("visited_at")),
        criteria_set_id=_number(item.get("criteria_set"), "bộ tiêu chí", 2**31),
        findings=_findings(item.get("findings")),
        corrects=_uuid(item["corrects"], "mã lượt được sửa") if item.get("corrects") else None,
        note=_text(item.get("note") or "", "ghi chú", MAX_NOTE),
        seconds_spent=(
            None if item.get("seconds_spent") is None else _number(item["seconds_spent"], "thời gian thăm", MAX_SECONDS)
        ),
    )


def _items(body: bytes) -> list[Any]:
    if len(body) > MAX_BYTES:
        raise BatchRefused("Gửi một lần nhiều quá. Xin gửi làm nhiều lần, mỗi lần ít lượt hơn.", 413)
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BatchRefused("Gói gửi lên không đọc được. Các lượt vẫn còn trên máy.") from error
    items = sent.get("visits") if isinstance(sent, dict) else None
    if not isinstance(items, list):
        raise BatchRefused("Gói gửi lên thiếu danh sách lượt thăm. Các lượt vẫn còn trên máy.")
    if len(items) > MAX_VISITS:
        raise BatchRefused(f"Mỗi lần gửi nhiều nhất {MAX_VISITS} lượt. Xin gửi làm nhiều lần.", 413)
    return items


def _answer(client_id: str, outcome: Outcome, message: str) -> dict[str, str]:
    return {"client_id": client_id, "outcome": str(outcome), "message": message}


def _uuid(value: Any, what: str) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise ItemRefused(f"Không đọc được {what}.") from error


def _text(value: Any, what: str, limit: int) -> str:
    if not isinstance(value, str) or "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise ItemRefused(f"Không đọc được {what}.")
    if len(value) > limit:
        raise ItemRefused(f"Phần {what} dài quá {limit} ký tự.")
    return nfc(value).strip()


def _number(value: Any, what: str, limit: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < limit:
        raise ItemRefused(f"Không đọc được {what}.")
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise ItemRefused("Không đọc được ngày giờ thăm.") from error
    if moment.tzinfo is None:
        raise ItemRefused("Ngày giờ thăm thiếu múi giờ.")
    if not FIRST_YEAR <= moment.year < 9999:
        raise ItemRefused("Ngày giờ thăm xa quá. Xin xem lại năm.")
    return moment


def _findings(value: Any) -> dict[str, tuple[Result, Basis | None]]:
    if not isinstance(value, Mapping) or len(value) > MAX_FINDINGS:
        raise ItemRefused("Không đọc được kết quả của lượt thăm.")
    return {key: _finding(key, said) for key, said in value.items()}


def _finding(key: str, said: Any) -> tuple[Result, Basis | None]:
    if not isinstance(said, Mapping):
        raise ItemRefused(f"Không đọc được kết quả mục {key[:14]}.")
    try:
        return Result(str(said.get("result"))), Basis(str(said["basis"])) if said.get("basis") else None
    except ValueError as error:
        raise ItemRefused(f"Không đọc được kết quả mục {key[:14]}.") from error
