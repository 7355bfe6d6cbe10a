"""How the column is read, for those who write it: opened pages of a week, and which most (ADR 0026)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils import timezone
from wagtail.models import Page

from portal.core.models import PageReads

WEEK = timedelta(days=7)
SHOWN = 5


@dataclass(frozen=True)
class ReadPage:
    """A page and how often it was opened in the week."""

    title: str
    url: str
    count: int


@dataclass(frozen=True)
class ReadWeek:
    """Seven whole days up to yesterday, beside the seven before."""

    first: date
    last: date
    count: int
    count_before: int
    pages: list[ReadPage]


def week_of_reads(today: date | None = None) -> ReadWeek:
    """The last seven whole days. Three queries."""
    today = today or timezone.localdate()
    first, last = today - WEEK, today - timedelta(days=1)
    sums = PageReads.objects.filter(day__gte=first - WEEK, day__lte=last).aggregate(
        now=Sum("count", filter=Q(day__gte=first)), before=Sum("count", filter=Q(day__lt=first))
    )
    within = Q(reads__day__gte=first, reads__day__lte=last)
    most = Page.objects.live().filter(within).annotate(opened=Sum("reads__count", filter=within))
    pages = [
        ReadPage(page.title, page.get_url() or "", page.opened)
        for page in most.order_by("-opened", "title").only("title", "url_path", "locale")[:SHOWN]
    ]
    return ReadWeek(first, last, sums["now"] or 0, sums["before"] or 0, pages)
