"""Small things of HTTP that several rooms need."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ADMIN_PREFIX = "/quan-tri/"
TEXT_SIZE_COOKIE = "co-chu"
TEXT_SIZES = ("thuong", "lon", "rat-lon")


def text_size(request: HttpRequest) -> str:
    """The reader's text size: “” for the usual one, else “lon” or “rat-lon”."""
    size = request.COOKIES.get(TEXT_SIZE_COOKIE, "")
    return size if size in TEXT_SIZES[1:] else ""


class AdminPolicyMiddleware:
    """The admin's own content policy, and no copy of its pages in any cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(ADMIN_PREFIX):
            # django-csp reads this attribute; its own decorator sets the same one.
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
            response.setdefault("Cache-Control", "private, no-store")
        return response
