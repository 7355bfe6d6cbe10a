"""Admin screens of the ground floor's own rows."""

from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from portal.core.models import Recording


class RecordingViewSet(ModelViewSet):
    """Library of recordings (kho bản ghi âm)."""

    model = Recording
    icon = "media"
    menu_label = "Bản ghi âm"
    menu_order = 320
    add_to_admin_menu = True
    list_display = ("title", "language", "speaker", Column("length_label", label="Dài"), "created_at")
    list_filter = ("language",)
    search_fields = ("title", "transcript")
    url_prefix = "ban-ghi-am"
    url_namespace = "recordings"
    inspect_view_enabled = True
    inspect_view_fields = ["title", "language", "file", "speaker", "transcript", "duration_seconds", "created_at"]
