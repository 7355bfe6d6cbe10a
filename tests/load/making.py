"""What the page cache does around a page that it does not have, without keeping the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.core.page_cache import one_generation


class MadeAnewMiddleware:
    """Each page is made as it is in production, for every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_generation():
            return self.get_response(request)
