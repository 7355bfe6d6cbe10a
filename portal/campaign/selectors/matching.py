"""Entries without a household, and whose they may be. Never blocks anybody from entering."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.campaign.models import Entry, EntryMatch, Round
from portal.campaign.selectors.entries import valid_entries
from portal.core.text import fold
from portal.households.selectors.duplicates import Likeness, Traits, likely_duplicates

GROUPS_SHOWN = 20


@dataclass(frozen=True)
class Group:
    """Entries under one name in one village, and the families that it may be."""

    entries: list[Entry]
    likely: list[Likeness]

    @property
    def first(self) -> Entry:
        """The entry that stands for all."""
        return self.entries[0]

    @property
    def codes(self) -> list[str]:
        """Codes of all entries of the group."""
        return [entry.code for entry in self.entries]


def unmatched_entries(round_: Round) -> list[Entry]:
    """Valid entries without household code of which nobody has said whose they are, in order of arrival."""
    said = standing_matches(round_)
    entries = valid_entries(round_).filter(household=None, erased_at=None).select_related("village")
    return [entry for entry in entries.order_by("received_at", "pk") if entry.code not in said]


def standing_matches(round_: Round) -> dict[str, EntryMatch]:
    """{code: the last saying}, those taken back left out."""
    rows = EntryMatch.objects.filter(round=round_).select_related("household", "matched_by").order_by("pk")
    last = {row.code: row for row in rows}
    return {code: row for code, row in last.items() if not row.is_undone}


def matching_groups(round_: Round) -> list[Group]:
    """Groups to decide on, those that wait longest first."""
    groups = _grouped(unmatched_entries(round_))[:GROUPS_SHOWN]
    return [Group(entries, _likely(entries[0])) for entries in groups]


def lately_matched(round_: Round, limit: int = 10) -> list[EntryMatch]:
    """What was said last, the newest first."""
    return sorted(standing_matches(round_).values(), key=lambda row: -row.pk)[:limit]


def _grouped(entries: Iterable[Entry]) -> list[list[Entry]]:
    groups: dict[tuple[str, int | None], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((fold(entry.head_name), entry.village_id), []).append(entry)
    return list(groups.values())


def _likely(entry: Entry) -> list[Likeness]:
    return likely_duplicates(Traits(entry.head_name, entry.village_id, phone=entry.phone))
