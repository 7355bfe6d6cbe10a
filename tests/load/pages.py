"""Our pages beside three yardsticks in one run: server on one core, client on the other."""

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load import memory
from tests.load.client import requests_per_second

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
SECONDS = 3.0
PORTS = {"off": 8971, "on": 8972, "hello": 8973, "plain": 8974}
PORTAL, PLAIN = "tests.load.settings", "tests.load.plain"
STORY_LIMIT = 0.5
HIT_LIMIT = 0.6
OF_ONE_READER = re.compile(rb'name="(?:token|draft|ticket|csrfmiddlewaretoken)"')


def pinned(core: int) -> list[str]:
    """Prefix that keeps a process on one core, where the system can."""
    return ["taskset", "-c", str(core)] if hasattr(os, "sched_setaffinity") else []


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Keep this process, and all that it starts meanwhile, on one core where there are more and the system can.

    What is measured afterwards has the whole machine again.
    """
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) < 2:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def server(
    application: str,
    port: int,
    settings: str = PORTAL,
    page_cache: str = "off",
    threads: tuple[str, ...] = ("--workers", "1", "--blocking-threads", "2"),
) -> Iterator["subprocess.Popen[bytes]"]:
    """Granian on core 0, with one worker unless told."""
    # As it is served; what is no Django application by granian alone.
    module = "portal.web" if application.startswith("portal.") else "granian"
    command = [*pinned(0), sys.executable, "-m", module, application, "--interface", "wsgi", "--port", str(port)]
    command += [*threads, "--no-ws", "--log-level", "error"]
    environment = {**os.environ, "BENCH_PAGE_CACHE": page_cache, "DJANGO_SETTINGS_MODULE": settings}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_until_up(port)
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_until_up(port: int) -> None:
    """Until something answers; raises RuntimeError after a minute."""
    path = "/" if port in {PORTS["hello"], PORTS["plain"]} else "/healthz"
    for _ in range(240):
        try:
            requests_per_second(port, path, seconds=0.05, connections=1)
        except (OSError, RuntimeError):
            time.sleep(0.25)
        else:
            return
    raise RuntimeError(f"nothing answers on port {port}")


def sql_counts(paths: dict[str, str]) -> dict[str, int]:
    """Queries of one anonymous request each, after a first one has warmed the process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, counts = Client(SERVER_NAME="127.0.0.1"), {}
    for name, path in paths.items():
        client.get(path)
        connection.ensure_connection()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        counts[name] = len(queries.captured_queries)
    return counts


def forms_are_kept_nowhere() -> bool:
    """Print how many pages of the site hold a form made for one reader, and whether each forbids copies of itself.

    A page that only has a button, without a token, is the same for all and may be kept.
    """
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    addresses = re.findall(r"<loc>https?://[^/]+(/.*?)</loc>", client.get("/sitemap.xml").content.decode())
    answers = {path: client.get(path) for path in addresses}
    forms = {path: answer for path, answer in answers.items() if OF_ONE_READER.search(answer.content)}
    kept = [path for path, answer in forms.items() if "no-store" not in answer.get("Cache-Control", "")]
    print(
        f"{len(forms)} of {len(answers)} public pages hold a form with a token; {len(forms) - len(kept)} are no-store"
    )
    for path in kept:
        print(f"MISS: {path} may be kept")
    return bool(forms) and not kept


def plain_sql_count() -> int:
    """Set up the plain Wagtail site in a process of its own; returns the queries of its page."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": PLAIN}
    command = [sys.executable, "-m", "tests.load.plain_setup"]
    return int(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout.split()[-1])


def measure(targets: dict[str, tuple[int, str]]) -> dict[str, float]:
    """Median requests per second; rounds alternate, so that a noisy minute hits all alike."""
    results: dict[str, list[float]] = {name: [] for name in targets}
    for port, path in targets.values():
        requests_per_second(port, path, seconds=0.5)
    for _ in range(ROUNDS):
        for name, (port, path) in targets.items():
            results[name].append(requests_per_second(port, path, seconds=SECONDS))
    return {name: statistics.median(values) for name, values in results.items()}


def run(paths: dict[str, str]) -> bool:
    """Print the table; false when a page misses its bound."""
    counts = {**sql_counts({**paths, "empty view": "/do/rong/"}), "minimal Wagtail page": plain_sql_count()}
    targets = {name: (PORTS["off"], path) for name, path in paths.items()}
    targets |= {
        "minimal Wagtail page": (PORTS["plain"], "/"),
        "empty view": (PORTS["on"], "/do/rong/"),
        "home, cache hit": (PORTS["on"], paths["home"]),
        "bare WSGI hello": (PORTS["hello"], "/"),
    }
    portal = "portal.wsgi:application"
    with (
        server(portal, PORTS["off"]) as making,
        server(portal, PORTS["on"], page_cache="on") as keeping,
        server(portal, PORTS["plain"], settings=PLAIN),
        server("tests.load.hello:application", PORTS["hello"]),
    ):
        speeds = measure(targets)
        is_light = [memory.told(making, "that makes every page"), memory.told(keeping, "with the page cache")]
    floor, empty = speeds["minimal Wagtail page"], speeds["empty view"]
    print(f"{'page':24}{'req/s':>10}{'SQL':>6}{'to minimal page':>18}{'to empty view':>16}")
    for name, speed in speeds.items():
        print(f"{name:24}{speed:10.0f}{counts.get(name, 0):6}{speed / floor:18.2f}{speed / empty:16.2f}")
    misses = [name for name in paths if speeds[name] < STORY_LIMIT * floor]
    misses += ["home, cache hit"] if speeds["home, cache hit"] < HIT_LIMIT * empty else []
    for name in misses:
        print(f"MISS: {name} is below its bound")
    return forms_are_kept_nowhere() and all(is_light) and not misses
