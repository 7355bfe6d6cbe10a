"""`/quan-tri/van-hanh/` for administrators, `/metrics` for the machine."""

from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core import figures
from portal.home.door.guards import accounts_view
from portal.home.links.selectors import broken_links
from portal.home.operations.readings import gauges, readings


@accounts_view
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Last run of each job, queue, disk, backup."""
    context = {"readings": readings(), "broken_count": broken_links().count()}
    return render(request, "home/operations/index.html", context)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: for this machine, or with the word of METRICS_TOKEN. For others the page is not there."""
    if not (_is_from_here(request) or _has_token(request)):
        raise Http404
    return HttpResponse(figures.exposition(gauges()), content_type=figures.CONTENT_TYPE)


def _is_from_here(request: HttpRequest) -> bool:
    """A visitor whom a server in front has brought names himself, and is none of this machine's."""
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
