"""Activities; minigames follow."""

from datetime import datetime, timedelta

import factory
from django.utils import timezone

from portal.campaign.models import ActivityIndexPage, ActivityPage
from tests.factories.core import BasePageFactory, a_body, found_or_made
from tests.factories.home import HomePageFactory


def full_hour(*, days: int) -> datetime:
    """The present hour so many days from now, as an editor would fill it in."""
    return timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)


class ActivityIndexPageFactory(BasePageFactory):
    class Meta:
        model = ActivityIndexPage

    parent = found_or_made(HomePageFactory)
    title = "Hoạt động"


class ActivityPageFactory(BasePageFactory):
    """A training of two hours, tomorrow."""

    class Meta:
        model = ActivityPage

    class Params:
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: full_hour(days=-1)))
        cancelled = factory.Trait(is_cancelled=True, cancel_note="Mưa to, dời sang tuần sau.")

    parent = found_or_made(ActivityIndexPageFactory)
    title = factory.Sequence(lambda number: f"Buổi tập huấn {number}")
    starts_at = factory.LazyFunction(lambda: full_hour(days=1))
    ends_at = factory.LazyAttribute(lambda activity: activity.starts_at + timedelta(hours=2))
    place = "Nhà văn hóa thôn"
    body = factory.LazyFunction(a_body)
