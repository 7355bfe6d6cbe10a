"""A round is over: its list is sealed, and who cannot win is said with a reason (published beside the code)."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.campaign.clock import phase_at
from portal.campaign.enums import ExclusionReason, Phase
from portal.campaign.models import Entry, EntryMatch, Exclusion, Round, SealedEntry, SealedList
from portal.campaign.sealing import list_digest, list_text
from portal.campaign.selectors.closing import exclusions_of, settling_of
from portal.campaign.selectors.entries import valid_entries
from portal.campaign.selectors.moderation import approved_codes, refused_sayings
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.households.models import Household

logger = logging.getLogger(__name__)


class SealingRefused(Exception):
    """The list cannot be sealed now; the message is what the clerk reads."""


class ExclusionRefused(Exception):
    """An entry cannot be taken out, or back in, any more."""


@transaction.atomic
def match_entry(*, round_: Round, code: str, household: Household | None, by: User) -> EntryMatch:
    """Say whose entry it is; None is “of no household on the register”."""
    _lock_undrawn(round_, "Đã bốc thăm: không khớp hộ được nữa.")
    match = EntryMatch(round=round_, code=code, household=household, matched_by=by)
    match.save()
    # The log outlives what a round erases: it says neither whose the entry is nor what was said of it.
    record("entry.match", by=by, subject=code, data={"is_of_register": household is not None})
    return match


@transaction.atomic
def undo_match(*, round_: Round, code: str, by: User) -> EntryMatch:
    """Take back what was said: the entry is again what the family wrote."""
    _lock_undrawn(round_, "Đã bốc thăm: không khớp hộ được nữa.")
    match = EntryMatch(round=round_, code=code, is_undone=True, matched_by=by)
    match.save()
    record("entry.unmatch", by=by, subject=code)
    return match


@transaction.atomic
def seal_round(*, round_: Round, by: User | None, now: datetime | None = None) -> SealedList:
    """Fix the list of all entries and publish its digest; once, and only after the last hour of the round.

    `now` is this moment unless a round of the past is entered.
    """
    now = now or timezone.now()
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if locked.sealed_at is not None:
        return SealedList.objects.get(round=locked)
    if phase_at(now, locked.times) != Phase.CLOSED:
        raise SealingRefused("Vòng chưa hết giờ nhận bài nên chưa chốt được.")
    if now < locked.times.seals_from:
        raise SealingRefused(
            f"Bài gửi kịp giờ và phiếu giấy còn được ghi vào đến "
            f"{timezone.localtime(locked.times.seals_from):%H:%M:%S ngày %d/%m/%Y}; sau đó mới chốt được."
        )
    if locked.misses_number_at(now):
        raise SealingRefused(
            "Số bốc thăm đã có rồi mà danh sách chưa chốt: ai cũng có thể nghi. "
            "Xin chọn một số chưa biết, ghi lý do, rồi chốt."
        )
    entries = list(valid_entries(locked).select_related("household").order_by("code"))
    text = list_text((entry.code, entry.digest) for entry in entries)
    sealed = SealedList(round=locked, text=text, digest=list_digest(text), sealed_at=now, sealed_by=by)
    sealed.save()
    SealedEntry.objects.bulk_create(SealedEntry(sealed_list=sealed, code=entry.code, entry=entry) for entry in entries)
    locked.sealed_at = sealed.sealed_at
    locked.save(update_fields=["sealed_at"])
    record("round.seal", by=by, subject=str(locked.pk), data={"digest": sealed.digest, "entries": len(entries)})
    _take_out_unfit(locked, entries, by, now)
    forget_pages()
    return sealed


def _take_out_unfit(round_: Round, entries: Iterable[Entry], by: User | None, now: datetime) -> None:
    """On the list stands every entry that came; what moderators refused, or have not let through yet, cannot win."""
    refused, approved = refused_sayings(round_), approved_codes(round_)
    for entry in entries:
        if entry.code in refused:
            _say(round_, entry.code, ExclusionReason.REFUSED, by, refused[entry.code].reason, is_lifted=False, now=now)
        elif entry.is_held and entry.code not in approved:
            _say(round_, entry.code, ExclusionReason.HELD, by, "", is_lifted=False, now=now)


def seal_due_rounds() -> list[SealedList]:
    """Seal every round whose last hour, and the time for typing in paper, has passed. One refusal stops no other."""
    now, sealed = timezone.now(), []
    for round_ in Round.objects.closed_at(now):
        if now < round_.times.seals_from:
            continue
        try:
            sealed.append(seal_round(round_=round_, by=None))
        except SealingRefused as refusal:
            logger.warning("round %s was not sealed: %s", round_.pk, refusal)
    return sealed


@transaction.atomic
def exclude_entry(*, round_: Round, code: str, reason: ExclusionReason, by: User, note: str = "") -> Exclusion:
    """A listed entry is out of the running; before the draw, so that nobody is dropped for having won."""
    return _say(round_, code, reason, by, note, is_lifted=False)


@transaction.atomic
def lift_exclusion(*, round_: Round, code: str, by: User, note: str = "") -> Exclusion:
    """It is in the running again."""
    last = exclusions_of(round_).get(code)
    if last is None:
        raise ExclusionRefused("Bài này đang được xét giải.")
    return _say(round_, code, ExclusionReason(last.reason), by, note, is_lifted=True)


@transaction.atomic
def settle_households(*, round_: Round, by: User, now: datetime | None = None) -> int:
    """Exclude what matches no household, and all but one of the entries of each; returns how many were added.

    Done again it adds nothing: it follows from the list, the matches and the round's rule. `now` is this moment
    unless a round of the past is entered.
    """
    _lock_undrawn(round_, "Đã bốc thăm: danh sách xét giải không đổi nữa.")
    settling = settling_of(round_)
    for code, reason in settling.lift.items():
        _say(round_, code, reason, by, "", is_lifted=True, now=now)
    for code, reason in settling.exclude.items():
        _say(round_, code, reason, by, "", is_lifted=False, now=now)
    return len(settling.exclude)


def _lock_undrawn(round_: Round, sentence: str) -> None:
    """Hold the round for the rest of the transaction: no draw slips in between, and none is behind us."""
    if Round.objects.select_for_update(of=("self",)).get(pk=round_.pk).drawn_at is not None:
        raise ExclusionRefused(sentence)


def _say(
    round_: Round,
    code: str,
    reason: ExclusionReason,
    by: User | None,
    note: str,
    *,
    is_lifted: bool,
    now: datetime | None = None,
) -> Exclusion:
    _lock_undrawn(round_, "Đã bốc thăm: danh sách xét giải không đổi nữa. Giải không trao được thì ghi ở trao giải.")
    if not SealedEntry.objects.filter(sealed_list__round=round_, code=code).exists():
        raise ExclusionRefused("Bài này không có trong danh sách đã chốt.")
    row = Exclusion(
        round=round_,
        code=code,
        reason=reason,
        note=note,
        is_lifted=is_lifted,
        decided_at=now or timezone.now(),
        decided_by=by,
    )
    row.save()
    action = "entry.include" if is_lifted else "entry.exclude"
    record(action, by=by, subject=code, data={"reason": reason})
    forget_pages()
    return row
