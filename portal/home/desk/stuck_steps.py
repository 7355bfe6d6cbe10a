"""Steps of guides that many are stuck at: what the desk shows, and the click that says that nothing has to change."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from portal.core.text import nfc
from portal.households.access import staff_of
from portal.stories.models.stuck import StuckTask
from portal.stories.stuck.services import StuckTaskClosed, close_as_fine

LONGEST_NOTE = 250


@require_POST
def _stuck_is_fine(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(StuckTask.objects.select_related("guide"), pk=pk)
    if not task.guide.permissions_for_user(request.user).can_edit():
        raise Http404
    note = " ".join(nfc(request.POST.get("note", "")).split())[:LONGEST_NOTE]
    if not note:
        messages.error(request, "Xin ghi một câu: vì sao bước này không cần sửa.")
        return redirect("wagtailadmin_home")
    try:
        close_as_fine(task=task, note=note, by=staff_of(request))
    except StuckTaskClosed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{task.guide.title}”: đã xem, không cần sửa. Từ nay đếm lại từ đầu.")
    return redirect("wagtailadmin_home")


stuck_is_fine = require_admin_access(_stuck_is_fine)
