"""`make prove-deploy`: the deploy script on a fresh Debian with its own systemd, from nothing to a rollback.

Needs root, debootstrap, systemd-nspawn (Debian: apt install debootstrap systemd-container), free ports 80 and 443, and
some ten minutes. PROVE_DIR keeps the bare Debian for the next time; PROVE_SUITE names it (bookworm, trixie).
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.deploy import outages, pages, releases
from tests.deploy.machine import Machine, everything_in, fresh_machine
from tests.deploy.visitors import DOMAIN
from tests.running_site import ROOT

CONFIGURED = ("etc", "opt", "usr", "var/www", "var/spool", "boot")


class Proofs:
    """What was proved, and what was not."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def say(self, what: str, is_so: bool, figures: object = "") -> None:
        """One line."""
        print(f"{'ok  ' if is_so else 'FAIL'} {what}{f': {figures}' if figures != '' else ''}", flush=True)
        if not is_so:
            self.failed.append(what)


def lay_source(machine: Machine, name: str, change: Callable[[Path], None] = lambda _folder: None) -> str:
    """This working copy's files on the machine, changed into another release where wished."""
    place = machine.root / "srv" / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    packed = subprocess.run(["tar", "-c", "-T", "-"], cwd=ROOT, input=listed.stdout, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(place)], input=packed.stdout, check=True)
    change(place)
    return f"/srv/{name}/deploy"


def install_twice(machine: Machine, proofs: Proofs) -> None:
    """From a bare root to the site, and then nothing more to do."""
    scripts = lay_source(machine, "first")
    started = time.monotonic()
    machine.run("sh", f"{scripts}/install", DOMAIN)
    seconds = time.monotonic() - started
    before = everything_in(machine.root, *CONFIGURED)
    said = machine.run("sh", f"{scripts}/install", DOMAIN)
    after = everything_in(machine.root, *CONFIGURED)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    proofs.say("a bare root becomes the server", True, f"{seconds:.0f} s")
    proofs.say("the second run says that nothing had to change", "không phải đổi gì" in said, said.strip())
    proofs.say(f"none of {len(after)} files of the machine has changed", not changed, changed[:10] or "")


def look_at_units(machine: Machine, proofs: Proofs) -> None:
    """Units are sound, hardened, and all at work."""
    release = (machine.root / "opt/gia-dinh-so/current").readlink().name
    jobs = [f"gia-dinh-so-{job}" for job in ("minute", "night", "backup", "drill")]
    services = [f"gia-dinh-so-web@{release}.service", "gia-dinh-so-worker.service", *(f"{job}.service" for job in jobs)]
    timers = [f"{job}.timer" for job in jobs]
    said = machine.run("systemd-analyze", "verify", *services, *timers, may_fail=True)
    proofs.say("units pass systemd-analyze verify", not said.strip(), said.strip())
    exposed = {
        unit: machine.run("systemd-analyze", "security", unit, may_fail=True).split("unit: ")[-1] for unit in services
    }
    levels = {unit: float(told.split(": ")[-1].split()[0]) for unit, told in exposed.items()}
    proofs.say(
        "exposure of every service (0 is none, 10 all) is below 2", max(levels.values()) < 2, max(levels.values())
    )
    for job in jobs:
        machine.run("systemctl", "start", f"{job}.service")
    proofs.say("every job has run as its unit says", True, ", ".join(jobs))
    failed = machine.run("systemctl", "--failed", "--plain", "--no-legend").strip()
    proofs.say("no unit has failed", not failed, failed)
    drilled = machine.run("journalctl", "-u", "gia-dinh-so-drill", "-o", "cat", "--no-pager")
    proofs.say("the nightly backup passes its drill", "Diễn tập đạt" in drilled)


def look_at_rights(machine: Machine, proofs: Proofs) -> None:
    """Secrets are root's, releases are read-only, and PostgreSQL asks for no password that could be stolen."""
    modes = {
        name: oct((machine.root / f"etc/gia-dinh-so/{name}").stat().st_mode & 0o777) for name in ("env", "backup.env")
    }
    proofs.say("secrets are for root alone", set(modes.values()) == {"0o600"}, modes)
    writable = "find /opt/gia-dinh-so /etc/gia-dinh-so /etc/nginx /etc/systemd -writable ! -type l | head -5"
    found = machine.run(
        "setpriv", "--reuid=giadinhso", "--regid=giadinhso", "--init-groups", "sh", "-c", writable, may_fail=True
    )
    proofs.say(
        "the site's account can write to no release and no configuration", "/opt" not in found, found.strip()[:200]
    )
    secret = dict(line.split("=", 1) for line in (machine.root / "etc/gia-dinh-so/env").read_text().splitlines()[1:])
    told = subprocess.run(
        ["grep", "-rlF", secret["SECRET_KEY"], *(str(machine.root / place) for place in ("opt", "var", "srv", "etc"))],
        capture_output=True,
        text=True,
    )
    places = [Path(name).relative_to(machine.root) for name in told.stdout.split()]
    proofs.say(
        "the secret key stands in one file", places == [Path("etc/gia-dinh-so/env")], ", ".join(map(str, places))
    )
    as_other = machine.run(
        "setpriv",
        "--reuid=nobody",
        "--clear-groups",
        "psql",
        "-h",
        "/run/postgresql",
        "-U",
        "giadinhso",
        "giadinhso",
        "-c",
        "SELECT 1",
        may_fail=True,
    )
    proofs.say("another account does not get into the database", "Peer authentication failed" in as_other)


def main() -> int:
    """0 when all was proved."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("debootstrap", "systemd-nspawn"))):
        print("needs root, debootstrap and systemd-nspawn (apt install debootstrap systemd-container)")
        return 2
    proofs, suite = Proofs(), os.environ.get("PROVE_SUITE", "bookworm")
    kept = os.environ.get("PROVE_DIR")
    folder = Path(kept or tempfile.mkdtemp(prefix="prove-deploy-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"==== a fresh Debian {suite} ====", flush=True)
    try:
        with fresh_machine(folder, suite) as machine:
            install_twice(machine, proofs)
            machine.python(releases.ONE_VILLAGE)
            pages.look_at_pages(machine, proofs.say)
            look_at_units(machine, proofs)
            look_at_rights(machine, proofs)
            releases.up_and_back(machine, proofs.say, lay_source)
            releases.bad_releases(machine, proofs.say, lay_source)
            pages.withdraw(machine, proofs.say)
            outages.restore_in_place(machine, proofs.say)
            outages.killed(machine, proofs.say)
            outages.site_is_down(machine, proofs.say)
            outages.restart(machine, proofs.say)
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"==== {'all proved' if not proofs.failed else f'NOT proved: {proofs.failed}'} ====")
    return 1 if proofs.failed else 0


if __name__ == "__main__":
    sys.exit(main())
