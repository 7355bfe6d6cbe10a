"""`make scan`: wapiti and sqlmap on the public pages and forms; exits with 1 when either finds anything.

Every form of tests.scan.kinds is opened by somebody who has the papers for it, sent once to see that the site takes
it, and then given to both tools box by box; at the end it is sent once more. A form on a page that is not in that
list, one that was not reached or not tried to the end, an answer of 500 or more and a header that is missing are
findings as well. What a tool finds counts when it finds it again by itself. wapiti walks the public pages by itself,
too. A quarter of an hour on two cores.
"""

import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.scan.headers import by_observatory
from tests.scan.kinds import ADDRESSES, KINDS
from tests.scan.stack import Stack, broken, needed, raised
from tests.scan.tools import Run, by_sqlmap, by_wapiti, by_wapiti_on, run_at, runs_of, runs_on_cookies
from tests.scan.visits import Filled, Visitor, open_all

#: Fewer requests than this from one tool, and a form cannot be said to have been tried.
FEWEST = 10
#: Runs of a tool; each waits most of its time.
AT_ONCE = 4


def not_taken(visitor: Visitor, forms: Iterable[Filled], when: str) -> list[str]:
    """Forms to which the site does not say what it says to a family."""
    return [
        f"{one.kind.name}: not taken {when} the scan"
        for one in forms
        if re.search(one.kind.answer, visitor.send(one)[1]) is None
    ]


def not_reached(stack: Stack, forms: Iterable[Filled]) -> list[str]:
    """Print how often each tool has sent each form, and which levels sqlmap had; returns those sent too seldom."""
    sent = Counter((stack.folder / "sent.log").read_text(encoding="utf-8").splitlines())
    seldom = []
    for name, level in sorted({(one.kind.name, one.kind.level) for one in forms}):
        times = {tool: sent[f"{tool}\t{name}"] for tool in ("wapiti", "sqlmap")}
        print(f"  {name}: wapiti {times['wapiti']}, sqlmap {times['sqlmap']} at level {level}")
        seldom += [f"{name}: {number} requests of {tool}" for tool, number in times.items() if number < FEWEST]
    return seldom


def all_runs(forms: Sequence[Filled], visitor: Visitor) -> list[Run]:
    """What sqlmap has to do, the longest first."""
    runs = [run for one in forms for run in runs_of(one)]
    runs += [*(run_at(address, visitor.papers) for address in ADDRESSES), *runs_on_cookies(forms)]
    return sorted(runs, key=lambda run: (not run.is_slow, -len(run.boxes) * run.level))


@contextmanager
def timed(stack: Stack, what: str) -> Iterator[None]:
    """How long a part took, and how many requests nginx has noted of it."""
    started, before = time.monotonic(), len(stack.noted())
    yield
    print(f"{what}: {len(stack.noted()) - before} requests in {time.monotonic() - started:.0f} s", flush=True)


def twice(ways: Sequence[Callable[[], list[str]]]) -> list[list[str]]:
    """What each way finds, several at once; whatever finds something is gone once more while nothing else moves.

    Tools tell an injection by pages that differ, and the page of a family differs when another form of it is sent at
    the same moment. What is there is found again.
    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as tools:
        first = list(tools.map(lambda way: way(), ways))
    for lines in first:
        for line in lines:
            print(f"  to be tried again alone: {line}", flush=True)
    return [way() if lines else [] for way, lines in zip(ways, first, strict=True)]


def run(stack: Stack) -> bool:
    """Both tools, what they found and how much they asked; whether nothing was found."""
    found = {"observatory and headers": by_observatory(stack)}
    visitor = Visitor(stack.renewed, stack.papers)
    with timed(stack, "opening the forms"):
        open_all(visitor)
    # The longest first, so that none is waited for alone.
    forms = sorted(visitor.forms, key=lambda one: -len(one.form.boxes))
    found["forms that no page has"] = sorted({kind.name for kind in KINDS} - {one.kind.name for one in forms})
    found["forms that are not taken"] = not_taken(visitor, forms, "before")
    print(f"scan: {len(forms)} forms, {sum(len(one.form.boxes) for one in forms)} boxes", flush=True)
    with timed(stack, "wapiti"):
        ways = [partial(by_wapiti, stack), *(partial(by_wapiti_on, stack, form) for form in forms)]
        found["wapiti"] = [line for lines in twice(ways) for line in lines]
    with timed(stack, "sqlmap"):
        told = twice([partial(by_sqlmap, stack, run) for run in all_runs(forms, visitor)])
    found["sqlmap"] = [line for lines in told for line in lines]
    found["forms that are not taken"] += not_taken(visitor, forms, "after")
    found["forms that are not named"] = sorted(visitor.unnamed)
    found["forms that were not reached"] = not_reached(stack, forms)
    noted = stack.noted()
    found["answers of 500 and more"] = [f"{status} {path}: {times}" for (status, path), times in broken(noted).items()]
    for name, lines in found.items():
        print(f"{name}: {len(lines)} findings", flush=True)
        for line in lines:
            print(f"  {line}")
    print(f"{len(noted)} requests in all")
    return not any(found.values())


def main() -> int:
    """Exit code: 0 nothing found, 1 something found, 2 not scanned."""
    if missing := needed():
        print(f"scan: {', '.join(missing)} is not here")
        return 2
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-scan-") as name, raised(Path(name)) as stack:
        print(f"scan: the site is up after {time.monotonic() - started:.0f} s", flush=True)
        is_clean = run(stack)
    print(f"scan took {time.monotonic() - started:.0f} s")
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
