"""Visits come in batches, in any order, any number of times, and are answered one by one (invariant 2)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import Basis, Channel, Result
from portal.households.models import CriteriaSet, Finding, Household, Visit
from portal.households.permissions import villages_of
from portal.households.selectors.standing import refresh_standing
from portal.households.services.progress import refresh_progress

#: A phone's clock may be ahead; further than this it is wrong, and the visit would rule over later ones.
CLOCK_TOLERANCE = timedelta(minutes=10)


class Outcome(StrEnum):
    """What became of one item of a batch."""

    RECORDED = "da-nhan"
    KNOWN = "da-co"
    REFUSED = "can-xem"


@dataclass(frozen=True)
class VisitReport:
    """One visit as the phone sends it."""

    client_id: UUID
    code: str
    visited_at: datetime
    criteria_set_id: int
    findings: Mapping[str, tuple[Result, Basis | None]]
    corrects: UUID | None = None
    note: str = ""
    seconds_spent: int | None = None
    channel: Channel = Channel.TEAM

    @property
    def digest(self) -> str:
        """SHA-256 over all that was sent, whatever the order of the findings."""
        findings = sorted((key, str(result), str(basis or "")) for key, (result, basis) in self.findings.items())
        said: list[Any] = [str(self.client_id), self.code, self.visited_at.isoformat(), self.criteria_set_id, findings]
        said += [str(self.corrects or ""), self.note, self.seconds_spent]
        return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Answer:
    """The answer to one item; `message` is for the person with the phone."""

    client_id: UUID
    outcome: Outcome
    message: str = ""


class VisitRefused(Exception):
    """The visit cannot be taken as it is; the message is what the team reads."""


def record_visits(*, reports: Iterable[VisitReport], by: User) -> list[Answer]:
    """Take each visit in a transaction of its own: one bad item holds up nothing."""
    answers = []
    for report in reports:
        try:
            answers.append(Answer(report.client_id, _record_visit(report, by)))
        except VisitRefused as refusal:
            answers.append(Answer(report.client_id, Outcome.REFUSED, str(refusal)))
    return answers


def _record_visit(report: VisitReport, by: User) -> Outcome:
    known = _outcome_of_known(report)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            _write_visit(report, by)
    except IntegrityError:
        # The same visit arrived twice at the same instant.
        known = _outcome_of_known(report)
        if known is None:
            raise
        return known
    return Outcome.RECORDED


def _outcome_of_known(report: VisitReport) -> Outcome | None:
    known = Visit.objects.filter(client_id=report.client_id).values_list("digest", flat=True).first()
    if known is None:
        return None
    if known != report.digest:
        raise VisitRefused("Mã lượt thăm này đã có với nội dung khác. Xin ghi thành lượt mới.")
    return Outcome.KNOWN


def _write_visit(report: VisitReport, by: User) -> None:
    household = _household_for(report, by)
    criteria_set = CriteriaSet.objects.filter(pk=report.criteria_set_id, activated_at__isnull=False).first()
    if criteria_set is None:
        raise VisitRefused("Không thấy bộ tiêu chí của lượt này. Xin tải lại trang rồi ghi lại.")
    _check_findings(report, criteria_set)
    if report.visited_at > timezone.now() + CLOCK_TOLERANCE:
        raise VisitRefused("Giờ thăm ở tương lai: đồng hồ máy đang chạy nhanh. Xin chỉnh đồng hồ rồi gửi lại.")
    visit = Visit(
        client_id=report.client_id,
        household=household,
        village=household.root.village if household.root else household.village,
        criteria_set=criteria_set,
        visited_at=report.visited_at,
        seconds_spent=report.seconds_spent,
        corrects=report.corrects,
        note=report.note,
        channel=report.channel,
        visited_by=by,
        digest=report.digest,
    )
    visit.save()
    for key, (result, basis) in sorted(report.findings.items()):
        Finding(visit=visit, key=key, result=result, basis=basis or "").save()
    refresh_standing(household)
    record("visit.record", by=by, subject=household.code, data={"visit": str(report.client_id)})
    refresh_progress(household)


def _household_for(report: VisitReport, by: User) -> Household:
    """The household, if it is in a village of this member's; otherwise no word on whether it exists."""
    household = (
        Household.objects.select_related("root__village", "village")
        .filter(code=report.code, root__village__in=villages_of(by))
        .first()
    )
    if household is None:
        raise VisitRefused("Không thấy hộ này, hoặc hộ không thuộc thôn anh/chị phụ trách.")
    return household


def _check_findings(report: VisitReport, criteria_set: CriteriaSet) -> None:
    keys = {key for criterion in criteria_set.criteria.all() for key in criterion.finding_keys}
    if not report.findings:
        raise VisitRefused("Lượt thăm chưa ghi kết quả nào.")
    for key, (result, basis) in report.findings.items():
        if key not in keys:
            raise VisitRefused(f"Bộ tiêu chí này không có mục {key}.")
        if result != Result.UNCLEAR and basis is None:
            raise VisitRefused(f"Mục {key}: xin ghi căn cứ: thấy tận nơi, gia đình kể hay giấy tờ.")
