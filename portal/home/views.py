"""Pages of the column that are not in the page tree."""

import errno
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from portal.core.http import TEXT_SIZE_COOKIE, TEXT_SIZES
from portal.core.outages import outage_of
from portal.home.outage_page import outage_page
from portal.home.search import search_pages

YEAR_SECONDS = 365 * 24 * 60 * 60
SEARCH_PER_PAGE = 10
LAST_SEARCH_PAGE = 100
PLAIN_500 = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Trang gặp trục trặc</title>'
    "<h1>Trang gặp trục trặc, lỗi ở phía xã.</h1><p>Xin bà con ít phút nữa thử lại.</p>"
)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=`; open to everyone."""
    query = request.GET.get("q", "").strip()[:100]
    page_type = request.GET.get("loai") or None
    wanted = request.GET.get("trang", "1")
    number = min(int(wanted[:4]), LAST_SEARCH_PAGE) if wanted.isascii() and wanted.isdigit() else 1
    number = max(number, 1)
    result = search_pages(query, page_type=page_type, offset=(number - 1) * SEARCH_PER_PAGE, limit=SEARCH_PER_PAGE)
    context = {
        "result": result,
        "page_number": number,
        "previous_number": number - 1 if number > 1 else None,
        "next_number": number + 1 if number * SEARCH_PER_PAGE < result.total else None,
        "page_type": page_type or "",
    }
    return render(request, "home/search.html", context)


@require_safe
@never_cache
def set_text_size(request: HttpRequest, size: str) -> HttpResponse:
    """Remember the reader's text size and go back; open to everyone, works without JavaScript."""
    if size not in TEXT_SIZES:
        raise Http404
    target = request.GET.get("tiep", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(TEXT_SIZE_COOKIE, size, max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """`/robots.txt`."""
    lines = [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /co-chu/",
        "Disallow: /tim-kiem/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive; asks nothing of anybody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, cache and migrations are ready; 503 and the name of what is not."""
    checks = {"database": _database_answers, "cache": _cache_answers, "migrations": _migrations_are_applied}
    results = {}
    for name, check in checks.items():
        try:
            results[name] = check()
        except Exception:  # Whatever is wrong with a part, the answer is that it is not ready.
            results[name] = False
    return JsonResponse(results, status=200 if all(results.values()) else 503)


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _cache_answers() -> bool:
    caches["shared"].set("ready", "yes", 10)
    return bool(caches["shared"].get("ready") == "yes")


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@require_safe
def upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A public file of the media folder or bucket; a name longer than any file may have is the name of none."""
    in_bucket: Callable[[HttpRequest, str], HttpResponseBase] | None = getattr(default_storage, "answer", None)
    if in_bucket is not None:
        return in_bucket(request, path)
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Http404 from error
        raise


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A wrong address: say so kindly and offer ways on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The machine's fault or ours. The templates ask nothing of the database, which may be what is broken.

    Django calls this while it handles the error.
    """
    outage = outage_of(sys.exception())
    if outage is not None:
        return outage_page(request, outage)
    try:
        content = get_template("500.html").render()
    except ValueError:
        content = PLAIN_500
    return HttpResponse(content, status=500)
