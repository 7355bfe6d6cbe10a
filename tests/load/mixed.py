"""A usual day, pressed into minutes: nine readers of ten, one who searches, a form now and then, and an editor at work.

`python -m tests.load.mixed [minutes]` finds what the stack of a server bears on this machine, and then keeps 70 % of
that up for so long (10 minutes unless told). In the middle a family takes its consent back. Client, nginx, web server,
worker and PostgreSQL share the machine's cores.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.load.memory import MOST_PSS, pss_megabytes
from tests.load.stack import MINUTE, Stack, production_database, running_stack
from tests.load.stream import Client, Log
from tests.load.units import as_started_by
from tests.load.village import SHARES, Village, known_families
from tests.running_site import ROOT

MINUTES, SHARE_OF_CAPACITY = 10.0, 0.7
RAMP_CONNECTIONS, RAMP_SECONDS = (16, 32, 64), 30.0
ENTRIES = 3000
#: nginx answers by itself for a second, for another while it asks anew, and counts in whole seconds (docs/adr/0016).
STALE_SECONDS = 3.0
MOST_GROWTH = 0.05
MEMORY_EVERY = 10.0


@dataclass
class Course:
    """What has to happen meanwhile, and what was seen of the machine."""

    stack: Stack
    seconds: float
    withdrawal: dict[str, str]
    withdrawn_at: float = 0.0
    memory: list[tuple[float, list[float]]] = field(default_factory=list)
    minutes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def tick(self, spent: float) -> None:
        """About ten times a second."""
        if not self.memory or spent - self.memory[-1][0] >= MEMORY_EVERY:
            self.memory.append((spent, pss_megabytes(self.stack.web)))
        if spent // 60 >= len(self.minutes):
            self.minutes.append(start_minute(self.stack))
        if not self.withdrawn_at and spent >= self.seconds / 2:
            self._withdraw()

    def _withdraw(self) -> None:
        from tests.load.rush import ask

        status, text = ask(self.stack.port, "POST", "/tra-cuu/dong-y/", urlencode(self.withdrawal))
        if status != 200 or "ticket" not in text:
            raise RuntimeError(f"the consent could not be taken back: {status}")
        self.withdrawn_at = time.monotonic()

    def memory_told(self) -> tuple[float, float, float, float]:
        """(megabytes of the largest worker, mean after a third, mean at the end, slope in megabytes a minute)."""
        third = self.seconds / 3
        later = [(spent, statistics.mean(found)) for spent, found in self.memory if spent >= third and found]
        part = max(len(later) // 4, 1)
        begin, end = (statistics.mean(mean for _spent, mean in some) for some in (later[:part], later[-part:]))
        slope = statistics.linear_regression(*zip(*later, strict=True)).slope * 60 if len(later) > 1 else 0.0
        return max(max(found, default=0) for _spent, found in self.memory), begin, end, slope


def prepare_site() -> tuple[list[tuple[str, str]], int, list[bytes], dict[str, str], str]:
    """(known families, their village, finished entries, the form that takes a consent back, that family's name)."""
    import django

    django.setup()
    from django.conf import settings

    from portal.core.page_cache import forget_pages
    from portal.home.serving import prepare
    from portal.households.forms.public_status import ticket_for
    from portal.households.models import Village
    from tests.load.entries import finished_entries

    prepare(with_sample=True)
    village_pk = Village.objects.order_by("number").first().pk
    household, name = family_on_the_roll()
    entries = finished_entries(ENTRIES)
    forget_pages()
    Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
    return known_families(village_pk), village_pk, entries, {"ticket": ticket_for(household)}, name


def family_on_the_roll() -> tuple[Any, str]:
    """One that the honour roll names in full, and its name, which nobody else there has."""
    from portal.households.enums import NameForm, Purpose
    from portal.households.selectors.consents import granted_forms
    from portal.households.selectors.honours import entries_in_force, honour_years

    entries = entries_in_force(year=honour_years()[0])
    forms = granted_forms({entry.household.root_id for entry in entries}, Purpose.NAME)
    times = Counter(entry.name_on_paper for entry in entries)
    found = next(
        entry
        for entry in entries
        if forms.get(entry.household.root_id) == NameForm.FULL and times[entry.name_on_paper] == 1
    )
    return found.household.root, found.name_on_paper


def wait_for_the_worker() -> None:
    """Until nothing is left to be done behind the scenes: pictures of the sample content."""
    from django_tasks_db.models import DBTaskResult

    deadline = time.monotonic() + 300
    while DBTaskResult.objects.exclude(status__in=["SUCCESSFUL", "FAILED"]).exists() and time.monotonic() < deadline:
        time.sleep(0.5)


def start_minute(stack: Stack) -> "subprocess.Popen[bytes]":
    """The jobs of a minute, as their unit starts them."""
    command = [*as_started_by("minute"), sys.executable, *MINUTE.split()]
    with (stack.folder / "minute.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)


def start_editor(stack: Stack, seconds: float) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.load.editing", str(stack.port), str(seconds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def capacity(client: Client, stack: Stack) -> float:
    """Answers a second at the best number of connections, kept up with editor and jobs at work as later.

    A window of ten seconds between two jobs found a fifth more than the machine bears for long.
    """
    found = {}
    for connections in RAMP_CONNECTIONS:
        jobs = start_minute(stack)
        found[connections] = client.as_fast_as_it_goes(connections, RAMP_SECONDS).per_second
        jobs.wait()
    print("capacity: " + ", ".join(f"{speed:.0f}/s over {lines}" for lines, speed in found.items()), flush=True)
    return max(found.values())


def lost_promises(village: Village) -> list[str]:
    """Receipts and entry codes that were shown and are not in the database."""
    from portal.campaign.models import Entry
    from portal.households.models import Registration

    kept = {*Registration.objects.values_list("receipt_code", flat=True)}
    return [*(village.receipts - kept), *(village.entry_codes - {*Entry.objects.values_list("code", flat=True)})]


def broken_log() -> list[str]:
    from portal.core.audit import broken_lines

    return list(broken_lines())


def report(log: Log, village: Village, course: Course, lags: list[float]) -> bool:
    """Print what was found; false when a bound is missed."""
    print(f"{'kind':16}{'answers':>10}{'p50 ms':>9}{'p99 ms':>9}{'slowest':>9}")
    for kind in SHARES:
        if kind in log.waits:
            told = [log.milliseconds(kind, share) for share in (0.5, 0.99, 1.0)]
            print(f"{kind:16}{len(log.waits[kind]):10}" + "".join(f"{value:9.0f}" for value in told))
    late = [sent_at - course.withdrawn_at for sent_at in village.sightings if sent_at > course.withdrawn_at]
    most, begin, end, slope = course.memory_told()
    print(f"statuses: {dict(log.statuses)}; {len(village.receipts)} receipts, {len(village.entry_codes)} entry codes")
    before = len(village.sightings) - len(late)
    print(f"the name was seen {before} times before its withdrawal, and last {max(late, default=0.0):.2f} s after it")
    print(f"{len(lags)} changes published, seen after {statistics.median(lags):.2f} s, {max(lags):.2f} s at most")
    print(f"PSS of a worker: {most:.0f} MB at most; {begin:.0f} after a third, {end:.0f} at the end, {slope:+.2f}/min")
    misses = {
        "answers of the server's own fault": sum(count for status, count in log.statuses.items() if status >= 500),
        f"refused, such as {village.refused[:3]}": len(village.refused),
        "promises that were not kept": len(lost_promises(village)),
        "the log of the office is broken": len(broken_log()),
        "the name was never seen before": not before,
        "the name was seen too late": max(late, default=0.0) > STALE_SECONDS,
        "a change was seen too late": max(lags) > STALE_SECONDS,
        "memory is not flat": end > begin * (1 + MOST_GROWTH),
        "a worker takes too much memory": most > MOST_PSS,
        "a job of the minute failed": sum(process.wait() != 0 for process in course.minutes),
    }
    for words, is_so in misses.items():
        if is_so:
            print(f"MISS: {words} ({is_so})")
    return not any(misses.values())


def play(seconds: float) -> bool:
    """The whole day."""
    families, village_pk, entries, withdrawal, name = prepare_site()
    with running_stack(Path(os.environ["DATA_DIR"])) as stack:
        village = Village(stack.port, families, village_pk, iter(entries), name.encode())
        wait_for_the_worker()
        client = Client(stack.port, village.requests())
        editor = start_editor(stack, len(RAMP_CONNECTIONS) * RAMP_SECONDS)
        rate = capacity(client, stack) * SHARE_OF_CAPACITY
        editor.communicate()
        village.sightings.clear()
        print(f"{seconds / 60:.1f} minutes at {rate:.0f} a second; client and servers share {os.cpu_count()} cores")
        sys.stdout.flush()
        editor = start_editor(stack, seconds)
        course = Course(stack, seconds, withdrawal)
        log = client.stream(rate, seconds, course.tick)
        lags = [float(line) for line in editor.communicate()[0].split()]
        return report(log, village, course, lags)


def main(minutes: float = MINUTES) -> int:
    """0 when all bounds are kept."""
    if shutil.which("nginx") is None:
        print("nginx is not here: the mixed load is not played")
        return 0
    with production_database():
        return 0 if play(minutes * 60) else 1


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])) if len(sys.argv) > 1 else main())
