"""Reading without signal: which pages a phone may keep, the worker that keeps them, and the reader's own shelf.

The worker itself is static/js/offline-worker.js; why and how much it keeps: docs/adr/0025.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from portal.core.page_cache import is_cacheable_request
from portal.home.chrome import frame_of

MAY_KEEP = "X-Keep-Offline"


class KeepOfflineMiddleware:
    """Says with each page that a phone may keep it; a page that does not say so is never kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _may_be_kept(request, response):
            response[MAY_KEEP] = "yes"
        return response


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A public page of the column as everybody reads it: without a session, a question mark or a word against it."""
    page = (response.context_data or {}).get("page") if isinstance(response, TemplateResponse) else None
    return (
        getattr(page, "is_kept_offline", False)
        and response.status_code == 200
        and not request.GET
        and is_cacheable_request(request)
        and not response.has_header("Cache-Control")
        and frame_of(request).profile.keeps_pages_offline
    )


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """`/sw.js`: runs beside the pages in the browser; once the commune says no, it takes all copies and itself away."""
    is_on = frame_of(request).profile.keeps_pages_offline
    source = static("js/offline-worker.js" if is_on else "js/offline-end.js")
    return HttpResponse(f'importScripts("{source}");\n', content_type="text/javascript; charset=utf-8")


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """`/doc-khi-mat-mang/`: what this phone has kept, and the page that stands in for one that it has not."""
    response = render(request, "home/offline.html")
    if is_cacheable_request(request) and frame_of(request).profile.keeps_pages_offline:
        response[MAY_KEEP] = "yes"
    return response
