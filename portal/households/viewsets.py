"""Admin screens of the register."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.households.models import Holiday, Village

IN_USE = "{village} đang được nhắc tới ở nơi khác nên không xóa được. Điền ô “đến hết ngày” và chọn “thôn thay thế”."


class VillageDeleteView(DeleteView):
    """A village that anything names is closed and followed by another one, never deleted."""

    template_name = "households/village_delete.html"

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            if not self.usage.is_protected:
                return super().form_valid(form)
        except ProtectedError:
            # The index of references may lag behind the database, which has the last word.
            pass
        messages.error(self.request, IN_USE.format(village=self.object))
        return redirect("villages:edit", self.object.pk)


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
    delete_view_class = VillageDeleteView


class HolidayViewSet(ModelViewSet):
    """Days on which the office rests (ngày nghỉ lễ): left out when working days are counted."""

    model = Holiday
    icon = "calendar"
    menu_label = "Ngày nghỉ lễ"
    menu_order = 340
    add_to_admin_menu = True
    list_display = ("name", Column("days", label="Nghỉ ngày nào", accessor="days"))
    search_backend_name = None
    url_prefix = "ngay-nghi"
    url_namespace = "holidays"
    copy_view_enabled = False
