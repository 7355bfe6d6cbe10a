"""What the heaps make of the plan's targets: figures that carry their whole story with them. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from portal.households.enums import MeasureKind, MeasureReading
from portal.households.progress.counting import MET_HEAPS, Counted, Heap, heaps_on
from portal.households.progress.facts import CommuneFacts, VillageFact, village_in_charge


@dataclass(frozen=True)
class Target:
    """What the plan wants of a share, in per cent, and by when."""

    percent: Decimal
    is_strictly_above: bool = False
    due_on: date | None = None

    def is_reached(self, share: Fraction) -> bool:
        """“Trên 70%” is more than 70: exactly 70,0 is not reached."""
        goal = Fraction(self.percent)
        return share > goal if self.is_strictly_above else share >= goal

    def needed(self, denominator: int) -> int:
        """The smallest numerator with which the target is reached; 0 when there is nobody to count."""
        if not denominator:
            return 0
        exact = Fraction(self.percent) * denominator / 100
        whole = exact.numerator // exact.denominator
        return whole + 1 if self.is_strictly_above or exact != whole else whole


@dataclass(frozen=True)
class Definition:
    """A measure as a version of the definitions states it."""

    key: str
    name: str
    counted: Counted
    sentence: str = ""
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    reading: MeasureReading | None = None
    legal_basis: str = ""
    counts_from: date | None = None
    target: Target | None = None
    version: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it has met and unmet; the last visit has only days."""
        return self.counted.kind != MeasureKind.LAST_VISIT

    @property
    def unit(self) -> str:
        """What is counted: villages or households."""
        return "thôn" if self.counted.kind == MeasureKind.ACTIVITY else "hộ"


@dataclass(frozen=True)
class Figure:
    """One measure of the commune (`village` None) or of a village, at the end of a day."""

    definition: Definition
    day: date
    village: int | None
    heaps: Mapping[str, int] = field(default_factory=dict)

    def count(self, *heaps: Heap) -> int:
        """How many lie in these heaps."""
        return sum(self.heaps.get(heap, 0) for heap in heaps)

    @property
    def numerator(self) -> int:
        """How many meet it."""
        return self.count(*MET_HEAPS)

    @property
    def denominator(self) -> int:
        """All that are counted: met, unmet, unclear and not looked at alike."""
        return sum(self.heaps.values())

    @property
    def seen(self) -> int:
        """Met, and a team saw it."""
        return self.count(Heap.MET_SEEN)

    @property
    def told(self) -> int:
        """Met, as the family tells."""
        return self.count(Heap.MET_TOLD)

    @property
    def on_paper(self) -> int:
        """Met, as a paper shows."""
        return self.count(Heap.MET_PAPER)

    @property
    def unmet(self) -> int:
        """Somebody looked, and it was not there."""
        return self.count(Heap.UNMET)

    @property
    def unclear(self) -> int:
        """Somebody looked and could not tell, or saw only a part."""
        return self.count(Heap.UNCLEAR)

    @property
    def declared(self) -> int:
        """Nobody looked, and the family says of itself that it does: not in the numerator."""
        return self.count(Heap.DECLARED)

    @property
    def unseen(self) -> int:
        """Nobody looked, declared or not."""
        return self.count(Heap.UNSEEN, Heap.DECLARED)

    @property
    def share(self) -> Fraction | None:
        """Per cent, exact; None when there is nobody to count."""
        return Fraction(self.numerator * 100, self.denominator) if self.denominator else None

    @property
    def percent(self) -> str:
        """`52,9`; with so many decimals that the rounding never hides on which side of the target it lies."""
        if self.share is None:
            return "–"
        target = self.definition.target
        return written_percent(self.share, Fraction(target.percent) if target else None)

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without a target or without anybody to count."""
        target = self.definition.target
        return target.is_reached(self.share) if target and self.share is not None else None

    @property
    def missing(self) -> int:
        """How many more are needed for the target as the register stands."""
        target = self.definition.target
        return max(target.needed(self.denominator) - self.numerator, 0) if target else 0


def written_percent(share: Fraction, goal: Fraction | None = None) -> str:
    """`52,9`: one decimal and a comma; more of them while a share beside the goal would be written like the goal."""
    for decimals in range(1, 6):
        rounded = _rounded(share, decimals)
        if share == goal or goal is None or rounded != _rounded(goal, decimals):
            return str(rounded).replace(".", ",")
    return str(rounded).replace(".", ",")


def _rounded(share: Fraction, decimals: int) -> Decimal:
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def figure_on(commune: CommuneFacts, definition: Definition, day: date, village: int | None = None) -> Figure:
    """The measure at the end of that day, counted household by household: the truth that stored counts must equal."""
    if definition.counted.kind == MeasureKind.ACTIVITY:
        active = {fact.village for fact in commune.activities if _counts(fact.held_on, definition, day)}
        return activity_figure(commune.villages, active, definition, day, village)
    heaps: Counter[str] = Counter()
    for household in commune.households:
        if not household.is_listed_on(day):
            continue
        lives_in = village_in_charge(commune.villages, household.village_on(day), day)
        if village in {None, lives_in}:
            heaps.update(heaps_on(household, day, [definition.counted], commune.criteria).values())
    return Figure(definition, day, village, dict(heaps))


def activity_figure(
    villages: Iterable[VillageFact], active: Iterable[int], definition: Definition, day: date, village: int | None
) -> Figure:
    """Villages that stand on the day, by whether they held an activity; those of a predecessor count for them."""
    villages = tuple(villages)
    held = {village_in_charge(villages, pk, day) for pk in active}
    standing = [fact.pk for fact in villages if fact.stands_on(day) and village in {None, fact.pk}]
    heaps = Counter(str(Heap.MET if pk in held else Heap.UNMET) for pk in standing)
    return Figure(definition, day, village, dict(heaps))


def _counts(held_on: date, definition: Definition, day: date) -> bool:
    return held_on <= day and (definition.counts_from is None or definition.counts_from <= held_on)
