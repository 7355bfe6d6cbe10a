"""Counts how often public pages are opened, without a cookie, an address or any other trace of who did (ADR 0026).

Each process counts in its memory and writes to the database once a minute, in a thread of its own: no reader waits for
it, and a page from the store stays as quick as it is. What was counted in the last minute of a process is lost with it.
"""

import logging
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page, Site

from portal.core.models import PageReads
from portal.core.page_cache import is_cacheable_request

logger = logging.getLogger(__name__)

WRITE_EVERY = 60  # seconds
#: More addresses than this in one minute are no readers.
MOST_ADDRESSES = 2000
KEPT = timedelta(days=400)
#: Programs that say what they are. Zalo's own browser is a reader's.
ROBOTS = re.compile(r"bot|crawl|spider|slurp|facebookexternalhit|curl|wget|python|monitor", re.IGNORECASE)

#: {(day, address): how often}
Reads = Mapping[tuple[date, str], int]


class ReadCounter:
    """What this process has counted and not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[date, str]] = Counter()
        self._writer: threading.Thread | None = None

    def note(self, path: str) -> None:
        """One more reader of this address."""
        key = (timezone.localdate(), path)
        with self._lock:
            if key in self._counts or len(self._counts) < MOST_ADDRESSES:
                self._counts[key] += 1
            # Here and not at the start of the process: a thread does not live on in a worker that is forked off.
            if self._writer is None:
                self._writer = threading.Thread(target=self._write_on_and_on, daemon=True, name="reads")
                self._writer.start()

    def take(self) -> Reads:
        """All that was counted since the last time."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def _write_on_and_on(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(WRITE_EVERY)
            try:
                keep_reads(self.take())
            except DatabaseError:
                logger.exception("the reads of the last minute could not be written down")
            finally:
                connection.close()


counter = ReadCounter()


class ReadCountMiddleware:
    """Notes each public page that goes out to a reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.COUNT_READS and is_read(request, response):
            counter.note(request.path)
        return response


def is_read(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether somebody who is not of the staff opened a page; one whom we told that his copy still holds, too."""
    return (
        request.method == "GET"
        and (response.status_code == 304 or _is_page(response))
        and is_cacheable_request(request)
        and "prefetch" not in request.headers.get("Sec-Purpose", "")
        and not ROBOTS.search(request.headers.get("User-Agent") or "robot")
    )


def _is_page(response: HttpResponse) -> bool:
    return response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")


def keep_reads(reads: Reads) -> None:
    """Add to what is kept. Addresses that are no live page's are left out; old days are forgotten."""
    pages = _pages_at({path for _day, path in reads})
    is_new_day = False
    with transaction.atomic():
        for (day, path), count in sorted(reads.items()):
            if path in pages:
                row, is_new = PageReads.objects.get_or_create(page_id=pages[path], day=day)
                PageReads.objects.filter(pk=row.pk).update(count=F("count") + count)
                is_new_day = is_new_day or is_new
        if is_new_day:
            PageReads.objects.filter(day__lt=timezone.localdate() - KEPT).delete()


def _pages_at(paths: set[str]) -> dict[str, int]:
    """{address: page} of those that are pages of the column."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    root = site.root_page.url_path.rstrip("/")
    live = Page.objects.live().filter(url_path__in=[f"{root}{path}" for path in paths])
    return {url_path.removeprefix(root): pk for pk, url_path in live.values_list("pk", "url_path")}
