"""`/quan-tri/duyet-ngoai/`: who may be asked, and asking."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.models import BasePage
from portal.home.approvals.forms import ApproverForm, AskForm
from portal.home.approvals.permissions import can_ask_for_approval
from portal.home.approvals.services import AskingRefused, ask_approver, page_of, revoke_link, set_code
from portal.home.door.guards import accounts_view
from portal.home.links.views import can_write_pages
from portal.home.models import ApprovalLink, Approver
from portal.households.access import guarded_by, staff_of

writers_view = guarded_by(can_write_pages)
SHOWN = 20


@writers_view
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a page before an approver. The address is shown once, by the answer to the form."""
    page = _page_or_404(request, pk)
    draft: Any = page.get_latest_revision_as_object()
    form = AskForm(request.POST or None)
    made: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            link, token = ask_approver(page=page, by=staff_of(request), **form.cleaned_data)
        except AskingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            address = f"{settings.BASE_URL}{reverse('approve_by_link', args=[token])}"
            made = {"link": link, "address": address, "message": _message(link, draft.title, address)}
    context = {
        "page": page,
        "draft": draft,
        "form": form,
        "links": page.approval_links.select_related("approver", "asked_by")[:SHOWN],
        "has_approvers": Approver.objects.ready().exists(),
        **({"link": None, "address": "", "message": ""} | made),
    }
    return render(request, "home/approvals/ask.html", context)


def _message(link: ApprovalLink, title: str, address: str) -> str:
    """What is pasted into Zalo."""
    until = timezone.localtime(link.expires_at)
    return (
        f"Kính gửi {link.approver}. Xin xem và duyệt bài “{title}” trước {until:%H:%M} ngày {until:%d/%m/%Y}:\n"
        f"{address}\n"
        "Đọc hết bài, nhập mã duyệt của mình, bấm Đồng ý đăng hoặc Chưa đồng ý. Xin đừng chuyển tiếp tin này."
    )


@writers_view
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The link leads nowhere any more."""
    link = get_object_or_404(ApprovalLink, pk=pk)
    _page_or_404(request, link.page_id)
    if revoke_link(link=link, by=staff_of(request)):
        messages.success(request, f"Đã thu hồi đường dẫn gửi {link.approver}.")
    else:
        messages.error(request, "Đường dẫn này không còn dùng được từ trước.")
    return redirect("approvals:ask", link.page_id)


@accounts_view
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who can be asked; a new one gets a code, which is shown once."""
    form, code, approver = ApproverForm(request.POST or None), "", None
    if request.method == "POST" and form.is_valid():
        approver = Approver.objects.create(**form.cleaned_data)
        code, form = set_code(approver=approver, by=staff_of(request)), ApproverForm()
    return _people(request, form, approver, code)


@accounts_view
@require_POST
def new_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Another code in place of the old one."""
    approver = get_object_or_404(Approver, pk=pk, is_active=True)
    return _people(request, ApproverForm(), approver, set_code(approver=approver, by=staff_of(request)))


@accounts_view
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody asks this person any more; open links end."""
    approver = get_object_or_404(Approver, pk=pk, is_active=True)
    approver.is_active = False
    approver.save(update_fields=["is_active"])
    messages.success(request, f"{approver} thôi duyệt qua đường dẫn.")
    return redirect("approvals:people")


def _people(request: HttpRequest, form: ApproverForm, approver: Approver | None, code: str) -> HttpResponse:
    rows = Approver.objects.filter(is_active=True).select_related("code_set_by")
    context = {"approvers": rows, "form": form, "approver": approver, "code": code}
    return render(request, "home/approvals/people.html", context)


def _page_or_404(request: HttpRequest, pk: int) -> BasePage:
    page = page_of(pk)
    if page is None or not can_ask_for_approval(staff_of(request), page):
        raise Http404
    return page
