"""The one place where it is decided whether a signed-in browser may go in: fresh session, second step passed.

Until then the visitor is nobody, on every address, whatever guard stands before it. A view cannot forget to ask.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import reverse

from portal.core.access.sessions import mark_seen, session_of
from portal.core.access.tries import knows, remember_machine
from portal.core.http import ADMIN_PREFIX
from portal.core.models import StaffSession, User
from portal.core.typed import forget_form_in_time, form_in_hand, keep_form

STALE = "Hết phiên đăng nhập. Đăng nhập lại để làm tiếp."
STALE_FORM = "Hết phiên đăng nhập, nên phiếu chưa gửi được. Chữ vừa điền còn giữ: đăng nhập lại rồi bấm “Gửi lại”."
CODE, SET_UP, SEND_AGAIN = "door:code", "door:set_up", "door:send_again"
#: What passes the step that is owed.
PASSES = {CODE: (CODE,), SET_UP: (SET_UP, "door:add_passkey")}
#: Open besides: the way out, and the scripts and icons of these pages.
OPEN_TO_ALL = ("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite")


class DoorMiddleware:
    """Makes nobody of whoever may not go in, and shows the way on the staff's side."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without the cookie there is nothing to ask, and the answer stays the same for every reader.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        session = session_of(request, user)
        if session is None:
            return self._sign_out(request, user)
        mark_seen(session)
        owed = step_owed(session, user)
        if owed:
            return self._show_the_way(request, owed)
        forget_form_in_time(request)
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX) and request.user.is_authenticated and not knows(request, user):
            remember_machine(request, response, user)
        return response

    def _sign_out(self, request: HttpRequest, user: User) -> HttpResponse:
        is_staff_side = request.path.startswith(ADMIN_PREFIX)
        form = form_in_hand(request) if is_staff_side else None
        logout(request)
        if form is not None:
            keep_form(request, form, user)
            messages.info(request, STALE_FORM)
            return redirect_to_login(reverse(SEND_AGAIN), reverse("wagtailadmin_login"))
        if is_staff_side:
            messages.info(request, STALE)
        return self.get_response(request)

    def _show_the_way(self, request: HttpRequest, owed: str) -> HttpResponse:
        if request.path in {reverse(name) for name in (*OPEN_TO_ALL, *PASSES[owed])}:
            return self.get_response(request)
        if not request.path.startswith(ADMIN_PREFIX):
            request.user = AnonymousUser()
            return self.get_response(request)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return _kept_by_nobody(HttpResponseForbidden())
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        query = f"?{urlencode({'next': back})}" if back else ""
        return _kept_by_nobody(HttpResponseRedirect(reverse(owed) + query))


def step_owed(session: Any, user: User) -> str:
    """The page that this session has to pass first, by its name; “” when the way is free.

    `session` is a StaffSession as session_of() reads it.
    """
    passed: StaffSession = session
    if session.has_factor:
        return "" if passed.verified_at else CODE
    must = settings.SECOND_FACTOR_REQUIRED and (session.must_have_factor or user.is_superuser)
    return SET_UP if must else ""


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
