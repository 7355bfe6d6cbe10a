"""Which period a day counts in, by the commune's own cut-off."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.core.models import SiteProfile
from portal.core.models.profile import USUAL_LEAST
from portal.core.periods import USUAL_CUTOFF, Period
from portal.households.standing import HANOI


def cutoff_day() -> int:
    """The day of the month after which a period's figures are taken."""
    return SiteProfile.objects.values_list("report_cutoff_day", flat=True).first() or USUAL_CUTOFF


def smallest_count() -> int:
    """Fewer households than this are not told apart in public."""
    return SiteProfile.objects.values_list("smallest_count", flat=True).first() or USUAL_LEAST


def quarter_ends(first: date, day: date, cutoff: int, limit: int) -> list[tuple[Period, date]]:
    """Quarters that ended before that day, the oldest first, no more than so many, with their last days."""
    ends: list[tuple[Period, date]] = []
    period = Period.quarter_of(day, cutoff).previous()
    while period.last_day(cutoff) >= first and len(ends) < limit:
        ends.append((period, period.last_day(cutoff)))
        period = period.previous()
    return ends[::-1]


@dataclass(frozen=True)
class Span:
    """A period with its days."""

    period: Period
    first_on: date
    last_on: date

    @classmethod
    def of(cls, period: Period) -> "Span":
        """By the cut-off in force now."""
        cutoff = cutoff_day()
        return cls(period, period.first_day(cutoff), period.last_day(cutoff))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first instant to the first one after."""
        start, after = self.first_on, self.last_on + timedelta(days=1)
        return datetime.combine(start, time(), HANOI), datetime.combine(after, time(), HANOI)
