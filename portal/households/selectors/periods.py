"""Which period a day counts in, by the commune's own cut-off."""

from datetime import date

from portal.core.models import SiteProfile
from portal.core.models.profile import USUAL_LEAST
from portal.core.periods import USUAL_CUTOFF, Period


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
