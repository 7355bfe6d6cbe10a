"""Admin screens of the ground floor's own rows."""

from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from portal.core.models import PlainWord, Recording, ReviewLimit


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


class PlainWordViewSet(ModelViewSet):
    """The list of the plain-language check (từ dễ hiểu)."""

    model = PlainWord
    icon = "edit"
    menu_label = "Từ dễ hiểu"
    menu_order = 330
    add_to_admin_menu = True
    list_display = ("office", "plain", BooleanColumn("is_used", label="Đang dùng"))
    list_filter = ("is_used",)
    search_fields = ("office", "plain")
    search_backend_name = None
    url_prefix = "tu-de-hieu"
    url_namespace = "plain_words"


class ReviewLimitViewSet(ModelViewSet):
    """How long each type of page may stand unseen (hạn xem lại)."""

    model = ReviewLimit
    icon = "history"
    menu_label = "Hạn xem lại"
    menu_order = 340
    add_to_admin_menu = True
    list_display = ("__str__", "deputy")
    search_fields = ()
    url_prefix = "han-xem-lai"
    url_namespace = "review_limits"
