"""Password, then code: the pages that stand before all others."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin.views.account import LoginView

from portal.core.access import tries
from portal.core.access.factors import has_factor, has_telephone, key_address, key_in_letters, new_key, switch_on
from portal.core.access.passkeys import place_of, question_for
from portal.core.access.sessions import end_sessions, mark_verified, number_of, session_of
from portal.core.door import step_owed
from portal.core.models import EndReason, User
from portal.home.door.forms import WRONG_CODE, CodeForm, FirstCodeForm
from portal.home.door.guards import confirmed_lately

#: More wrong codes than this, and the password is asked for again.
WRONG_CODES = 5
NEW_KEY, WRONG = "khoa-moi", "sai-ma"


class SignInView(LoginView):
    """Wagtail's, which answers a try that was not looked at with “too many” instead of “here you are”."""

    @method_decorator(sensitive_post_parameters("password"))
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        return told_to_wait(response, form.wait)


def told_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """429 and for how long, where there is a wait."""
    if seconds:
        response.status_code = 429
        response["Retry-After"] = str(seconds)
    return response


@sensitive_post_parameters("code", "passkey")
def code(request: HttpRequest) -> HttpResponse:
    """The second step, for whoever has switched it on; open to those who gave the password."""
    user, next_page = newcomer(request), wanted_page(request)
    if user is None:
        return redirect("wagtailadmin_login")
    if _is_through(request, user):
        return redirect(next_page)
    form = CodeForm(request.POST or None, request=request, user=user)
    if request.method == "POST" and form.is_valid():
        mark_verified(request)
        return redirect(next_page)
    if form.is_wrong and _wrong_codes(request) >= WRONG_CODES:
        return _ask_for_the_password(request, user)
    context = {"form": form, "next": next_page, "question": question_for(request, user)}
    return told_to_wait(page_for_one(request, "home/door/code.html", context), form.wait)


@sensitive_post_parameters("code")
def set_up(request: HttpRequest) -> HttpResponse:
    """Take a telephone for the second step; a new one instead of the old only after a code of the old."""
    user, next_page = newcomer(request), wanted_page(request)
    if user is None:
        return redirect("wagtailadmin_login")
    if has_factor(user) and not confirmed_lately(request):
        return redirect("door:confirm", "doi-may" if has_telephone(user) else "them-ma")
    key = request.session.setdefault(NEW_KEY, new_key())
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = switch_on(user=user, key=key, code=form.cleaned_data["code"])
        if codes:
            end_sessions(user=user, because=EndReason.REVOKED, by=user, spare=number_of(request))
            del request.session[NEW_KEY]
            mark_verified(request)
            return page_for_one(request, "home/door/recovery_codes.html", {"codes": codes, "next": next_page})
        form.add_error("code", WRONG_CODE)
    context = {
        "form": form,
        "next": next_page,
        "key": key_in_letters(key),
        "picture": _square_code(key_address(key, user)),
        "account": user.username,
        "issuer": settings.OTP_TOTP_ISSUER,
        "may_take_passkey": place_of(request) is not None and not has_factor(user),
    }
    return page_for_one(request, "home/door/set_up.html", context)


def public_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's second way in, for readers with accounts: there are none, so it leads to the one door."""
    return redirect("wagtailadmin_login")


def newcomer(request: HttpRequest) -> User | None:
    """Who has given the password, whatever he still owes."""
    return request.user if request.user.is_authenticated else None


def _is_through(request: HttpRequest, user: User) -> bool:
    session = session_of(request, user)
    return session is not None and not step_owed(session, user)


def wanted_page(request: HttpRequest) -> str:
    """Where he wanted to go, if that is a page of ours; else his desk."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("wagtailadmin_home")


def _wrong_codes(request: HttpRequest) -> int:
    count = int(request.session.get(WRONG, 0)) + 1
    request.session[WRONG] = count
    return count


def _ask_for_the_password(request: HttpRequest, user: User) -> HttpResponse:
    end_sessions(user=user, because=EndReason.WRONG_CODES, only=number_of(request))
    tries.note_try(tries.PASSWORD, user.username, request)
    logout(request)
    messages.error(request, "Nhập sai mã nhiều lần. Đăng nhập lại từ đầu.")
    return HttpResponseRedirect(reverse("wagtailadmin_login"))


def page_for_one(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a secret on it, which nothing on the way may keep."""
    response = render(request, template, context)
    response["Cache-Control"] = "private, no-store"
    return response


def _square_code(text: str) -> SafeString:
    """Drawn for this page alone; the picture says the secret, so no cache keeps it."""
    return SafeString(segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True, svgclass=None))
