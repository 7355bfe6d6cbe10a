"""`/quan-tri/tai-khoan/<pk>/`: what administrators do about the account of a colleague."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.access.accounts import LastAdministrator, is_last_administrator
from portal.core.access.factors import has_factor, must_have_factor, switch_off
from portal.core.access.sessions import end_sessions, open_sessions
from portal.core.models import EndReason, User
from portal.home.door.forms import CloseAccountForm
from portal.home.door.guards import accounts_view
from portal.home.door.handover import HandoverRefused, close_with_handover, open_work
from portal.households.access import staff_of


@accounts_view
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step, the machines, and the way to close the account."""
    colleague = _colleague_or_404(request, pk)
    context = {
        "colleague": colleague,
        "has_factor": has_factor(colleague),
        "is_required": must_have_factor(colleague),
        "sessions": open_sessions(colleague),
        "is_own": colleague == request.user,
    }
    return render(request, "home/door/account.html", context)


@accounts_view
@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sessions of the account at once."""
    colleague = _colleague_or_404(request, pk)
    count = end_sessions(user=colleague, because=EndReason.REVOKED, by=staff_of(request))
    messages.success(request, f"Đã đăng xuất {count} máy của {colleague}.")
    return redirect("door:account", pk)


@accounts_view
@require_POST
def take_factor_off(request: HttpRequest, pk: int) -> HttpResponse:
    """For a colleague whose telephone is gone and whose recovery codes are, too."""
    colleague = _colleague_or_404(request, pk)
    if colleague == request.user:
        messages.error(request, "Bước hai của chính mình thì đổi ở trang An toàn tài khoản, bằng một mã.")
        return redirect("door:account", pk)
    switch_off(user=colleague, by=staff_of(request))
    end_sessions(user=colleague, because=EndReason.REVOKED, by=staff_of(request))
    messages.success(request, f"Đã gỡ bước hai của {colleague} và đăng xuất mọi máy. Lần sau vào, máy sẽ dẫn đặt lại.")
    return redirect("door:account", pk)


@accounts_view
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over what is open, then close."""
    colleague = _colleague_or_404(request, pk)
    if not colleague.is_active or colleague == request.user:
        raise Http404
    works = open_work(colleague)
    form = CloseAccountForm(request.POST or None, leaving=colleague, must_hand_over=bool(works))
    if request.method == "POST" and form.is_valid():
        try:
            close_with_handover(user=colleague, by=staff_of(request), **form.cleaned_data)
        except (HandoverRefused, LastAdministrator) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã đóng tài khoản của {colleague}. Việc dở dang đã sang người nhận.")
            return redirect("door:account", pk)
    context = {"colleague": colleague, "works": works, "form": form, "is_last": is_last_administrator(colleague)}
    return render(request, "home/door/close.html", context)


def _colleague_or_404(request: HttpRequest, pk: int) -> User:
    colleague = get_object_or_404(User, pk=pk)
    if colleague.is_superuser and not staff_of(request).is_superuser:
        raise Http404
    return colleague
