from django.apps import AppConfig


class HouseholdsConfig(AppConfig):
    name = "portal.households"
    label = "households"
    verbose_name = "hộ gia đình"

    def ready(self) -> None:
        from portal.core.page_cache import connect_signals
        from portal.households.models import RegisterRules, Village

        connect_signals(Village, RegisterRules)
