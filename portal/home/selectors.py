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
    """Newest story and news, all guides by need, the next activities."""
    return remembered("home teasers", _read_home_teasers)


def _read_home_teasers() -> dict[str, Any]:
    """One query each."""
    return {
        "story": StoryPage.cards().order_by("-published_on", "-pk").first(),
        "news": list(NewsPage.cards().order_by("-is_pinned", "-published_on", "-pk")[:TEASER_NEWS]),
        "guide_groups": guides_by_need(GuidePage.links()),
        "activities": list(
            ActivityPage.cards()
            .filter(ends_at__gte=timezone.now(), is_cancelled=False)
            .order_by("starts_at")[:TEASER_ACTIVITIES]
        ),
    }
