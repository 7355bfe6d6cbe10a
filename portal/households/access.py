"""Who may enter a view, said in one line above it. Foreign things do not exist: 404, never 403 (invariant 9)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from portal.core.models import User
from portal.households.permissions import can_read_log, is_leader, is_officer, is_team_member

View = Callable[..., HttpResponse]
Predicate = Callable[[User], bool]


def staff_of(request: HttpRequest) -> User:
    """The signed-in member of staff; only for views behind one of the decorators below."""
    return cast(User, request.user)


def guarded_by(may_enter: Predicate) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
            if not may_enter(staff_of(request)):
                raise Http404
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "private, no-store"
            return response

        guarded.access = may_enter.__name__  # type: ignore[attr-defined]
        return guarded

    return decorate


def _team_or_officer(user: User) -> bool:
    return is_team_member(user) or is_officer(user)


def _leader_or_officer(user: User) -> bool:
    return is_leader(user) or is_officer(user)


def _any_register_role(user: User) -> bool:
    return is_team_member(user) or is_officer(user) or is_leader(user)


team_view = guarded_by(is_team_member)
officer_view = guarded_by(is_officer)
team_or_officer_view = guarded_by(_team_or_officer)
leader_or_officer_view = guarded_by(_leader_or_officer)
staff_view = guarded_by(_any_register_role)
log_view = guarded_by(can_read_log)


def public_view(view: View) -> View:
    """Open to everyone."""
    view.access = "public"  # type: ignore[attr-defined]
    return view
