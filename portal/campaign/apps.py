from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "portal.campaign"
    label = "campaign"
    verbose_name = "hoạt động và minigame"
