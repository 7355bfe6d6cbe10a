"""Run the whole suite on SQLite and on PostgreSQL: `python -m tests.run [sqlite|postgresql] [pytest arguments]`.

Both run at the same time, one a core; what PostgreSQL's run prints is kept and printed when it is over. A PostgreSQL
that DATABASE_URL names is used as it is (the tests make databases of their own on it); otherwise the tests bring one.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import IO

import pytest

from tests.postgres import postgres_server


def sqlite() -> AbstractContextManager[str]:
    return nullcontext("")


def postgresql() -> AbstractContextManager[str]:
    given = os.environ.get("DATABASE_URL", "")
    return nullcontext(given) if given.startswith("postgres") else postgres_server()


SUITES: dict[str, Callable[[], AbstractContextManager[str]]] = {"sqlite": sqlite, "postgresql": postgresql}


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


def run_side_by_side(shown: str, kept: str, arguments: list[str]) -> bool:
    """Two runs at once, which share what is tested once: one prints as it goes, the other when both are over."""
    share = {"TESTS_SIDE_BY_SIDE": "true"}
    with tempfile.TemporaryFile() as output, ThreadPoolExecutor(max_workers=1) as beside:
        print(f"\n==== tests on {shown}, and on {kept} at the same time ====", flush=True)
        other = beside.submit(run_suite, kept, arguments, output, **share)
        outcomes = [told(shown, run_suite(shown, arguments, **share))]
        result = other.result()
        print(f"\n==== tests on {kept} ====", flush=True)
        output.seek(0)
        sys.stdout.buffer.write(output.read())
        outcomes.append(told(kept, result))
    return all(outcomes)


def main(arguments: list[str]) -> int:
    """0 when all went well on every database."""
    if arguments and arguments[0] in SUITES:
        name, *rest = arguments
        print(f"\n==== tests on {name} ====", flush=True)
        return 0 if told(name, run_suite(name, rest)) else 1
    return 0 if run_side_by_side(*SUITES, arguments) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
