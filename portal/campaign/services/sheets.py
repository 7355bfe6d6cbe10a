"""Entry sheets on paper: printed with code and stub, handed in, typed in by the team or the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from portal.campaign.enums import EntryChannel
from portal.campaign.models import Entry, EntrySheet, Round
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.selectors.sheets import is_changed_since, typed_entry
from portal.campaign.services.entries import EntryRefused, Sending, submit_entry
from portal.core.audit import record
from portal.core.codes import drawn_code
from portal.core.models import User
from portal.households.models import Household, Village

#: Sheets in one print: a village at most.
MAX_SHEETS = 200


class SheetsRefused(Exception):
    """No sheets can be printed; the message is what the clerk reads."""


class AlreadyTyped(EntryRefused):
    """Somebody has typed this sheet in, or corrected it meanwhile."""


@dataclass(frozen=True)
class TypedSheet:
    """What stands on a sheet that came back. `corrects` is the version that it corrects, 0 for the first typing."""

    token: UUID
    corrects: int
    content: Mapping[str, Any]
    handed_in_at: datetime
    household: Household | None = None
    head_name: str = ""
    village_id: int | None = None
    phone: str = ""
    shown_as: str = ""


@transaction.atomic
def print_household_sheets(*, round_: Round, households: Sequence[Household], by: User) -> list[EntrySheet]:
    """One sheet for each household, in the order given; printed again, it is the same sheet."""
    _check_printable(round_, len(households))
    printed = EntrySheet.objects.filter(round=round_, household__in=households)
    printed = printed.select_related("household__root__village")
    known = {sheet.household_id for sheet in printed}
    missing = (household for household in households if household.pk not in known)
    EntrySheet.objects.bulk_create(
        (EntrySheet(**_new(round_), household=household, printed_by=by) for household in missing),
        ignore_conflicts=True,
    )
    record("sheets.print", by=by, subject=str(round_.pk), data={"sheets": len(households)})
    sheets = {sheet.household_id: sheet for sheet in printed.all()}
    return [sheets[household.pk] for household in households]


@transaction.atomic
def print_blank_sheets(
    *, round_: Round, batch: UUID, count: int, village: Village | None, by: User
) -> list[EntrySheet]:
    """So many sheets for whoever comes; the same `batch` printed again gives the same sheets."""
    _check_printable(round_, count)
    tokens = [uuid5(batch, f"{round_.pk} {number}") for number in range(count)]
    sheets = [EntrySheet(**_new(round_, token), village=village, printed_by=by) for token in tokens]
    EntrySheet.objects.bulk_create(sheets, ignore_conflicts=True)
    record("sheets.print", by=by, subject=str(round_.pk), data={"blank": count})
    made = {sheet.token: sheet for sheet in EntrySheet.objects.filter(round=round_, token__in=tokens)}
    return [made[token] for token in tokens]


def type_sheet(*, sheet: EntrySheet, typed: TypedSheet, by: User) -> Entry:
    """Enter what the sheet says; the same form again returns the same entry. Raises EntryRefused."""
    before = typed_entry(sheet)
    if before is not None and before.token == typed.token:
        return before
    if typed.corrects != (before.version if before else 0):
        raise AlreadyTyped("Phiếu này vừa được nhập ở chỗ khác. Xin xem lại trước khi sửa.")
    if before is not None and is_changed_since(before):
        raise EntryRefused("Gia đình đã tự sửa bài này trên máy. Bài được tính là bài gia đình sửa.")
    household = typed.household
    sending = Sending(
        # The sheet's own token: its stub already shows the secret number that follows from it.
        token=typed.token if before else sheet.token,
        opened_at=timezone.now(),
        content=typed.content,
        household_id=household.pk if household else None,
        root_id=household.root_id if household else None,
        is_confirmed=household is not None,
        head_name=typed.head_name,
        village_id=household.village_id if household else typed.village_id,
        phone=typed.phone,
        shown_as=typed.shown_as,
        channel=EntryChannel.PAPER,
        sheet_code=sheet.code,
        changes=before,
        handed_in_at=typed.handed_in_at,
    )
    entry = submit_entry(round_=sheet.round, sending=sending, now=timezone.now(), by=by)
    record("entry.type", by=by, subject=entry.code, data={"version": entry.version})
    return entry


def _new(round_: Round, token: UUID | None = None) -> dict[str, Any]:
    return {"round": round_, "token": token or uuid4(), "code": drawn_code(ENTRY_PREFIX)}


def _check_printable(round_: Round, count: int) -> None:
    if round_.announced_at is None:
        raise SheetsRefused("Vòng chưa công bố nên chưa in phiếu được.")
    if timezone.now() >= round_.closes_at:
        raise SheetsRefused("Vòng đã đóng: không in phiếu mới nữa. Phiếu đã nộp thì vẫn nhập được.")
    if not 1 <= count <= MAX_SHEETS:
        raise SheetsRefused(f"Mỗi lần in từ 1 đến {MAX_SHEETS} phiếu. Xin chọn lại.")
