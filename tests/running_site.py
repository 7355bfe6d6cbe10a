"""The whole site in a process of its own, started the way `make run` starts it: migrated, seeded, served."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 240  # seconds until the first start must answer: migrations, sample content and static files


@dataclass(frozen=True)
class Answer:
    """What the server said to one request."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class RunningSite:
    """Where the site answers, where its files lie and what it printed."""

    data_dir: Path
    port: int
    database_url: str = ""
    with_sample: bool = True
    environment_too: Mapping[str, str] = field(default_factory=dict)
    #: Before the command that starts it.
    prefix: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data_dir / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """What the site's processes are told."""
        given = {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "DATABASE_URL": self.database_url}
        environment = {**os.environ, **given, "PYTHONUNBUFFERED": "1", **self.environment_too}
        environment.pop("DJANGO_SETTINGS_MODULE", None)  # pytest's own; the site takes what manage.py takes
        return environment

    def start(self) -> None:
        """Begin to start; it gets ready while the caller does something else."""
        command = [*self.prefix, sys.executable, "manage.py", "serve", *([] if self.with_sample else ["--no-sample"])]
        with self.log.open("ab") as output:
            # A session of its own: all that it starts can be found by it, and is not ours.
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Return once it answers; raises RuntimeError with its last words when it never does."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            try:
                if self.get("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        last_words = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise RuntimeError(f"the site did not start:\n{last_words}")

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)

    def kill(self) -> None:
        """End every process of the site without a word, as a power cut does."""
        if self.process:
            # The eldest first, or it would start its children anew.
            while alive := sorted(alive_in_session(self.process.pid)):
                for process_id in alive:
                    with suppress(ProcessLookupError):
                        os.kill(process_id, signal.SIGKILL)
            self.process.wait(timeout=30)

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """Ask once, following nothing."""
        return self.ask(method, path, headers or {})

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form once, following nothing."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, headers, urlencode(fields))

    def run(self, code: str) -> str:
        """Run Python beside the site, on its database and with its files; returns what it printed."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-4000:])
        return done.stdout

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What stands in the database, read past the site."""
        if self.database_url:
            import psycopg

            connection = psycopg.connect(self.database_url)
        else:
            connection = sqlite3.connect(self.data_dir / "db.sqlite3")
        with closing(connection):
            return connection.execute(query).fetchall()

    def sitemap(self) -> list[str]:
        """The path of every public page, as crawlers are told."""
        return [urlsplit(address).path for address in re.findall(r"<loc>(.+?)</loc>", self.get("/sitemap.xml").text)]

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: str | None = None) -> Answer:
        """One request as it is told."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body=body, headers=dict(headers))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())


@contextmanager
def running_site(
    data_dir: Path, database_url: str = "", *, with_sample: bool = True, **environment_too: str
) -> Iterator[RunningSite]:
    """Start a fresh site whose every file lies in `data_dir`; it gets ready while the caller does something else."""
    site = RunningSite(data_dir, free_port(), database_url, with_sample, environment_too)
    site.start()
    try:
        yield site
    finally:
        site.stop()


def alive_in_session(session: int) -> Iterator[int]:
    """Ids of the processes of a session that still run; the session's own id is that of its first process."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # After the name in brackets: state, parent, group, session (proc_pid_stat(5)).
            state, _parent, _group, of_session = path.read_text().rpartition(")")[2].split()[:4]
            if int(of_session) == session and state not in {"Z", "X"}:
                yield int(path.parent.name)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
