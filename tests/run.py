"""Run the whole suite on SQLite and on PostgreSQL: `python -m tests.run [sqlite|postgresql] [pytest arguments]`.

Three runs go at the same time, as much of each is waiting: one on each database, and one for the looks of pages, which
no database changes. What the second and third print is kept and printed when all are over. A PostgreSQL that
DATABASE_URL names is used as it is (the tests make databases of their own on it); otherwise the tests bring one.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from typing import IO

import pytest

from tests.postgres import postgres_server


def sqlite() -> AbstractContextManager[str]:
    return nullcontext("")


def postgresql() -> AbstractContextManager[str]:
    given = os.environ.get("DATABASE_URL", "")
    return nullcontext(given) if given.startswith("postgres") else postgres_server()


SUITES: dict[str, Callable[[], AbstractContextManager[str]]] = {"sqlite": sqlite, "postgresql": postgresql}

#: What runs at once: its name, the database it is on, and which of that database's tests are its own (TESTS_PART).
PARTS = {"sqlite": ("sqlite", "rest"), "postgresql": ("postgresql", "rest"), "looks": ("sqlite", "looks")}


def run_suite(name: str, arguments: list[str], output: IO[bytes] | None = None, **more: str) -> tuple[bool, float]:
    """One pytest run in a process of its own; whether every test passed, and after how many seconds."""
    started = time.monotonic()
    with SUITES[name]() as address:
        command = [sys.executable, "-m", "pytest", *arguments]
        environment = {**os.environ, "DATABASE_URL": address, **more}
        done = subprocess.run(command, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None)
    # Whoever narrows a run may choose tests that belong to the other one alone.
    is_empty = bool(arguments) and done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    return done.returncode == 0 or is_empty, time.monotonic() - started


def told(name: str, outcome: tuple[bool, float]) -> bool:
    """Say how a run ended; true when it went well."""
    passed, seconds = outcome
    print(f"==== tests on {name} {'passed' if passed else 'FAILED'} after {seconds:.0f} s ====", flush=True)
    return passed


def run_side_by_side(arguments: list[str]) -> bool:
    """All parts at once: the first prints as it goes, the others when all are over."""
    first, *others = PARTS
    with ExitStack() as open_files, ThreadPoolExecutor(max_workers=len(PARTS)) as beside:
        kept = {part: open_files.enter_context(tempfile.TemporaryFile()) for part in others}
        print(f"\n==== tests on {first}; beside them {' and '.join(others)} ====", flush=True)
        runs = {
            part: beside.submit(run_suite, database, arguments, kept.get(part), TESTS_PART=only)
            for part, (database, only) in PARTS.items()
        }
        outcomes = [told(first, runs[first].result())]
        for part, output in kept.items():
            outcome = runs[part].result()
            print(f"\n==== tests on {part} ====", flush=True)
            output.seek(0)
            sys.stdout.buffer.write(output.read())
            outcomes.append(told(part, outcome))
    return all(outcomes)


def main(arguments: list[str]) -> int:
    """0 when all went well on every database."""
    if arguments and arguments[0] in SUITES:
        name, *rest = arguments
        print(f"\n==== tests on {name} ====", flush=True)
        return 0 if told(name, run_suite(name, rest)) else 1
    return 0 if run_side_by_side(arguments) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
