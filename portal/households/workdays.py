"""Working days: weekends and public holidays left out. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


@dataclass(frozen=True)
class Holidays:
    """Days of rest: {(month, day)} of every year, and spans of single years, both ends included."""

    yearly: frozenset[tuple[int, int]] = frozenset()
    spans: tuple[tuple[date, date], ...] = ()

    def holds(self, day: date) -> bool:
        """Whether nobody works on that day."""
        return (day.month, day.day) in self.yearly or any(first <= day <= last for first, last in self.spans)


def after_working_days(day: date, count: int, holidays: Holidays) -> date:
    """The day so many working days later."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY and not holidays.holds(day)
    return day


def holidays_of(rows: Iterable[tuple[date, date | None, bool]]) -> Holidays:
    """From (first day, last day, every year?) as staff typed them."""
    known = list(rows)
    return Holidays(
        yearly=frozenset((first.month, first.day) for first, _last, is_yearly in known if is_yearly),
        spans=tuple((first, last or first) for first, last, is_yearly in known if not is_yearly),
    )
