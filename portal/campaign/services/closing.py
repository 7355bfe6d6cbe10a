"""A round is over: its list is sealed, and who cannot win is said with a reason (published beside the code)."""

from django.db import transaction
from django.utils import timezone

from portal.campaign.counting import Sent, counted_entry
from portal.campaign.enums import CountingRule, EntryChannel, ExclusionReason, Phase
from portal.campaign.models import Entry, EntryMatch, Exclusion, Round, SealedEntry, SealedList
from portal.campaign.sealing import list_digest, list_text
from portal.campaign.selectors.closing import exclusions_of, listed_entries
from portal.campaign.selectors.entries import matched_households, valid_entries
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.households.models import Household


class SealingRefused(Exception):
    """The list cannot be sealed now; the message is what the clerk reads."""


class ExclusionRefused(Exception):
    """An entry cannot be taken out, or back in, any more."""


@transaction.atomic
def match_entry(*, round_: Round, code: str, household: Household | None, by: User) -> EntryMatch:
    """Say whose entry it is; None takes an earlier saying back."""
    if round_.drawn_at is not None:
        raise ExclusionRefused("Đã bốc thăm: không khớp hộ được nữa.")
    match = EntryMatch(round=round_, code=code, household=household, matched_by=by)
    match.save()
    record("entry.match", by=by, subject=code, data={"household": household.code if household else ""})
    return match


@transaction.atomic
def seal_round(*, round_: Round, by: User | None) -> SealedList:
    """Fix the list of all entries and publish its digest; once, and only after the last hour of the round."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if locked.sealed_at is not None:
        return SealedList.objects.get(round=locked)
    if locked.phase != Phase.CLOSED:
        raise SealingRefused("Vòng chưa hết giờ nhận bài nên chưa chốt được.")
    if locked.seed_known_at and timezone.now() >= locked.seed_known_at:
        raise SealingRefused(
            "Số bốc thăm đã có rồi mà danh sách chưa chốt: ai cũng có thể nghi. "
            "Xin chọn một số chưa biết, ghi lý do, rồi chốt."
        )
    entries = list(valid_entries(locked).filter(is_held=False).select_related("household").order_by("code"))
    text = list_text((entry.code, entry.digest) for entry in entries)
    sealed = SealedList(round=locked, text=text, digest=list_digest(text), sealed_by=by)
    sealed.save()
    SealedEntry.objects.bulk_create(SealedEntry(sealed_list=sealed, code=entry.code, entry=entry) for entry in entries)
    locked.sealed_at = sealed.sealed_at
    locked.save(update_fields=["sealed_at"])
    record("round.seal", by=by, subject=str(locked.pk), data={"digest": sealed.digest, "entries": len(entries)})
    forget_pages()
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


def settle_households(*, round_: Round, by: User) -> int:
    """Exclude what matches no household, and all but one of the entries of each; returns how many were added.

    Done again it adds nothing: it follows from the list, the matches and the round's rule.
    """
    if round_.drawn_at is not None:
        raise ExclusionRefused("Đã bốc thăm: danh sách xét giải không đổi nữa.")
    wanted = _wanted_exclusions(round_)
    settled = {ExclusionReason.NO_HOUSEHOLD, ExclusionReason.SUPERSEDED}
    added = 0
    with transaction.atomic():
        standing = exclusions_of(round_)
        for code, row in standing.items():
            if row.reason in settled and wanted.get(code) != row.reason:
                _say(round_, code, ExclusionReason(row.reason), by, "", is_lifted=True)
        for code, reason in wanted.items():
            last = standing.get(code)
            if last is None or (last.reason in settled and last.reason != reason):
                _say(round_, code, reason, by, "", is_lifted=False)
                added += 1
    return added


def _wanted_exclusions(round_: Round) -> dict[str, ExclusionReason]:
    entries = listed_entries(round_)
    owners = matched_households(round_, entries)
    refused = {code for code, row in exclusions_of(round_).items() if row.reason == ExclusionReason.REFUSED}
    groups: dict[int, list[Entry]] = {}
    wanted: dict[str, ExclusionReason] = {}
    for entry in entries:
        owner = owners[entry.code]
        if owner is None:
            wanted[entry.code] = ExclusionReason.NO_HOUSEHOLD
        elif entry.code not in refused:
            groups.setdefault(owner, []).append(entry)
    for group in groups.values():
        counted = counted_entry(map(sent_of, group), CountingRule(round_.counting_rule)).code
        wanted |= {entry.code: ExclusionReason.SUPERSEDED for entry in group if entry.code != counted}
    return wanted


def sent_of(entry: Entry) -> Sent:
    """The entry as the counting rule sees it."""
    return Sent(entry.code, entry.received_at, entry.channel == EntryChannel.PAPER, entry.is_confirmed)


def _say(round_: Round, code: str, reason: ExclusionReason, by: User, note: str, *, is_lifted: bool) -> Exclusion:
    if round_.drawn_at is not None:
        raise ExclusionRefused(
            "Đã bốc thăm: danh sách xét giải không đổi nữa. Giải không trao được thì ghi ở trao giải."
        )
    if not SealedEntry.objects.filter(sealed_list__round=round_, code=code).exists():
        raise ExclusionRefused("Bài này không có trong danh sách đã chốt.")
    row = Exclusion(round=round_, code=code, reason=reason, note=note, is_lifted=is_lifted, decided_by=by)
    row.save()
    action = "entry.include" if is_lifted else "entry.exclude"
    record(action, by=by, subject=code, reason=note, data={"reason": reason})
    forget_pages()
    return row
