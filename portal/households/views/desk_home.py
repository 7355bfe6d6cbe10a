"""Where staff land after signing in: the register's people at their own desk, everybody else at the column's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.home import HomeView

from portal.households.access import staff_of
from portal.households.doors import home_of


@require_admin_access
def front_door(request: HttpRequest) -> HttpResponse:
    """Wagtail's home, or the desk of whoever has no business there."""
    desk = home_of(staff_of(request))
    if desk:
        return redirect(desk)
    response: HttpResponse = HomeView.as_view()(request)
    return response
