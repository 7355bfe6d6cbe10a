"""Closed quarters as everybody may read them: never the register of today, which would tell of each visit."""

from portal.core.periods import Period
from portal.households.models import PeriodClose
from portal.households.progress.contents import Content
from portal.households.progress.publishing import Published

#: So many quarters are offered for reading, the newest first.
QUARTERS = 8


def published_quarters() -> list[Published]:
    """The newest first; one query."""
    closes = PeriodClose.objects.filter(quarter__gt=0).order_by("-last_on")
    return [Published(Content.read(text)) for text in closes.values_list("content", flat=True)[:QUARTERS]]


def published(period: Period) -> Published | None:
    """One closed quarter; None while it is open."""
    close = PeriodClose.objects.filter(quarter__gt=0, year=period.year, quarter=period.quarter).first()
    return Published(Content.read(close.content)) if close else None
