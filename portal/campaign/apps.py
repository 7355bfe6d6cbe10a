from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "portal.campaign"
    label = "campaign"
    verbose_name = "hoạt động và minigame"

    def ready(self) -> None:
        from portal.campaign.selectors.belongings import told_entries
        from portal.campaign.selectors.signups import told_signups
        from portal.campaign.services.erasing import erase_entries_of_family
        from portal.campaign.services.signups import erase_signups_of_family
        from portal.households.belongings import Belongings, add_belongings

        add_belongings(Belongings("Bài dự thi", told_entries, erase_entries_of_family))
        add_belongings(Belongings("Đăng ký tập huấn", told_signups, erase_signups_of_family))
