"""Titles in force, and the part of them that families let the public see (invariants 5 and 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.core.text import vietnamese_sort_key
from portal.households.enums import DecisionKind, NameForm, Title
from portal.households.models import DecisionEntry, Household
from portal.households.names import UNNAMED, shown_name
from portal.households.selectors.consents import name_forms

IN_FORCE = (DecisionKind.RECOGNISE, DecisionKind.CORRECT)


@dataclass(frozen=True)
class Honour:
    """One family on the honour roll, in the form that it chose."""

    name: str
    village: str
    village_number: int
    title: Title
    year: int
    decision_number: str
    decided_on: date

    @property
    def is_named(self) -> bool:
        """Whether any part of the name is shown."""
        return self.name != UNNAMED


def entries_in_force(
    *, year: int | None = None, title: Title | None = None, root: Household | None = None
) -> list[DecisionEntry]:
    """The last word of the decisions on each household, title and year, where that word is yes."""
    rows = DecisionEntry.objects.select_related("decision", "household__root__village").order_by(
        "decision__signed_on", "decision_id", "position"
    )
    if year is not None:
        rows = rows.filter(decision__year=year)
    if title is not None:
        rows = rows.filter(decision__title=title)
    if root is not None:
        rows = rows.filter(household__root=root)
    last = {(row.household.root_id, row.decision.title, row.decision.year): row for row in rows}
    return [row for row in last.values() if row.action in IN_FORCE]


def roots_in_force(*, year: int, title: Title) -> set[int]:
    """Primary keys of the families that hold this title of this year."""
    return {entry.household.root_id or entry.household_id for entry in entries_in_force(year=year, title=title)}


def honour_roll(*, year: int, title: Title | None = None) -> list[Honour]:
    """Families that may be shown, by given name in Vietnamese order; those that show only the village come last."""
    entries = entries_in_force(year=year, title=title)
    forms = name_forms(entry.household.root_id for entry in entries if entry.household.root_id)
    shown = [(entry, forms[entry.household.root_id]) for entry in entries if entry.household.root_id in forms]
    return [_honour(entry, form) for entry, form in _in_order(shown)]


def honour_years() -> list[int]:
    """Years with a decision, newest first."""
    years = DecisionEntry.objects.order_by().values_list("decision__year", flat=True).distinct()
    return sorted(years, reverse=True)


def _in_order(rows: Iterable[tuple[DecisionEntry, NameForm]]) -> list[tuple[DecisionEntry, NameForm]]:
    def key(row: tuple[DecisionEntry, NameForm]) -> tuple[bool, str]:
        entry, form = row
        # Sorted by what is shown: an order by hidden names would give them away.
        hidden = form == NameForm.VILLAGE
        return (
            hidden,
            entry.village_on_paper if hidden else vietnamese_sort_key(shown_name(entry.name_on_paper, form)),
        )

    return sorted(rows, key=key)


def _honour(entry: DecisionEntry, form: NameForm) -> Honour:
    root = entry.household.root
    return Honour(
        name=shown_name(entry.name_on_paper, form),
        village=entry.village_on_paper,
        village_number=root.village.number if root else 0,
        title=Title(entry.decision.title),
        year=entry.decision.year,
        decision_number=entry.decision.number,
        decided_on=entry.decision.signed_on,
    )
