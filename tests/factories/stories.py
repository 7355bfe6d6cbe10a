"""News, stories, guides."""

from datetime import timedelta

import factory
from django.utils import timezone

from portal.stories.models import GuideIndexPage, GuidePage, NewsIndexPage, NewsPage, StoryIndexPage, StoryPage
from tests.factories.core import BasePageFactory, PortalImageFactory, a_body, found_or_made
from tests.factories.home import HomePageFactory


class NewsIndexPageFactory(BasePageFactory):
    class Meta:
        model = NewsIndexPage

    parent = found_or_made(HomePageFactory)
    title = "Tin tức"


class NewsPageFactory(BasePageFactory):
    class Meta:
        model = NewsPage

    class Params:
        warning = factory.Trait(kind=NewsPage.Kind.WARNING)

    parent = found_or_made(NewsIndexPageFactory)
    title = factory.Sequence(lambda number: f"Tin {number}")
    body = factory.LazyFunction(a_body)


class StoryIndexPageFactory(BasePageFactory):
    class Meta:
        model = StoryIndexPage

    parent = found_or_made(HomePageFactory)
    title = "Câu chuyện"


class StoryPageFactory(BasePageFactory):
    class Meta:
        model = StoryPage

    parent = found_or_made(StoryIndexPageFactory)
    title = factory.Sequence(lambda number: f"Câu chuyện {number}")
    household_words = "Nhà bà M."
    body = factory.LazyFunction(a_body)


class GuideIndexPageFactory(BasePageFactory):
    class Meta:
        model = GuideIndexPage

    parent = found_or_made(HomePageFactory)
    title = "Hướng dẫn"


def some_steps(count: int) -> list[tuple[str, dict[str, object]]]:
    """Steps of a guide, each with its picture."""
    picture = PortalImageFactory()
    return [("step", {"title": f"Bấm nút thứ {number}", "picture": picture}) for number in range(1, count + 1)]


class GuidePageFactory(BasePageFactory):
    """A guide of three steps that was checked today."""

    class Meta:
        model = GuidePage

    class Params:
        old = factory.Trait(checked_on=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=91)))

    parent = found_or_made(GuideIndexPageFactory)
    title = factory.Sequence(lambda number: f"Hướng dẫn {number}")
    app_name = "VNeID"
    steps = factory.LazyFunction(lambda: some_steps(3))
