"""Figures for a monitoring system, in Prometheus' words (`/metrics`, for the machine itself only).

Several worker processes share one folder, so that whichever is asked answers for all. The library writes into its
files as into memory; where the disk had no room for them, the system would end the process. So the room is taken
before, and a process that finds none counts nothing until there is some.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from portal.core.http import ADMIN_PREFIX

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
#: A page from the store takes one millisecond, a report some seconds.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
LABELS = ("side", "method", "status")
METHODS = {"GET", "HEAD", "POST"}
#: The size with which the library begins a file; our few labels fill a tenth of it.
FILE_BYTES = 64 * 1024

_requests = Counter("portal_requests", "Requests answered, by side of the site", LABELS)
_seconds = Histogram("portal_request_seconds", "Time taken by a request", ("side",), buckets=BUCKETS)

#: Process ids that have their files.
_with_room: set[int] = set()

#: [(name, help, read), …]; read gives [(label, value), …].
Gauge = tuple[str, str, Callable[[], Iterable[tuple[str, float]]]]


def count_request(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """One more request; `status` is its class, 2xx to 5xx, so that nothing of the visitor becomes a label."""
    if not _has_room():
        return
    side = "staff" if request.path.startswith(ADMIN_PREFIX) else "public"
    method = request.method if request.method in METHODS else "other"
    _requests.labels(side, method, f"{response.status_code // 100}xx").inc()
    _seconds.labels(side).observe(seconds)


def _has_room() -> bool:
    """Whether this process has its files, or could take the room for them now."""
    process_id = os.getpid()
    if process_id in _with_room:
        return True
    # A child that was forked off begins with files of its own.
    _with_room.clear()
    try:
        for kind in ("counter", "histogram"):
            with (Path(settings.FIGURES_DIR) / f"{kind}_{process_id}.db").open("ab") as file:
                _take_room(file.fileno())
    except OSError:
        return False
    _with_room.add(process_id)
    return True


def _take_room(file: int) -> None:
    """As many bytes as the library would only promise itself."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, FILE_BYTES)


def exposition(gauges: Iterable[Gauge]) -> bytes:
    """All figures as text: counted requests of all processes, and gauges read now."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.FIGURES_DIR))
    registry.register(_Gauges(gauges))
    return generate_latest(registry)


def forget_figures() -> None:
    """At the start of the server: what processes of yesterday counted is read no more."""
    for file in Path(settings.FIGURES_DIR).glob("*.db"):
        file.unlink(missing_ok=True)


class _Gauges(Collector):
    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self.gauges = gauges

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, words, read in self.gauges:
            family = GaugeMetricFamily(name, words, labels=["name"])
            for label, value in read():
                family.add_metric([label], value)
            yield family
