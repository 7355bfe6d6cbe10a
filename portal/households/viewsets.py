"""Admin screens of the register."""

from wagtail.admin.viewsets.model import ModelViewSet

from portal.households.models import Village


class VillageViewSet(ModelViewSet):
    """The commune's villages (danh sách thôn)."""

    model = Village
    icon = "site"
    menu_label = "Thôn"
    menu_order = 330
    add_to_admin_menu = True
    list_display = ("name", "former_commune", "valid_from", "valid_to")
    search_fields = ("name", "former_commune")
    # A short list that fits one screen; no search index of the register.
    search_backend_name = None
    url_prefix = "thon"
    url_namespace = "villages"
    copy_view_enabled = False
