"""A paper as parts: sections of words and tables with their figures, put together once for every format. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.households.progress.measures import Figure

DRAFT_MARK = "BẢN NHÁP – kỳ chưa chốt"
#: Lines to be written by hand or by keyboard.
BLANK_LINE = "…" * 26


@dataclass(frozen=True)
class Percent:
    """A share as it is written: `52,9`."""

    written: str

    def __str__(self) -> str:
        return self.written

    @property
    def decimals(self) -> int:
        """Digits behind the comma."""
        return len(self.written.partition(",")[2])

    @property
    def value(self) -> float | None:
        """The number that is written; None for a dash."""
        return float(self.written.replace(",", ".")) if self.written[:1].isdigit() else None


Cell = int | str | Percent


@dataclass(frozen=True)
class Column:
    """A column; `width` is its share of the table."""

    head: str
    width: int
    is_number: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; the last `total_rows` rows sum up the others."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    total_rows: int = 0

    @property
    def heads(self) -> list[str]:
        """The words above the columns."""
        return [column.head for column in self.columns]

    @property
    def texts(self) -> list[list[str]]:
        """Every cell as it is written."""
        return [[cell_text(cell) for cell in row] for row in self.rows]

    @property
    def marked_rows(self) -> list[list[tuple[str, bool]]]:
        """Every cell as it is written, and whether its column is one of numbers."""
        are_numbers = [column.is_number for column in self.columns]
        return [list(zip(row, are_numbers, strict=True)) for row in self.texts]

    def widths(self, room: int) -> list[int]:
        """The columns in millimetres, together as wide as the room."""
        whole = sum(column.width for column in self.columns)
        widths = [column.width * room // whole for column in self.columns]
        widths[-1] += room - sum(widths)
        return widths


@dataclass(frozen=True)
class Section:
    """A numbered part of the main text."""

    title: str
    parts: Sequence[str | Grid]


@dataclass(frozen=True)
class Annex:
    """Tables behind the main text; `sheet` names them in a workbook."""

    sheet: str
    title: str
    parts: Sequence[str | Grid]


@dataclass(frozen=True)
class Paper:
    """All that a paper says, without its head and its signatures."""

    kind: str
    about: str
    as_of: str
    last_on: date
    sections: Sequence[Section]
    annexes: Sequence[Annex] = field(default_factory=tuple)
    mark: str = ""


def cell_text(cell: Cell) -> str:
    """`1.234`, `52,9` or the words."""
    return f"{cell:,}".replace(",", ".") if isinstance(cell, int) else str(cell)


def share_words(figure: Figure) -> str:
    """`12/40 hộ (30,0%)`."""
    whole = f"{cell_text(figure.numerator)}/{cell_text(figure.denominator)} {figure.definition.unit}"
    return f"{whole} ({figure.percent}%)" if figure.share is not None else whole


def listing(names: Iterable[str]) -> str:
    """`Thôn 1, Thôn 2`."""
    return ", ".join(names)


def roman(number: int) -> str:
    """The numeral of an annex or a section, up to ten."""
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number - 1]
