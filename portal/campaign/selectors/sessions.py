"""What the public page of an activity tells beside the editors' words: seats before it, what was taught after it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.campaign.models import ActivityPage
from portal.campaign.selectors.signups import seats_of, takes_signups
from portal.core.page_cache import KEEP_SECONDS, keep_at_most
from portal.households.selectors.activities import reports_on_page

#: Fewer are not told: in a village everybody would know who that was.
FEWEST = 5


@dataclass(frozen=True)
class Told:
    """What a village reported of the session, as far as everybody may know it."""

    topic: str
    village: str
    held_on: date
    people_count: int
    women: int | None
    elders: int | None


def session_facts(activity: ActivityPage, request: HttpRequest) -> dict[str, Any]:
    """For the page's template; a stored copy ends when the session begins."""
    now = timezone.now()
    if takes_signups(activity, now):
        keep_at_most(request, max(1, min(KEEP_SECONDS, int((activity.starts_at - now).total_seconds()))))
        return {"seats": seats_of(activity), "signup_url": reverse("signups:form", args=[activity.slug])}
    if now < activity.starts_at:
        return {}
    return {
        "reports": [
            Told(
                topic=report.topic,
                village=report.village.name,
                held_on=report.held_on,
                people_count=report.people_count,
                women=_told(report.women_count),
                elders=_told(report.elder_count),
            )
            for report in reports_on_page(activity.pk)
        ]
    }


def _told(count: int | None) -> int | None:
    return count if count is not None and count >= FEWEST else None
