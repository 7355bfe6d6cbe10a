"""Ways to the public that pass by the editor's form: approving from a preview, publishing from a list (row E12)."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from portal.core.models import BasePage
from portal.core.sensitive_pages import stoppers_of

STOPPED = "“{page}” chưa đăng: còn {numbers}. Mở trang, bấm Xuất bản hoặc Duyệt ở đó để xem chỗ phải xóa."


def refuse_publishing_numbers(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Hook before_bulk_action."""
    if action_type != "publish":
        return None
    pages = [thing for thing in objects if isinstance(thing, Page)]
    if action.get_execution_context()["include_descendants"]:
        pages += [below for page in pages for below in page.get_descendants().not_live()]
    return next((answer for page in pages if (answer := _refuse(request, page))), None)


def _refuse(request: HttpRequest, page: Page) -> HttpResponse | None:
    latest = page.get_latest_revision_as_object()
    found = stoppers_of(latest) if isinstance(latest, BasePage) else []
    if not found:
        return None
    messages.error(request, STOPPED.format(page=latest.title, numbers="; ".join(map(str, found))))
    return redirect("wagtailadmin_pages:edit", page.pk)


class ApprovalView(WorkflowActionView):
    """Wagtail's buttons beside a preview; approving there stops at private numbers as in the editor."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal = _refuse(request, self.object) if self.action_name == "approve" else None
        return refusal or super().post(request, *args, **kwargs)


approval = require_admin_access(ApprovalView.as_view())
