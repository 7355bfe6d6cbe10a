"""What readers were stuck at."""

from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.stories.models import StuckCount, StuckTask
from tests.factories.stories import GuidePageFactory


class StuckTaskFactory(DjangoModelFactory):
    """Open since today."""

    class Meta:
        model = StuckTask

    guide = factory.SubFactory(GuidePageFactory)
    step = factory.LazyFunction(uuid4)
    wording = "cũ"
    opened_on = factory.LazyFunction(timezone.localdate)


class StuckCountFactory(DjangoModelFactory):
    """One tap today."""

    class Meta:
        model = StuckCount

    guide = factory.SubFactory(GuidePageFactory)
    step = factory.LazyFunction(uuid4)
    wording = "cũ"
    day = factory.LazyFunction(timezone.localdate)
    count = 1
