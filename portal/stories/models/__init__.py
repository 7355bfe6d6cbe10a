"""Editorial content: news, inspiring stories, step-by-step guides."""

from portal.stories.models.guides import GuideIndexPage, GuidePage
from portal.stories.models.news import NewsIndexPage, NewsPage
from portal.stories.models.stories import StoryIndexPage, StoryPage
from portal.stories.models.stuck import StuckCount, StuckTask

__all__ = [
    "GuideIndexPage",
    "GuidePage",
    "NewsIndexPage",
    "NewsPage",
    "StoryIndexPage",
    "StoryPage",
    "StuckCount",
    "StuckTask",
]
