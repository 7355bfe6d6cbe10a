"""Shapes of the charts, in units of their own view boxes: the pages only draw them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.households.progress.counting import Heap
from portal.households.progress.measures import Figure

#: One column of a trend: as wide as this, with a gap beside it; as high as a hundred per cent.
COLUMN, GAP, HEIGHT = 36, 10, 100
#: Stitches of a patch: from the bottom, three at most; a cell is so large.
CELL_WIDTH, CELL_HEIGHT, STITCHES = 28, 24, 3
AGE_WORDS = (
    (Heap.FRESH, "trong 90 ngày qua"),
    (Heap.AGING, "từ 91 đến 180 ngày"),
    (Heap.OLD, "hơn 180 ngày"),
    (Heap.UNSEEN, "chưa thăm lần nào"),
)


@dataclass(frozen=True)
class Bar:
    """A share as a column."""

    figure: Figure
    label: str
    short: str
    x: int
    height: float

    @property
    def y(self) -> float:
        """Where its top is."""
        return round(HEIGHT - self.height, 1)

    @property
    def text_y(self) -> float:
        """Where its number stands: just above it."""
        return self.y - 4

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return self.x + COLUMN / 2


@dataclass(frozen=True)
class Trend:
    """Shares of one measure, period by period, and where the target lies."""

    bars: Sequence[Bar]
    goal: float | None

    @property
    def width(self) -> int:
        """Of the view box."""
        return len(self.bars) * (COLUMN + GAP) + GAP

    @property
    def goal_y(self) -> float:
        """Where the line of the target is drawn."""
        return HEIGHT - (self.goal or 0)


def trend_of(figures: Sequence[Figure], labels: Sequence[tuple[str, str]]) -> Trend:
    """The columns of these figures, oldest first, each with its label, whole and short."""
    bars = [
        Bar(figure, *label, GAP + number * (COLUMN + GAP), round(float(figure.share or 0), 1))
        for number, (figure, label) in enumerate(zip(figures, labels, strict=True))
    ]
    target = figures[-1].definition.target if figures else None
    return Trend(bars, float(target.percent) if target else None)


@dataclass(frozen=True)
class Stitch:
    """One lozenge of a patch."""

    x: int
    y: int
    kind: str


def stitches_of(levels: Iterable[int]) -> list[Stitch]:
    """A column for each figure: one stitch at the beginning, two on the way, three of gold beyond the target."""
    return [
        Stitch(column * CELL_WIDTH, (STITCHES - 1 - row) * CELL_HEIGHT, _kind(level, row))
        for column, level in enumerate(levels)
        for row in range(STITCHES)
    ]


def band_of(figure: Figure) -> int:
    """0 nobody to count, 1 mới bắt đầu, 2 đang tới, 3 vượt mốc. On the way: from four sevenths of the target on."""
    target = figure.definition.target
    if figure.share is None or target is None:
        return 0
    if figure.is_reached:
        return 3
    return 2 if figure.share * 7 >= Fraction(target.percent) * 4 else 1


BAND_WORDS = ("chưa có hộ", "mới bắt đầu", "đang tới", "vượt mốc")


def _kind(level: int, row: int) -> str:
    if not level:
        return "x"
    return "g" if level == STITCHES else "w" if row < level else "o"


@dataclass(frozen=True)
class Slice:
    """A part of a whole as a piece of one bar, in per cent of its length."""

    kind: str
    label: str
    count: int
    x: float
    width: float


def age_slices(figure: Figure) -> list[Slice]:
    """How long ago the last visit was, as one bar."""
    slices, start, whole = [], Fraction(0), figure.denominator or 1
    for heap, label in AGE_WORDS:
        width = Fraction(figure.count(heap) * 100, whole)
        slices.append(Slice(str(heap), label, figure.count(heap), round(float(start), 2), round(float(width), 2)))
        start += width
    return slices
