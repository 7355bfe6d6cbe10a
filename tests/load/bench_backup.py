"""Registrations a second while a backup is taken of a register of some size, on a PostgreSQL that keeps its commits.

`make bench` runs it; alone: `python -m tests.load.bench_backup`. That the archive is true to one instant, and comes
back whole, is shown by tests/integration/test_backup.py.
"""

import os
import subprocess
import sys
import tempfile
import time

from tests.postgres import postgres_server

HOUSEHOLDS, LEAST_RATE, ASKED_RATE = 100_000, 50.0, 60.0
BEFORE_SECONDS, LONGEST_SECONDS = 5.0, 40.0


def prepare_register() -> None:
    """Tables, villages and a register."""
    import django

    django.setup()
    from portal.home.serving import prepare
    from tests.load.registers import make_register

    prepare(with_sample=False)
    make_register(HOUSEHOLDS)


def measure(folder: str) -> tuple[float, float, float]:
    """(registrations a second before the backup, while it is taken, seconds that it took)."""
    from tests.backups import families_registering, manage

    with families_registering(dict(os.environ), rate=ASKED_RATE, seconds=LONGEST_SECONDS) as writing:
        while not writing.receipts:
            time.sleep(0.1)
        time.sleep(BEFORE_SECONDS)
        start = time.monotonic()
        done = manage(dict(os.environ), "backup", "--folder", folder)
        end = time.monotonic()
    if done.returncode or writing.errors:
        raise RuntimeError(f"{done.stderr[-2000:]}{writing.errors[-2000:]}")
    first = writing.receipts[0][0]
    before = len(writing.before(start)) / (start - first)
    return before, (len(writing.before(end)) - len(writing.before(start))) / (end - start), end - start


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
