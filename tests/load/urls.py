"""The site's addresses and the empty view."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.urls import handler404, handler500
from portal.urls import urlpatterns as portal_urlpatterns

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing but the middleware; it tells the page cache to keep away."""
    response = HttpResponse("ok")
    response["Cache-Control"] = "private"
    return response


urlpatterns = [path("do/rong/", empty), *portal_urlpatterns]
