from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "portal.stories"
    label = "stories"
    verbose_name = "bài viết"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from portal.households.help_topics import add_help_topics
        from portal.stories.models import GuidePage, NewsPage
        from portal.stories.services import unpin_oldest_news
        from portal.stories.stuck.keys import ROOM
        from portal.stories.stuck.services import close_mended
        from portal.stories.stuck.steps import topic_of_step

        add_help_topics(ROOM, topic_of_step)
        page_published.connect(close_mended, sender=GuidePage, dispatch_uid="close-mended-steps")
        page_published.connect(unpin_oldest_news, sender=NewsPage, dispatch_uid="unpin-oldest-news")
