"""Admin screens of the column's own rows."""

from wagtail.admin.viewsets.model import ModelViewSet

from portal.home.models import AlertBanner


class AlertBannerViewSet(ModelViewSet):
    """Alerts at the top of every page (dải báo)."""

    model = AlertBanner
    icon = "warning"
    menu_label = "Dải báo"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ("text", "level", "starts_at", "ends_at")
    search_fields = ("text",)
    search_backend_name = None
    url_prefix = "dai-bao"
    url_namespace = "alerts"
