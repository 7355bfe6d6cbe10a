"""Run the whole suite on SQLite and then on PostgreSQL: `python -m tests.run [sqlite|postgresql] [pytest arguments]`.

A PostgreSQL that DATABASE_URL names is used as it is (the tests make databases of their own on it); otherwise the
tests bring one.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from tests.postgres import postgres_server


def sqlite() -> AbstractContextManager[str]:
    return nullcontext("")


def postgresql() -> AbstractContextManager[str]:
    given = os.environ.get("DATABASE_URL", "")
    return nullcontext(given) if given.startswith("postgres") else postgres_server()


SUITES: dict[str, Callable[[], AbstractContextManager[str]]] = {"sqlite": sqlite, "postgresql": postgresql}


def run_suite(name: str, arguments: list[str]) -> bool:
    """One pytest run in a process of its own; true when every test passed."""
    print(f"\n==== tests on {name} ====", flush=True)
    started = time.monotonic()
    with SUITES[name]() as address:
        command = [sys.executable, "-m", "pytest", *arguments]
        passed = subprocess.run(command, env={**os.environ, "DATABASE_URL": address}).returncode == 0
    outcome = "passed" if passed else "FAILED"
    print(f"==== tests on {name} {outcome} after {time.monotonic() - started:.0f} s ====", flush=True)
    return passed


def main(arguments: list[str]) -> int:
    """0 when all went well on every database."""
    names = [arguments.pop(0)] if arguments and arguments[0] in SUITES else list(SUITES)
    outcomes = [run_suite(name, arguments) for name in names]  # every database has its turn, whatever the first says
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
