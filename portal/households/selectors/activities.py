"""Activities of the villages as their lists and figures need them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum

from portal.households.models import ActivityReport, Village


@dataclass(frozen=True)
class ActivitySums:
    """Activities of some days, and who came."""

    activities: int = 0
    people: int = 0
    women: int = 0
    elders: int = 0


def activities_of(villages: QuerySet[Village]) -> QuerySet[ActivityReport]:
    """Reports in effect of these villages, the newest first, with their number of pictures."""
    rows: QuerySet[ActivityReport] = ActivityReport.objects.in_effect().filter(village__in=villages)
    return rows.select_related("village").annotate(photo_count=Count("photos")).order_by("-held_on", "-pk")


def activity_sums(first: date, last: date) -> dict[int, ActivitySums]:
    """{village: sums} of the activities held from the first day to the last. One query."""
    rows: Any = (
        ActivityReport.objects.in_effect()
        .filter(held_on__range=(first, last))
        .order_by()
        .values("village")
        .annotate(number=Count("pk"), people=Sum("people_count"), women=Sum("women_count"), elders=Sum("elder_count"))
        .values_list("village", "number", "people", "women", "elders")
    )
    return {row[0]: ActivitySums(row[1], *(count or 0 for count in row[2:])) for row in rows}


def reports_on_page(page_id: int) -> QuerySet[ActivityReport]:
    """Reports in effect of what this public page announced."""
    rows: QuerySet[ActivityReport] = ActivityReport.objects.in_effect().filter(page=page_id)
    return rows.select_related("village").order_by("village__number", "pk")
