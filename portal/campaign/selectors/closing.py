"""The sealed list, and who of it is in the running."""

from dataclasses import dataclass

from portal.campaign.counting import Sent, counted_entry
from portal.campaign.enums import CountingRule, EntryChannel, ExclusionReason
from portal.campaign.models import Entry, Exclusion, Round, SealedList
from portal.campaign.sealing import content_digest, list_digest, list_text
from portal.campaign.selectors.entries import matched_households

#: Reasons that follow from the list, the matches and the round's rule; all others are decided by people.
SETTLED = {ExclusionReason.NO_HOUSEHOLD, ExclusionReason.SUPERSEDED}


#: An entry that stands for these reasons leaves the household's other entries in the running.
UNFIT = {ExclusionReason.REFUSED, ExclusionReason.HELD}


@dataclass(frozen=True)
class Settling:
    """What must still be said so that one entry of each household is in the running."""

    lift: dict[str, ExclusionReason]
    exclude: dict[str, ExclusionReason]

    @property
    def count(self) -> int:
        """How many entries it concerns."""
        return len(self.lift.keys() | self.exclude.keys())


def listed_entries(round_: Round) -> list[Entry]:
    """Entries of the sealed list in order of their codes."""
    rows = Entry.objects.filter(sealed__sealed_list__round=round_).select_related("household", "village")
    return list(rows.order_by("code"))


def exclusions_of(round_: Round) -> dict[str, Exclusion]:
    """{code: why it cannot win} of all that are out as it stands now."""
    last = {row.code: row for row in Exclusion.objects.filter(round=round_).order_by("pk")}
    return {code: row for code, row in last.items() if not row.is_lifted}


def running_entries(round_: Round) -> list[Entry]:
    """Listed entries that may win."""
    out = exclusions_of(round_)
    return [entry for entry in listed_entries(round_) if entry.code not in out]


def settling_of(round_: Round) -> Settling:
    """Compares what the list, the matches and the rule ask for with what has been said so far."""
    wanted, standing = _wanted_exclusions(round_), exclusions_of(round_)
    lift = {
        code: ExclusionReason(row.reason)
        for code, row in standing.items()
        if row.reason in SETTLED and wanted.get(code) != row.reason
    }
    exclude = {code: reason for code, reason in wanted.items() if code not in standing or code in lift}
    return Settling(lift, exclude)


def sent_of(entry: Entry) -> Sent:
    """The entry as the counting rule sees it."""
    return Sent(entry.code, entry.received_at, entry.channel == EntryChannel.PAPER, entry.is_confirmed)


def _wanted_exclusions(round_: Round) -> dict[str, ExclusionReason]:
    entries = listed_entries(round_)
    owners = matched_households(round_, entries)
    refused = {code for code, row in exclusions_of(round_).items() if row.reason in UNFIT}
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


def seal_is_whole(round_: Round) -> bool:
    """Whether the entries in the database still give the list that was sealed, and the list its digest."""
    sealed = SealedList.objects.get(round=round_)
    entries = listed_entries(round_)
    text = list_text((entry.code, _digest_now(entry)) for entry in entries)
    return text == sealed.text and list_digest(sealed.text) == sealed.digest


def _digest_now(entry: Entry) -> str:
    """Of an erased entry the digest alone stands for what was said."""
    if entry.erased_at is not None:
        return entry.digest
    return content_digest(entry.first_token, entry.code, entry.content)
