from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "portal.stories"
    label = "stories"
    verbose_name = "bài viết"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from portal.stories.models import NewsPage
        from portal.stories.services import unpin_oldest_news

        page_published.connect(unpin_oldest_news, sender=NewsPage, dispatch_uid="unpin-oldest-news")
