"""`/quan-tri/an-toan/`: the second step and the machines of one's own account."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from portal.core.access.factors import (
    has_factor,
    has_telephone,
    make_recovery_codes,
    must_have_factor,
    recovery_codes_left,
    switch_off,
)
from portal.core.access.passkeys import place_of, question_for
from portal.core.access.sessions import end_sessions, number_of, open_sessions
from portal.core.models import EndReason, User
from portal.home.door.forms import CodeForm
from portal.home.door.guards import confirm_now, own_account_view
from portal.home.door.sign_in import told_to_wait
from portal.households.access import staff_of

#: What a code is asked for, by the last part of the address.
DEEDS = {
    "doi-may": "Đổi sang điện thoại khác",
    "them-ma": "Thêm mã 6 số trên điện thoại",
    "them-khoa": "Thêm khóa truy cập",
    "ma-du-phong": "Lập mã dự phòng mới",
    "tat": "Tắt đăng nhập hai bước",
}


@own_account_view
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """State of the second step, and where the account is signed in."""
    user = staff_of(request)
    context = {
        "has_factor": has_factor(user),
        "has_telephone": has_telephone(user),
        "passkeys": user.passkeys.all(),
        "may_take_passkey": place_of(request) is not None,
        "is_required": must_have_factor(user),
        "codes_left": recovery_codes_left(user),
        "sessions": open_sessions(user),
        "here": number_of(request),
    }
    return render(request, "home/door/own_account.html", context)


@own_account_view
@require_POST
def sign_out_machines(request: HttpRequest) -> HttpResponse:
    """One other machine, or all of them; never the one in hand."""
    user, here = staff_of(request), number_of(request)
    try:
        only = UUID(request.POST["may"]) if request.POST.get("may") else None
    except ValueError as error:
        raise Http404 from error
    count = end_sessions(user=user, because=EndReason.REVOKED, by=user, only=only, spare=here)
    messages.success(request, f"Đã đăng xuất {count} máy." if count else "Không còn máy nào khác.")
    return redirect("door:own_account")


@own_account_view
@sensitive_post_parameters("code", "passkey")
def confirm(request: HttpRequest, deed: str) -> HttpResponse:
    """Whoever finds an open computer cannot change how its owner signs in: a code is asked for."""
    user = staff_of(request)
    if deed not in DEEDS or not has_factor(user) or (deed == "tat" and must_have_factor(user)):
        raise Http404
    form = CodeForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        return _do(request, user, deed)
    context = {"form": form, "heading": DEEDS[deed], "question": question_for(request, user)}
    return told_to_wait(render(request, "home/door/confirm.html", context), form.wait)


def _do(request: HttpRequest, user: User, deed: str) -> HttpResponse:
    if deed in {"doi-may", "them-ma"}:
        confirm_now(request)
        return redirect("door:set_up")
    if deed == "them-khoa":
        confirm_now(request)
        return redirect("door:add_passkey")
    if deed == "tat":
        switch_off(user=user, by=user)
        messages.success(request, "Đã tắt đăng nhập hai bước.")
        return redirect("door:own_account")
    codes = make_recovery_codes(user=user)
    return render(request, "home/door/recovery_codes.html", {"codes": codes, "next": reverse("door:own_account")})
