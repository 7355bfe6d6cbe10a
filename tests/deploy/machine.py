"""A fresh Debian in a folder, started with its own systemd as a container: the nearest to a new server on a desk."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BARE = "systemd-sysv,dbus"
START_SECONDS = 90
#: Where the proof lays the sources of releases and what pip needs to know of this desk.
SOURCES = "/srv"


def bare_root(folder: Path, suite: str) -> Path:
    """A Debian as its installer leaves it, kept for the next proof."""
    base = folder / f"bare-{suite}"
    if not base.is_dir():
        room = folder / f"bare-{suite}.unfinished"
        shutil.rmtree(room, ignore_errors=True)
        command = ["debootstrap", "--variant=minbase", f"--include={BARE}", suite, str(room)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        room.rename(base)
    return base


class Machine:
    """One started root, into which commands are sent."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.process: subprocess.Popen[bytes] | None = None
        self.leader = 0

    def start(self) -> None:
        """Boot, and wait until systemd says that everything has started."""
        command = ["systemd-nspawn", "--quiet", "-D", str(self.root), "--boot", "--register=no", "--keep-unit"]
        command += ["--resolv-conf=copy-host", "--console=pipe"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            if children:
                self.leader = int(children[0])
                if self.run("systemctl", "is-system-running", may_fail=True).strip() in {"running", "degraded"}:
                    return
            time.sleep(0.5)
        raise RuntimeError("the machine did not start")

    def stop(self) -> None:
        """Shut down as a server does."""
        if self.process:
            os.kill(self.leader, signal.SIGRTMIN + 4)  # systemd(1): power off
            self.process.wait(timeout=120)

    def run(self, *words: str, may_fail: bool = False) -> str:
        """One command on the machine; returns what it printed, RuntimeError when it fails."""
        done = subprocess.run(
            ["nsenter", "-t", str(self.leader), "-a", "--", "env", "-i", *self._environment(), *words],
            capture_output=True,
            text=True,
        )
        if done.returncode and not may_fail:
            raise RuntimeError(f"{' '.join(words[:4])}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout + (done.stderr if may_fail else "")

    def python(self, code: str) -> str:
        """Python beside the site, with its account and secrets."""
        return self.run("gia-dinh-so", "shell", "--verbosity", "0", "--command", code)

    def log_of_pages(self) -> list[dict[str, object]]:
        """nginx's access log, oldest first."""
        time.sleep(6)  # it is written every five seconds
        text = (self.root / "var/log/nginx/gia-dinh-so.access.log").read_text()
        return [json.loads(line) for line in text.splitlines()]

    @staticmethod
    def _environment() -> list[str]:
        given = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
        if os.environ.get("PIP_CERT"):
            given["PIP_CERT"] = f"{SOURCES}/authorities.pem"
        return [f"{name}={value}" for name, value in given.items()]


@contextmanager
def fresh_machine(folder: Path, suite: str) -> Iterator[Machine]:
    """A copy of the bare root, started; gone afterwards."""
    root = folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(bare_root(folder, suite)), str(root)], check=True)
    if os.environ.get("PIP_CERT"):
        shutil.copy(os.environ["PIP_CERT"], root / SOURCES.lstrip("/") / "authorities.pem")
    machine = Machine(root)
    machine.start()
    try:
        yield machine
    finally:
        machine.stop()
        shutil.rmtree(root, ignore_errors=True)


def everything_in(root: Path, *folders: str) -> dict[str, tuple[int, int, int, float]]:
    """(mode, owner, size, moment of the last change) of every file, folder and link."""
    found = {}
    for folder in folders:
        for path in (root / folder).rglob("*"):
            told = path.lstat()
            found[str(path.relative_to(root))] = (told.st_mode, told.st_uid, told.st_size, told.st_mtime)
    return found
