"""What a web server in front of us is told: whom it serves for, and how long it may keep a page (docs/adr/0016)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.core.page_cache import is_cacheable_request

#: Seconds for which nginx answers by itself, and for which others wait for nobody while it asks anew.
FRESH_SECONDS = RENEWING_SECONDS = 1
#: Seconds for which a copy may stand in while we do not answer at all.
OUTAGE_SECONDS = 60
KEPT_BY_US = "public, max-age=0, must-revalidate"
# Not X-Accel-Expires, with which nginx before 1.23 reads none of what follows here.
KEPT_BY_NGINX = (
    f"public, max-age={FRESH_SECONDS}, stale-while-revalidate={RENEWING_SECONDS}, stale-if-error={OUTAGE_SECONDS}"
)


class FrontCacheMiddleware:
    """Lets nginx keep exactly those pages that our own store keeps, and for a second only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_kept = response.has_header("ETag") and response.get("Cache-Control") == KEPT_BY_US
        if is_kept and is_cacheable_request(request):
            response["Cache-Control"] = KEPT_BY_NGINX
        return response


class VisitorAddressMiddleware:
    """REMOTE_ADDR as nginx saw it: wrong secrets are counted by it, and must not be counted for everybody at once.

    Only for a server that nobody but nginx can reach: the header is believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.headers.get("X-Real-IP")
        if address:
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)
