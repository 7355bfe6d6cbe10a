from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "chuyên mục"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from portal.core.forms import add_publish_check
        from portal.core.page_cache import connect_signals
        from portal.home.entry_stories import (
            erase_stories_of_family,
            take_down_if_unallowed,
            take_down_unallowed_stories,
            told_stories,
        )
        from portal.home.links.services import broken_inside
        from portal.home.models import AlertBanner
        from portal.home.search import indexing
        from portal.households.belongings import Belongings, add_belongings
        from portal.stories.models import StoryPage

        connect_signals(AlertBanner)
        add_publish_check(broken_inside)
        add_belongings(
            Belongings("Câu chuyện từ bài dự thi", told_stories, erase_stories_of_family, take_down_unallowed_stories)
        )
        page_published.connect(take_down_if_unallowed, sender=StoryPage, dispatch_uid="entry-stories")
        indexing.connect(self)
