"""Upgrade and rollback while families register, and releases that should not have been."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from tests.deploy.machine import Machine
from tests.deploy.visitors import Families, ask

Say = Callable[..., None]
LaySource = Callable[..., str]
ONE_VILLAGE = """
from datetime import date
from portal.households.models import Village
Village.objects.get_or_create(number=1, defaults={"name": "Thôn 1 (mẫu)", "valid_from": date(2025, 7, 1)})
"""
KNOWN = """
import collections
from portal.households.models import Registration
print(" ".join(Registration.objects.values_list("receipt_code", flat=True)))
"""
MARK = "<!-- second release -->"


def second(folder: Path) -> None:
    """A release with a new version, a visible mark, and a migration that only adds."""
    project = folder / "pyproject.toml"
    project.write_text(re.sub(r'^version = ".+"$', 'version = "9.9.9"', project.read_text(), flags=re.MULTILINE))
    base = folder / "templates/base.html"
    base.write_text(base.read_text().replace("</body>", f"{MARK}</body>"))
    migrations = folder / "portal/core/migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    text = f"""from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "{last}")]
    operations = [migrations.RunSQL("CREATE TABLE of_the_second (id int)", "DROP TABLE of_the_second")]
"""
    (migrations / "9999_only_adds.py").write_text(text)


def dies_at_start(folder: Path) -> None:
    """A release whose web server does not come up."""
    wsgi = folder / "portal/wsgi.py"
    wsgi.write_text(wsgi.read_text() + "\nraise SystemExit('this release cannot start')\n")


def answers_wrongly(folder: Path) -> None:
    """A release that says that it is ready, and whose home page is broken."""
    home = folder / "templates/home/home_page.html"
    home.write_text("{% load no_such_library %}")


def up_and_back(machine: Machine, say: Say, lay_source: LaySource) -> None:
    """Nothing that a family was told is lost, and nobody meets an error."""
    first = current(machine)
    with Families() as families:
        time.sleep(10)
        scripts = lay_source(machine, "second", second)
        started = time.monotonic()
        machine.run("sh", f"{scripts}/upgrade")
        seconds = time.monotonic() - started
        upgraded = current(machine)
        say(
            "an upgrade is one command", upgraded.startswith("9.9.9-") and MARK in ask("/?moi").text, f"{seconds:.0f} s"
        )
        time.sleep(5)
        started = time.monotonic()
        machine.run("sh", f"{scripts}/rollback")
        seconds = time.monotonic() - started
        say(
            "a rollback is one command", current(machine) == first and MARK not in ask("/?lai").text, f"{seconds:.0f} s"
        )
        time.sleep(5)
    known = machine.python(KNOWN).split()
    lost = [receipt for receipt in families.receipts if known.count(receipt) != 1]
    many = len(families.receipts)
    say(
        "every family that was given a receipt is in the register, once",
        many > 20 and not lost,
        f"{many} receipts, {len(lost)} lost",
    )
    say("no family gave up", not families.lost)
    bad = {answer: count for answer, count in families.answers.items() if not answer.endswith((" 200", " 302"))}
    say("nobody met an error meanwhile", not bad, dict(families.answers))
    backups = list((machine.root / "var/backups/gia-dinh-so").glob("*.gdsbk"))
    say("the upgrade took a backup first", len(backups) >= 2, f"{len(backups)} archives")


def bad_releases(machine: Machine, say: Say, lay_source: LaySource) -> None:
    """A release that cannot start is never switched to; one that answers wrongly is left again by itself."""
    before = current(machine)
    for name, change, words in (
        ("dies-at-start", dies_at_start, "không chạy được"),
        ("answers-wrongly", answers_wrongly, "đã quay lại bản"),
    ):
        scripts = lay_source(machine, name, change)
        said = machine.run("sh", f"{scripts}/upgrade", may_fail=True)
        is_back = current(machine) == before and ask("/?sau").status == 200
        say(
            f"a release that {name.replace('-', ' ')} leaves the old one in service",
            words in said and is_back,
            said.strip()[-120:],
        )
    active = machine.run("systemctl", "list-units", "gia-dinh-so-web@*", "--state=active", "--plain", "--no-legend")
    say("one web server is left", active.count("gia-dinh-so-web@") == 1 and before in active, active.split()[:1])


def current(machine: Machine) -> str:
    """The release in service."""
    return (machine.root / "opt/gia-dinh-so/current").readlink().name
