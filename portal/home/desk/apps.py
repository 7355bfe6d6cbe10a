from wagtail.users.apps import WagtailUsersAppConfig


class DeskUsersConfig(WagtailUsersAppConfig):
    """Wagtail's accounts with one box for the name, as the User model has it."""

    user_viewset = "portal.home.desk.users.AccountViewSet"

    def ready(self) -> None:
        super().ready()
        from wagtail.admin.views.account import NameEmailSettingsPanel

        from portal.home.desk.labels import put_labels
        from portal.home.desk.users import OwnNameForm

        # The one form of the staff's own account page that Wagtail has no setting for.
        NameEmailSettingsPanel.form_class = OwnNameForm
        put_labels()
