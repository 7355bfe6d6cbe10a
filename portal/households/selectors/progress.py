"""Figures of any day and village from the stored counts: the same queries for a thousand households and a million."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, Sum

from portal.households.enums import MeasureKind
from portal.households.models import ActivityReport, ProgressCount
from portal.households.progress.counting import LAST_VISIT, LISTED
from portal.households.progress.facts import VillageFact, village_in_charge
from portal.households.progress.measures import Definition, Figure, activity_figure
from portal.households.selectors.progress_facts import village_facts

Heaps = Mapping[str, int]
ON_THE_REGISTER = Definition("trong-so", "Hộ trong sổ", LISTED)
VISITED_LAST = Definition("lan-tham", "Lần thăm gần nhất", LAST_VISIT)


@dataclass(frozen=True)
class Figures:
    """What was read: heaps by (day, village or None, what is counted), and activities by village."""

    villages: Sequence[VillageFact]
    heaps: Mapping[tuple[date, int | None, str], Heaps]
    held: Mapping[int, Sequence[date]]

    def of(self, definition: Definition, day: date, village: int | None = None) -> Figure:
        """The measure of the commune or of a village at the end of one of the days that were read."""
        if definition.counted.kind == MeasureKind.ACTIVITY:
            since = definition.counts_from or date.min
            active = [pk for pk, days in self.held.items() if any(since <= held_on <= day for held_on in days)]
            return activity_figure(self.villages, active, definition, day, village)
        return Figure(definition, day, village, self.heaps.get((day, village, definition.counted.key), {}))

    def within(self, definition: Definition, since: date, day: date, village: int | None = None) -> Figure:
        """The same for activities of a period alone."""
        return self.of(replace(definition, counts_from=since), day, village)


def figures_on(days: Iterable[date], definitions: Iterable[Definition]) -> Figures:
    """All figures of these measures on these days, for the commune and every village. Three queries."""
    wanted = sorted(set(days))
    keys = {definition.counted.key for definition in definitions}
    villages = village_facts()
    heaps: dict[tuple[date, int | None, str], Counter[str]] = defaultdict(Counter)
    for village, key, heap, *counts in _sums(wanted, keys):
        for day, count in zip(wanted, counts, strict=True):
            if count:
                heaps[day, village_in_charge(villages, village, day), key][heap] += count
                heaps[day, None, key][heap] += count
    # A predecessor may give what its successor takes away.
    whole = {place: {heap: count for heap, count in counts.items() if count} for place, counts in heaps.items()}
    return Figures(villages, whole, _held(wanted[-1]))


def _sums(days: Sequence[date], keys: Iterable[str]) -> Iterable[tuple[int, str, str, int]]:
    sums = {f"day{number}": Sum("change", filter=Q(day__lte=day)) for number, day in enumerate(days)}
    rows = ProgressCount.objects.filter(counted__in=sorted(keys), day__lte=days[-1]).order_by()
    return rows.values("village", "counted", "heap").annotate(**sums).values_list("village", "counted", "heap", *sums)


def _held(day: date) -> dict[int, list[date]]:
    held = defaultdict(list)
    rows = ActivityReport.objects.in_effect().filter(held_on__lte=day)
    for village, held_on in rows.order_by().values_list("village", "held_on"):
        held[village].append(held_on)
    return held
