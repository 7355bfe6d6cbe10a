"""Which archives stay: the newest of each of the last days, weeks and months that have one. Pure."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

DAILY, WEEKLY, MONTHLY = 14, 8, 12


def kept(
    moments: Iterable[datetime], *, daily: int = DAILY, weekly: int = WEEKLY, monthly: int = MONTHLY
) -> set[datetime]:
    """The moments whose archives stay; each in the time zone in which days are counted.

    Counts periods that have an archive, not those of the calendar: a server that stood still for a month loses
    nothing when it starts again.
    """
    newest_first = sorted(moments, reverse=True)
    return (
        _newest_of_each(newest_first, lambda moment: moment.date(), daily)
        | _newest_of_each(newest_first, lambda moment: moment.isocalendar()[:2], weekly)
        | _newest_of_each(newest_first, lambda moment: (moment.year, moment.month), monthly)
    )


def _newest_of_each(
    newest_first: list[datetime], period_of: Callable[[datetime], Hashable], count: int
) -> set[datetime]:
    newest: dict[Hashable, datetime] = {}
    for moment in newest_first:
        newest.setdefault(period_of(moment), moment)
    return set(list(newest.values())[:count])
