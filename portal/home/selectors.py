"""What the column shows, read from all rooms."""

from typing import Any

from django.utils import timezone

from portal.campaign.models import ActivityPage
from portal.core.remember import remembered
from portal.stories.models import GuidePage, NewsPage, StoryPage
from portal.stories.models.guides import guides_by_need

TEASER_NEWS = 4
TEASER_ACTIVITIES = 3


def home_teasers() -> dict[str, Any]:
    """Newest story and news, guides by need, the next activities; what is overdue for a new look stays away (E8)."""
    return remembered("home teasers", _read_home_teasers)


def _read_home_teasers() -> dict[str, Any]:
    """One query each."""
    return {
        "story": StoryPage.cards().filter(StoryPage.still_right()).order_by("-published_on", "-pk").first(),
        "news": list(
            NewsPage.cards().filter(NewsPage.still_right()).order_by("-is_pinned", "-published_on", "-pk")[:TEASER_NEWS]
        ),
        "guide_groups": guides_by_need(GuidePage.links().filter(GuidePage.still_right())),
        "activities": list(
            ActivityPage.cards()
            .filter(ends_at__gte=timezone.now(), is_cancelled=False)
            .order_by("starts_at")[:TEASER_ACTIVITIES]
        ),
    }
