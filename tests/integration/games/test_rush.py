"""Five hundred families in the last half minute of a round, and the server killed in the middle of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# It brings a database of its own, of the kind under test.
pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
#: What must not happen to anybody.
NEVER = (
    "left_without_word",
    "receipts_without_entry",
    "different_receipts_of_one_form",
    "forms_written_twice",
    "families_counted_twice",
    "entries_that_are_not_counted",
    "entries_not_in_the_list",
    "entries_after_the_end",
)


def test_no_receipt_is_lost_and_none_is_given_twice_or_too_late(tables, tmp_path):
    with tables.copied(tmp_path) as address:
        environment = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": address}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
        command = [sys.executable, "-m", "tests.load.rush"]
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=500)
    assert run.returncode == 0, run.stderr[-4000:]
    found = json.loads(run.stdout.splitlines()[-1])
    assert {name: found[name] for name in NEVER} == dict.fromkeys(NEVER, 0), found
    # How many come before the close depends on how fast this machine starts a server; half of them came before that.
    assert found["receipts"] > found["families"] // 4, found
    assert found["entries"] >= found["receipts"]
