"""The leader's board: where the movement stands on a day, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.core.periods import Period
from portal.households.enums import MeasureKind, MeasureReading
from portal.households.models import MeasureSet, Village
from portal.households.progress.charts import (
    BAND_WORDS,
    Slice,
    Stitch,
    Trend,
    age_slices,
    band_of,
    stitches_of,
    trend_of,
)
from portal.households.progress.measures import Definition, Figure
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.periods import cutoff_day, quarter_ends
from portal.households.selectors.progress import ON_THE_REGISTER, VISITED_LAST, Figures, figures_on

#: Quarters shown before today.
QUARTERS = 6


@dataclass(frozen=True)
class TargetLine:
    """A measure against its target, with its way so far."""

    figure: Figure
    trend: Trend
    days_left: int | None
    in_pilot: Figure | None


@dataclass(frozen=True)
class VillageLine:
    """A village beside the others; by number, never by rank."""

    village: Village
    each: Sequence[Figure]
    others: Sequence[Figure]
    listed: Figure
    ages: Figure
    has_activity_now: bool

    @property
    def stitches(self) -> list[Stitch]:
        """Its patch of cloth."""
        return stitches_of(map(band_of, self.each))

    @property
    def in_words(self) -> str:
        """The patch for who cannot see it."""
        return "; ".join(f"{figure.definition.name}: {BAND_WORDS[band_of(figure)]}" for figure in self.each)

    @property
    def seen_percent(self) -> str:
        """Of what the village meets in the single behaviours, how much a team saw."""
        met = sum(figure.numerator for figure in self.each)
        return f"{round(100 * sum(figure.seen for figure in self.each) / met)}%" if met else "–"


@dataclass(frozen=True)
class Board:
    """All of it, read once."""

    day: date
    period: Period
    period_from: date
    period_to: date
    measure_set: MeasureSet
    targets: Sequence[TargetLine]
    stages: Sequence[Figure]
    listed: Figure
    ages: Sequence[Slice]
    villages: Sequence[VillageLine]

    @property
    def each(self) -> list[TargetLine]:
        """“Trên 70%” read one behaviour at a time."""
        return [line for line in self.targets if line.figure.definition.reading == MeasureReading.EACH]

    @property
    def together(self) -> list[TargetLine]:
        """“Trên 70%” read as all behaviours of one household."""
        return [line for line in self.targets if line.figure.definition.reading == MeasureReading.TOGETHER]

    @property
    def whole(self) -> list[TargetLine]:
        """Targets that can be read in one way only."""
        return [line for line in self.targets if line.figure.definition.reading is None]

    @property
    def idle(self) -> list[VillageLine]:
        """Villages without an activity in this quarter."""
        return [line for line in self.villages if not line.has_activity_now]


def board_on(day: date) -> Board:
    """The board as the register stands at the end of that day, by the definitions of that day. Eight queries."""
    cutoff, measure_set = cutoff_day(), measure_set_on(day)
    definitions = definitions_of(measure_set)
    ends = quarter_ends(measure_set.pilot_from or day, day, cutoff, QUARTERS)
    days = [end for _period, end in ends] + [day]
    pilot_end = measure_set.pilot_to if measure_set.pilot_to and measure_set.pilot_to < day else None
    figures = figures_on([*days, *([pilot_end] if pilot_end else [])], [*definitions, ON_THE_REGISTER, VISITED_LAST])
    period = Period.quarter_of(day, cutoff)
    # Quarters before the register began have nothing to show.
    begun = [(one, end) for one, end in ends if figures.of(ON_THE_REGISTER, end).denominator]
    days = [end for _one, end in begun] + [day]
    labels = [*((one.name, one.short) for one, _end in begun), (f"{day:%d/%m/%Y}", f"{day:%d/%m}")]
    return Board(
        day=day,
        period=period,
        period_from=period.first_day(cutoff),
        period_to=period.last_day(cutoff),
        measure_set=measure_set,
        targets=[_target(one, figures, days, labels, pilot_end) for one in definitions if one.target],
        stages=[figures.of(one, day) for one in definitions if not one.target],
        listed=figures.of(ON_THE_REGISTER, day),
        ages=age_slices(figures.of(VISITED_LAST, day)),
        villages=_villages(definitions, figures, day, period.first_day(cutoff)),
    )


def _target(
    definition: Definition,
    figures: Figures,
    days: Sequence[date],
    labels: Sequence[tuple[str, str]],
    pilot_end: date | None,
) -> TargetLine:
    figure = figures.of(definition, days[-1])
    due_on = definition.target.due_on if definition.target else None
    return TargetLine(
        figure=figure,
        trend=trend_of([figures.of(definition, day) for day in days], labels),
        days_left=(due_on - days[-1]).days if due_on else None,
        in_pilot=figures.of(definition, pilot_end) if pilot_end else None,
    )


def _villages(definitions: Sequence[Definition], figures: Figures, day: date, since: date) -> list[VillageLine]:
    each = [one for one in definitions if one.reading == MeasureReading.EACH]
    others = [one for one in definitions if one.target and one.reading != MeasureReading.EACH]
    activity = next((one for one in definitions if one.counted.kind == MeasureKind.ACTIVITY), None)
    return [
        VillageLine(
            village=village,
            each=[figures.of(one, day, village.pk) for one in each],
            others=[figures.of(one, day, village.pk) for one in others],
            listed=figures.of(ON_THE_REGISTER, day, village.pk),
            ages=figures.of(VISITED_LAST, day, village.pk),
            has_activity_now=activity is None or bool(figures.within(activity, since, day, village.pk).numerator),
        )
        for village in Village.objects.standing_on(day).order_by("number", "pk")
    ]


@dataclass(frozen=True)
class FigureStory:
    """One figure with all that stands behind it, and the same of every village."""

    figure: Figure
    villages: Sequence[tuple[Village, Figure]]
    place: Village | None


def figure_story(key: str, day: date, place: Village | None) -> FigureStory | None:
    """The measure of that key on that day; None when the definitions of that day have none."""
    definitions = [*definitions_of(measure_set_on(day)), ON_THE_REGISTER, VISITED_LAST]
    definition = next((one for one in definitions if one.key == key), None)
    if definition is None:
        return None
    figures = figures_on([day], [definition])
    villages = Village.objects.standing_on(day).order_by("number", "pk")
    return FigureStory(
        figures.of(definition, day, place.pk if place else None),
        [(village, figures.of(definition, day, village.pk)) for village in villages],
        place,
    )
