"""Entries as they stand: by token, by code, and the valid version of each at a moment."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from portal.campaign.models import Entry, EntryMatch, Round


def entry_of(token: UUID) -> Entry | None:
    """The sending that this form made, if it arrived."""
    return Entry.objects.filter(token=token).first()


def versions_of(code: str) -> list[Entry]:
    """All versions under a code, the first one first."""
    return list(Entry.objects.select_related("round__game", "village").filter(code=code).order_by("version"))


def valid_entries(round_: Round) -> QuerySet[Entry]:
    """The last version of every code of the round: nothing is accepted after its end, so the last one in is valid."""
    last = Entry.objects.filter(code=OuterRef("code")).order_by("-version").values("pk")[:1]
    return Entry.objects.filter(round=round_, pk=Subquery(last))


def matched_households(round_: Round, entries: Iterable[Entry]) -> dict[str, int | None]:
    """{code: root household} by what staff said last, else by the household code that the family wrote."""
    matches = EntryMatch.objects.filter(round=round_).order_by("pk")
    rows = matches.values_list("code", "household__root_id", "is_undone")
    last = {code: (root, undone) for code, root, undone in rows}
    said = {code: root for code, (root, undone) in last.items() if not undone}
    typed = {entry.code: entry.household.root_id if entry.household else None for entry in entries}
    return {code: said.get(code, root) for code, root in typed.items()}


def sendings_of_entrant(entry: Entry) -> int:
    """How many entries (codes, not versions) this one's sender has in the round, confirmed ones counted apart."""
    known = Entry.objects.filter(round=entry.round_id, entrant=entry.entrant, version=1)
    return known.filter(is_confirmed=entry.is_confirmed).count()


def codes_matched_by_staff(round_: Round) -> set[str]:
    """Entries of which somebody of the staff has said whose they are."""
    rows = EntryMatch.objects.filter(round=round_).order_by("pk").values_list("code", "household", "is_undone")
    said = {code: household if not undone else None for code, household, undone in rows}
    return {code for code, household in said.items() if household is not None}
