"""Quarters and years as reports know them: from the day after one cut-off to the next (domain.md, 3.4). Pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

ROMAN = ("I", "II", "III", "IV")
#: Quarter: from the 15th of the month before to the 14th of the last month (family of NĐ 09/2019); staff may change it.
USUAL_CUTOFF = 14


@dataclass(frozen=True, order=True)
class Period:
    """A year, or one of its quarters (1 to 4). Sorts by time, a year before its quarters."""

    year: int
    quarter: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.quarter <= 4:
            raise ValueError(f"no quarter {self.quarter}")

    @classmethod
    def quarter_of(cls, day: date, cutoff: int = USUAL_CUTOFF) -> Self:
        """The quarter in whose report that day counts."""
        candidates = (cls(day.year, quarter) for quarter in range(1, 5))
        return next((one for one in candidates if day <= one.last_day(cutoff)), cls(day.year + 1, 1))

    @classmethod
    def year_of(cls, day: date, cutoff: int = USUAL_CUTOFF) -> Self:
        """The year in whose report that day counts."""
        return cls(cls.quarter_of(day, cutoff).year)

    @classmethod
    def read(cls, code: str) -> Self:
        """From `2026-4` or `2026`; ValueError for anything else."""
        year, _dash, quarter = code.partition("-")
        if not (len(year) == 4 and year.isdecimal() and (not _dash or quarter in {"1", "2", "3", "4"})):
            raise ValueError(f"not a period: {code}")
        return cls(int(year), int(quarter or 0))

    @property
    def code(self) -> str:
        """`2026-4`, `2026`: for addresses."""
        return f"{self.year}-{self.quarter}" if self.quarter else str(self.year)

    @property
    def name(self) -> str:
        """`quý IV/2026`, `năm 2026`; holds together on one line."""
        return f"quý\u00a0{ROMAN[self.quarter - 1]}/{self.year}" if self.quarter else f"năm\u00a0{self.year}"

    @property
    def heading(self) -> str:
        """`Quý IV/2026`: where a line begins."""
        return self.name[0].upper() + self.name[1:]

    @property
    def short(self) -> str:
        """`IV/26`, `2026`: for a column."""
        return f"{ROMAN[self.quarter - 1]}/{self.year % 100:02d}" if self.quarter else str(self.year)

    def last_day(self, cutoff: int = USUAL_CUTOFF) -> date:
        """The last day that counts; a cut-off of 31 is the end of the month."""
        month = 3 * (self.quarter or 4)
        return date(self.year, month, min(cutoff, monthrange(self.year, month)[1]))

    def first_day(self, cutoff: int = USUAL_CUTOFF) -> date:
        """The day after the cut-off of the period before."""
        return self.previous().last_day(cutoff) + timedelta(days=1)

    def previous(self) -> Self:
        """The year before, or the quarter before."""
        if not self.quarter:
            return type(self)(self.year - 1)
        return type(self)(self.year, self.quarter - 1) if self.quarter > 1 else type(self)(self.year - 1, 4)

    def following(self) -> Self:
        """The year after, or the quarter after."""
        if not self.quarter:
            return type(self)(self.year + 1)
        return type(self)(self.year, self.quarter + 1) if self.quarter < 4 else type(self)(self.year + 1, 1)

    def __str__(self) -> str:
        return self.name


def quarters_between(first: Period, last: Period) -> Iterator[Period]:
    """All quarters from the first to the last."""
    while first <= last:
        yield first
        first = first.following()
