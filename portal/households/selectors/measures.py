"""The versions of the definitions as the pure rules take them."""

from datetime import date

from portal.households.enums import MeasureKind, MeasureReading
from portal.households.models import Measure, MeasureSet
from portal.households.progress.counting import LAST_VISIT, LISTED, Counted
from portal.households.progress.measures import Definition, Target


def measure_set_on(day: date) -> MeasureSet:
    """The set in force on that day; before the first one, the first. The founding set comes with the software."""
    return MeasureSet.objects.in_force_on(day).first() or MeasureSet.objects.earliest("valid_from", "id")


def definitions_of(measure_set: MeasureSet) -> list[Definition]:
    """The set's measures in their order. One query."""
    return [definition_of(measure, measure_set) for measure in measure_set.measures.order_by("position")]


def definition_of(measure: Measure, measure_set: MeasureSet) -> Definition:
    """One measure with all that it says of itself."""
    target = None
    if measure.target_percent is not None:
        target = Target(measure.target_percent, measure.is_strictly_above, measure.target_on)
    return Definition(
        key=measure.key,
        name=measure.name,
        counted=counted_by(measure),
        sentence=measure.sentence,
        numerator=measure.numerator,
        denominator=measure.denominator,
        exclusions=measure.exclusions,
        reading=MeasureReading(measure.reading) if measure.reading else None,
        legal_basis=measure.legal_basis,
        counts_from=measure.counts_from,
        target=target,
        version=f"{measure_set.name}, từ {measure_set.valid_from:%d/%m/%Y}",
    )


def counted_by(measure: Measure) -> Counted:
    """What a measure counts."""
    return Counted(MeasureKind(measure.kind), tuple(tuple(group) for group in measure.groups), measure.title)


def counted_of_households() -> list[Counted]:
    """All that any version counts of households, each thing once: what the counts of the register are kept for."""
    found = {counted_by(measure) for measure in Measure.objects.exclude(kind=MeasureKind.ACTIVITY)}
    return sorted(found | {LISTED, LAST_VISIT}, key=lambda counted: counted.key)
