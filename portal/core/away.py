"""A part of the site on another machine does not answer: what is said then, and that nothing was done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

RETRY_SECONDS = 30
#: A picture of a page that has nothing to show is not worth a page of words.
PLAIN = "Chưa lấy được tệp này, xin ít phút nữa thử lại.\n"


class ServiceAway(Exception):
    """The cache server or the file store does not answer; whatever was asked for has not been done."""


@contextmanager
def tried_again(task: Any, **arguments: Any) -> Iterator[None]:
    """Whatever in the block needs what is away is begun anew by the task queue until it is done.

    Raises ServiceAway where work runs at once and nobody would come back to it.
    """
    try:
        yield
    except ServiceAway:
        if not task.get_backend().supports_defer:
            raise
        task.using(run_after=timezone.now() + timedelta(seconds=RETRY_SECONDS)).enqueue(**arguments)


class AwayMiddleware:
    """503 in plain words, with the hour to come back, in the place of an error that is nobody's mistake."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django's own hook; None lets every other error go its way."""
        return away(request) if isinstance(exception, ServiceAway) else None


def away(request: HttpRequest) -> HttpResponse:
    """The page; it asks nothing of whatever may be away."""
    if request.path.startswith(settings.MEDIA_URL):
        response = HttpResponse(PLAIN, content_type="text/plain; charset=utf-8", status=503)
    else:
        is_writing = request.method not in {"GET", "HEAD"}
        response = HttpResponse(get_template("503.html").render({"is_writing": is_writing}), status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    add_never_cache_headers(response)
    return response
