"""What everybody may read of a closed quarter: numbers for the commune, ranges for villages. Pure.

No household can be worked out (invariant 6). A village's count is told as one of a few ranges that are cut by its size
and the target alone, never by the count: neither a gap in the table nor the quarter before gives more away. Sums could,
where they lie close to what the ranges allow; there the commune's count is told as a range too, or not at all.
`docs/adr/0015` says why ranges, and what an attacker is taken to know.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from portal.core.periods import Period
from portal.households.enums import MeasureKind
from portal.households.progress.contents import Content, Place
from portal.households.progress.counting import Heap
from portal.households.progress.measures import Definition, Figure

#: Measures of each village: no household counts for one of them because it counts for another.
VILLAGE_KINDS = (MeasureKind.FINDINGS, MeasureKind.CAPABLE)
#: Measures that say something about the measures of the villages: who meets them, met those, or the other way round.
TIED_KINDS = (MeasureKind.FINDINGS, MeasureKind.PASSING, MeasureKind.ASSESSED)


@dataclass(frozen=True)
class Between:
    """A count as it is told: from `low` to `high`, both possible."""

    low: int
    high: int

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def width(self) -> int:
        """How far apart the two ends are."""
        return self.high - self.low


@dataclass(frozen=True)
class Public:
    """One measure as it is told, of the commune or of a village; `between` None: it is not told."""

    definition: Definition
    whole: int
    between: Between | None
    #: Of those who meet it, how many in ten a team saw with its own eyes; None where that would be too few to say.
    seen_in_ten: int | None = None

    @property
    def goal(self) -> int:
        """The smallest count with which the target is reached; 0 without a target."""
        target = self.definition.target
        return target.needed(self.whole) if target else 0

    @property
    def level(self) -> int:
        """0 not told, 1 mới bắt đầu, 2 đang tới, 3 vượt mốc; not there, and no more told, is on the way."""
        if self.between is None or not self.goal:
            return 0
        if self.is_reached:
            return 3
        if self.between.high < on_the_way(self.goal):
            return 1
        # All of them, where all is the target, is never told: it would tell of each.
        return 2 if self.is_reached is False or self.between.low >= on_the_way(self.goal) else 0

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None without a target, or where the range leaves it open."""
        if self.between is None or not self.goal:
            return None
        if self.between.low >= self.goal:
            return True
        return False if self.between.high < self.goal else None

    @property
    def missing(self) -> Between | None:
        """How many more are needed for the target; None where it is reached or open."""
        if self.is_reached is not False or self.between is None:
            return None
        return Between(self.goal - self.between.high, self.goal - self.between.low)


@dataclass(frozen=True)
class PublicVillage:
    """A village as it is told; several that have few households stand together."""

    places: tuple[Place, ...]
    whole: int
    figures: Sequence[Public]
    activities: int

    @property
    def name(self) -> str:
        """`Thôn 2`, `Thôn 3 và Thôn 7`."""
        *first, last = (place.name for place in self.places)
        return f"{', '.join(first)} và {last}" if first else last


def ranges(whole: int, goal: int, least: int) -> list[Between]:
    """The ranges that a count out of `whole` can be told as: cut at the target, each at least `least` wide.

    They depend on nothing that is to be kept: that a count is told as this range says only that it lies in it.
    """
    return [one for start, end in _stretches(whole, goal, least) for one in _cut(start, end, 2 * least)]


def _stretches(whole: int, goal: int, least: int) -> list[tuple[int, int]]:
    for cuts in ((on_the_way(goal), goal), (goal,), (on_the_way(goal),), ()):
        edges = [0, *cuts, whole + 1]
        if all(after - 1 - start >= least for start, after in pairwise(edges)):
            break
    return [(start, after - 1) for start, after in pairwise(edges)]


def on_the_way(goal: int) -> int:
    """From four sevenths of the target on a village is on the way to it: 40% of the households where it is 70%."""
    return -(-goal * 4 // 7)


def _cut(low: int, high: int, size: int) -> list[Between]:
    """Equal parts of at least so many values."""
    values = high - low + 1
    parts = max(values // size, 1)
    edges = [low + values * number // parts for number in range(parts + 1)]
    return [Between(start, after - 1) for start, after in pairwise(edges)]


def range_of(count: int, whole: int, goal: int, least: int) -> Between:
    """The one of these ranges that a count is told as; found without making them all."""
    low, high = next(one for one in _stretches(whole, goal, least) if one[0] <= count <= one[1])
    values = high - low + 1
    parts = max(values // (2 * least), 1)
    number = ((count - low + 1) * parts - 1) // values
    return Between(low + values * number // parts, low + values * (number + 1) // parts - 1)


def together(sizes: Mapping[Place, int], least: int) -> list[tuple[Place, ...]]:
    """Villages, each alone; those with too few households to say anything stand together, neighbours by number."""
    enough = 4 * least
    groups: list[list[Place]] = [[]]
    for place in (place for place in sizes if sizes[place] < enough):
        groups[-1].append(place)
        if sum(sizes[one] for one in groups[-1]) >= enough:
            groups.append([])
    left = groups.pop()
    if left and groups:
        groups[-1] += left
    elif left:
        smallest = min(
            (place for place in sizes if sizes[place] >= enough), key=lambda place: sizes[place], default=None
        )
        groups.append([*left, *([smallest] if smallest else [])])
    grouped = {place: tuple(group) for group in groups for place in group}
    # In the order of the villages; a group stands where its first one would.
    return list(dict.fromkeys(grouped.get(place, (place,)) for place in sizes))


@dataclass(frozen=True)
class Published:
    """A closed quarter as everybody may read it."""

    content: Content

    @property
    def period(self) -> Period:
        """The quarter."""
        return self.content.period

    @property
    def least(self) -> int:
        """Fewer households than this are never told apart: as it was set when the quarter was closed."""
        return int(self.content.given["least"])

    @property
    def _margin(self) -> int:
        """How far a sum must stay away from what would give its parts away."""
        return 4 * self.least

    @cached_property
    def village_definitions(self) -> list[Definition]:
        """What is told of each village: measures that share no finding, so that none says anything about another."""
        chosen, known = [], set[str]()
        for definition in self.content.definitions:
            keys = {key for group in definition.counted.groups for key in group}
            if definition.counted.kind in VILLAGE_KINDS and definition.target and not keys & known:
                chosen.append(definition)
                known |= keys
        return chosen

    @cached_property
    def _groups(self) -> list[tuple[Place, ...]]:
        listed = self.content.listed
        sizes = {place: self.content.figure(listed, place).denominator for place in self.content.places}
        groups = together({place: size for place, size in sizes.items() if size}, self.least)
        # One row alone would be the commune's count.
        return groups if len(groups) > 1 else []

    @cached_property
    def villages(self) -> list[PublicVillage]:
        """Villages in their own order: no list of the best or of the last."""
        return [
            PublicVillage(
                places,
                self._sum(self.content.listed, places, "denominator"),
                [self._of_village(definition, places) for definition in self.village_definitions],
                sum(self.content.tally("hoat-dong", place) for place in places),
            )
            for places in self._groups
        ]

    def _sum(self, definition: Definition, places: Iterable[Place], what: str) -> int:
        return sum(getattr(self.content.figure(definition, place), what) for place in places)

    def _of_village(self, definition: Definition, places: tuple[Place, ...]) -> Public:
        count, whole = (self._sum(definition, places, what) for what in ("numerator", "denominator"))
        goal = definition.target.needed(whole) if definition.target else 0
        return Public(definition, whole, range_of(count, whole, goal, self.least))

    @cached_property
    def commune(self) -> list[Public]:
        """Every share of the commune, in the order of the definitions."""
        counted = [one for one in self.content.definitions if one.is_share and one.counted.kind != MeasureKind.LISTED]
        return [self._of_commune(definition) for definition in counted]

    @property
    def households(self) -> int:
        """All that are counted."""
        return self.content.figure(self.content.listed).denominator

    def _of_commune(self, definition: Definition) -> Public:
        figure = self.content.figure(definition)
        if definition.counted.kind == MeasureKind.ACTIVITY:
            between: Between | None = Between(figure.numerator, figure.numerator)
        elif definition in self.village_definitions and self._groups:
            between = self._sum_of_villages(definition, figure)
        elif definition.counted.kind in TIED_KINDS and not self._stands_clear(definition, figure):
            between = None
        else:
            between = self._alone(figure)
        return Public(definition, figure.denominator, between, self._seen_in_ten(figure, between))

    def _alone(self, figure: Figure) -> Between:
        """The number, unless so few meet it, or so few do not, that they could be named."""
        if self.least <= figure.numerator <= figure.denominator - self.least:
            return Between(figure.numerator, figure.numerator)
        target = figure.definition.target
        goal = target.needed(figure.denominator) if target else 0
        return range_of(figure.numerator, figure.denominator, goal, self.least)

    def _sum_of_villages(self, definition: Definition, figure: Figure) -> Between:
        """The number, unless it lies so near an end of what the villages' ranges allow that it would narrow them."""
        told = self._told(definition)
        low, high = sum(one.low for one in told), sum(one.high for one in told)
        if low + self._margin <= figure.numerator <= high - self._margin:
            return Between(figure.numerator, figure.numerator)
        return Between(low, high)

    def _told(self, definition: Definition) -> list[Between]:
        """The villages' ranges of a measure."""
        number = self.village_definitions.index(definition)
        return [one for village in self.villages if (one := village.figures[number].between)]

    def _stands_clear(self, definition: Definition, figure: Figure) -> bool:
        """Whether a measure that is tied to those of the villages says nothing new about them.

        Whoever meets all four meets each: the number of the four must stay well below each count and below what the
        ranges allow. Whoever meets one was assessed: the number of the assessed must stay well above.
        """
        findings = [one for one in self.village_definitions if one.counted.kind == MeasureKind.FINDINGS]
        counts = [self.content.figure(one).numerator for one in findings]
        if not findings or not self._groups:
            return True
        if not all(self._sum_of_villages(one, self.content.figure(one)).is_exact for one in findings):
            return False
        rows = list(zip(*map(self._told, findings), strict=True))
        if definition.counted.kind == MeasureKind.ASSESSED:
            floor = max(*counts, sum(max(one.low for one in row) for row in rows))
            return figure.numerator >= floor + self._margin
        roof = min(*counts, sum(min(one.high for one in row) for row in rows))
        return figure.numerator <= roof - self._margin

    def _seen_in_ten(self, figure: Figure, between: Between | None) -> int | None:
        is_seen = Heap.MET_SEEN in figure.heaps and between is not None and between.is_exact
        if not is_seen or figure.numerator < 10 * self.least:
            return None
        return round(10 * figure.seen / figure.numerator)
