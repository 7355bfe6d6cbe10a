"""Middleware of the whole site; the page cache has a module of its own."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from portal.core.http import ADMIN_PREFIX, PROBES
from portal.core.remember import remembered


class SiteMiddleware:
    """The site and its home page, which every public address starts from, read once and not on every visit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Whether the process is alive does not depend on a database.
        if not request.path.startswith((ADMIN_PREFIX, *PROBES)):
            # Where Wagtail itself keeps its answer for the rest of the request.
            name = f"site {request.get_host()}"
            request._wagtail_site = remembered(name, lambda: _site_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _site_of(request: HttpRequest) -> Site | None:
    site = Site.find_for_request(request)
    if site is not None:
        site.root_page = site.root_page.specific
    return site


class HeadersMiddleware:
    """Headers that every answer carries and that nothing in Django sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class AdminPolicyMiddleware:
    """The laxer content policy for Wagtail's own screens alone, and no copy of any staff page in any cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX):
            if _is_wagtails_own(request):
                csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY)(lambda _request: response)(request)
            response.setdefault("Cache-Control", "private, no-store")
        return response


def _is_wagtails_own(request: HttpRequest) -> bool:
    """Pages of the house have nothing inline: a guard of ours stands before them, or they are the door itself."""
    match = request.resolver_match
    if match is None or hasattr(match.func, "access"):
        return False
    return match.view_name != "wagtailadmin_login" and match.app_name != "door"
