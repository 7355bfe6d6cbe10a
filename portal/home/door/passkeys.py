"""`/quan-tri/buoc-hai/khoa/`, `/quan-tri/an-toan/khoa/`: a passkey is made, or taken away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.core.access.factors import has_factor
from portal.core.access.passkeys import (
    LastWay,
    add_passkey,
    place_of,
    question_for,
    question_for_new,
    recovery_codes_beside,
    remove_passkey,
)
from portal.core.access.sessions import mark_verified
from portal.home.door.forms import WRONG_NEW_PASSKEY, CodeForm, NewPasskeyForm
from portal.home.door.guards import confirmed_lately, own_account_view
from portal.home.door.sign_in import newcomer, page_for_one, told_to_wait, wanted_page
from portal.households.access import staff_of


@sensitive_post_parameters("passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a key in this browser: the first way of the second step, or one more after a proof of those before."""
    user, next_page = newcomer(request), wanted_page(request)
    if user is None:
        return redirect("wagtailadmin_login")
    if place_of(request) is None:
        raise Http404
    is_first = not has_factor(user)
    if not is_first and not confirmed_lately(request):
        return redirect("door:confirm", "them-khoa")
    form = NewPasskeyForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        name, answer = form.cleaned_data["name"], form.cleaned_data["passkey"]
        if add_passkey(request=request, user=user, name=name, answer=answer):
            mark_verified(request)
            if codes := recovery_codes_beside(user=user):
                return page_for_one(request, "home/door/recovery_codes.html", {"codes": codes, "next": next_page})
            messages.success(request, f"Đã thêm khóa “{name}”.")
            return redirect("door:own_account")
        form.add_error("passkey", WRONG_NEW_PASSKEY)
    context = {"form": form, "next": next_page, "question": question_for_new(request, user), "is_first": is_first}
    return page_for_one(request, "home/door/add_passkey.html", context)


@own_account_view
@sensitive_post_parameters("code", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one key away, after a proof like that of the door."""
    user = staff_of(request)
    passkey = get_object_or_404(user.passkeys, pk=pk)
    form = CodeForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            remove_passkey(user=user, passkey=passkey)
        except LastWay as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã gỡ khóa “{passkey.name}”.")
            return redirect("door:own_account")
    context = {"form": form, "heading": f"Gỡ khóa “{passkey.name}”", "question": question_for(request, user)}
    return told_to_wait(render(request, "home/door/confirm.html", context), form.wait)
