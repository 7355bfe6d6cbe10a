"""What a village does next (V20): what most of its families still miss, the guide to print, the families to visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.enums import Need
from portal.households.enums import MeasureKind, MeasureReading
from portal.households.models import Household, ProgressCourse, Village
from portal.households.progress.counting import Heap
from portal.households.progress.courses import unpack
from portal.households.progress.measures import Definition, Figure
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.progress import Figures, figures_on

#: Which guides help with a finding; its keys never change from one set of criteria to the next.
GUIDES = {"2": Need.PAPERS, "3": Need.PAYMENT, "4a": Need.SCHOOL, "4b": Need.HEALTH, "5": Need.SAFETY}
#: So many families are named; the others follow when these are visited.
FAMILIES = 8
#: A village has at most so many families that are looked through for them.
LOOKED_THROUGH = 600


@dataclass(frozen=True)
class NextStep:
    """What to teach in a village now."""

    village: Village
    figure: Figure
    need: Need | None

    @property
    def families(self) -> int:
        """How many were looked at and do not meet it."""
        return self.figure.unmet


def next_steps(villages: Iterable[Village], day: date) -> list[NextStep]:
    """One for each village in which somebody was looked at and misses something. Four queries."""
    definitions = [one for one in definitions_of(measure_set_on(day)) if _is_taught(one)]
    figures = figures_on([day], definitions)
    steps = (_step(village, figures, definitions, day) for village in villages)
    return [step for step in steps if step is not None]


def _is_taught(definition: Definition) -> bool:
    return definition.counted.kind == MeasureKind.FINDINGS and definition.reading == MeasureReading.EACH


def _step(village: Village, figures: Figures, definitions: Sequence[Definition], day: date) -> NextStep | None:
    counted = [figures.of(definition, day, village.pk) for definition in definitions]
    most = max(counted, key=lambda figure: figure.unmet, default=None)
    if most is None or not most.unmet:
        return None
    keys = [key for group in most.definition.counted.groups for key in group]
    return NextStep(village, most, next((GUIDES[key] for key in keys if key in GUIDES), None))


def families_of(step: NextStep) -> list[Household]:
    """The families of that step, those that were visited longest ago first."""
    visited = Household.objects.listed().filter(village=step.village, last_visited_on__isnull=False)
    listed = list(visited.order_by("last_visited_on", "sort_key")[:LOOKED_THROUGH])
    courses = dict(ProgressCourse.objects.filter(household__in=listed).values_list("household", "steps"))
    key, found = step.figure.definition.counted.key, []
    for home in listed:
        steps = [one for one in unpack(courses.get(home.pk, [])) if one.day <= step.figure.day]
        if steps and steps[-1].heaps.get(key) == Heap.UNMET:
            found.append(home)
        if len(found) == FAMILIES:
            break
    return found
