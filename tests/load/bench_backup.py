"""Registrations a second while a backup is taken of a register of some size, on a PostgreSQL that keeps its commits.

`make bench` runs it; alone: `python -m tests.load.bench_backup`. That the archive is true to one instant, and comes
back whole, is shown by tests/integration/test_backup.py.
"""

import os
import subprocess
import sys
import tempfile
import time

from tests.load.units import as_started_by
from tests.postgres import postgres_server

HOUSEHOLDS, LEAST_RATE, ASKED_RATE = 20_000, 50.0, 60.0
BEFORE_SECONDS, LONGEST_SECONDS = 5.0, 40.0


def prepare_register() -> None:
    """Tables, villages and a register."""
    import django

    django.setup()
    from django.core.management.color import no_style
    from django.db import connection

    from portal.home.serving import prepare
    from portal.households.models import Counter, Household
    from tests.load.registers import make_register

    prepare(with_sample=False)
    make_register(HOUSEHOLDS)
    # The rows were copied in past the counts of numbers and keys.
    Counter.objects.update_or_create(name="household", defaults={"last": HOUSEHOLDS})
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Household]):
            cursor.execute(statement)


def measure(folder: str) -> tuple[float, float, float]:
    """(registrations a second before the backup, while it is taken, seconds that it took)."""
    from tests.backups import families_registering, manage

    with families_registering(dict(os.environ), rate=ASKED_RATE, seconds=LONGEST_SECONDS) as writing:
        deadline = time.monotonic() + LONGEST_SECONDS
        while not writing.receipts and time.monotonic() < deadline:
            time.sleep(0.1)
        begun = time.monotonic()
        time.sleep(BEFORE_SECONDS)
        start = time.monotonic()
        done = manage(dict(os.environ), "backup", "--folder", folder, prefix=as_started_by("backup"))
        end = time.monotonic()
    if done.returncode or writing.errors or not writing.receipts:
        raise RuntimeError(f"{done.stderr[-2000:]}{writing.errors[-2000:]}")

    def rate(since: float, until: float) -> float:
        return (len(writing.before(until)) - len(writing.before(since))) / (until - since)

    return rate(begun, start), rate(start, end), end - start


def main() -> int:
    """0 when families are received as fast as they must be."""
    prepare_register()
    with tempfile.TemporaryDirectory(prefix="bench-backup-") as folder:
        before, meanwhile, seconds = measure(folder)
    print(
        f"\nBackup of {HOUSEHOLDS:,} households in {seconds:.1f} s: {meanwhile:.0f} registrations a second meanwhile, "
        f"{before:.0f} before; {ASKED_RATE:.0f} were asked for, {LEAST_RATE:.0f} have to be"
    )
    if meanwhile < LEAST_RATE:
        print("MISS: too few registrations while the backup is taken")
    return 0 if meanwhile >= LEAST_RATE else 1


def run() -> bool:
    """On a database and in a folder of its own."""
    with postgres_server("fsync=on") as address, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        own = {"DATABASE_URL": address, "DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
        command = [sys.executable, "-m", "tests.load.bench_backup", "here"]
        return subprocess.run(command, env={**os.environ, **own}).returncode == 0


if __name__ == "__main__":
    sys.exit(main() if sys.argv[1:] == ["here"] else not run())
