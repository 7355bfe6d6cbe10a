from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = "nền chung"

    def ready(self) -> None:
        from portal.core import signal_handlers

        signal_handlers.connect()
