from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "home"
    verbose_name = "chuyên mục"

    def ready(self) -> None:
        from portal.core.page_cache import connect_signals
        from portal.home.models import AlertBanner
        from portal.home.search import indexing

        connect_signals(AlertBanner)
        indexing.connect(self)
