"""Run the whole suite on SQLite and then on PostgreSQL: `python -m tests.run [pytest arguments]`.

A PostgreSQL that DATABASE_URL names is used as it is (the tests make a database of their own on it); otherwise the
tests bring one.
"""

import os
import subprocess
import sys
import time
from contextlib import nullcontext

from tests.postgres import postgres_server


def run_suite(title: str, database_url: str, arguments: list[str]) -> bool:
    """One pytest run in a process of its own; true when every test passed."""
    print(f"\n==== {title} ====", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", *arguments]
    passed = subprocess.run(command, env={**os.environ, "DATABASE_URL": database_url}).returncode == 0
    print(f"==== {title}: {'passed' if passed else 'FAILED'} after {time.monotonic() - started:.0f} s ====", flush=True)
    return passed


def main(arguments: list[str]) -> int:
    given = os.environ.get("DATABASE_URL", "")
    on_sqlite = run_suite("SQLite", "", arguments)
    with nullcontext(given) if given.startswith("postgres") else postgres_server() as address:
        on_postgresql = run_suite("PostgreSQL", address, arguments)
    return 0 if on_sqlite and on_postgresql else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
