"""Sites of their own, to be hurt: each a copy of the one with the sample content, served as that one is."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

from tests.backups import postgres_bin
from tests.postgres import Server
from tests.running_site import RunningSite, free_port


@contextmanager
def hurt_site(
    site: RunningSite, folder: Path, database_url: str = "", *, prefix: tuple[str, ...] = (), **environment_too: str
) -> Iterator[RunningSite]:
    """A running copy of `site` with its files in `folder`; killed at the end, whatever state it is in."""
    copy_site(site, folder, database_url)
    environment = {"STATIC_ROOT": str(site.data_dir / "static"), **environment_too}
    copy = RunningSite(folder, free_port(), database_url, False, environment, prefix)
    copy.start()
    try:
        copy.wait_until_ready()
        yield copy
    finally:
        copy.kill()


def copy_site(site: RunningSite, folder: Path, database_url: str) -> None:
    """Database and keys; its pictures are not needed."""
    shutil.copy(site.data_dir / "secret-key", folder / "secret-key")
    if not database_url:
        source, target = (sqlite3.connect(place / "db.sqlite3") for place in (site.data_dir, folder))
        with closing(source), closing(target):
            source.backup(target)
        return
    tools = Path(postgres_bin())
    psql = [tools / "psql", "--quiet", "--output", "/dev/null", "--set", "ON_ERROR_STOP=1", database_url]
    with subprocess.Popen([tools / "pg_dump", "--no-owner", site.database_url], stdout=subprocess.PIPE) as dump:
        subprocess.run(psql, stdin=dump.stdout, check=True)
    assert dump.returncode == 0


@contextmanager
def watched(server: Server) -> Iterator[None]:
    """Start the database server whenever it has ended, as a service manager does."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.5):
            if server.run("pg_ctl", "status", check=False):
                server.start(check=False)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
