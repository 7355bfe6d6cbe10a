"""The whole site in a process of its own, started the way `make run` starts it: migrated, seeded, served."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

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


@dataclass(frozen=True)
class RunningSite:
    """Where the site answers, where its files lie and what it printed."""

    origin: str
    data_dir: Path
    log: Path
    process: subprocess.Popen[bytes]
    environment: Mapping[str, str]

    def wait_until_ready(self) -> None:
        """Return once it answers; raises RuntimeError with its last words when it never does."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.get("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        last_words = self.log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise RuntimeError(f"the site did not start:\n{last_words}")

    def get(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
        """Ask once, following nothing."""
        with closing(http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=30)) as connection:
            connection.request(method, path, headers=dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())

    def run(self, code: str) -> str:
        """Run Python beside the site, on its database and with its files; returns what it printed."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-4000:])
        return done.stdout

    def sitemap(self) -> list[str]:
        """The path of every public page, as crawlers are told."""
        return [urlsplit(address).path for address in re.findall(r"<loc>(.+?)</loc>", self.get("/sitemap.xml").text)]


@contextmanager
def running_site(
    data_dir: Path, database_url: str = "", *, with_sample: bool = True, **environment_too: str
) -> Iterator[RunningSite]:
    """Start a fresh site whose every file lies in `data_dir`; it gets ready while the caller does something else."""
    port = _free_port()
    log = data_dir / "server.log"
    given = {"DATA_DIR": str(data_dir), "PORT": str(port), "DATABASE_URL": database_url}
    environment = {**os.environ, **given, "PYTHONUNBUFFERED": "1", **environment_too}
    environment.pop("DJANGO_SETTINGS_MODULE", None)  # pytest's own; the site takes what manage.py takes
    with log.open("wb") as output:
        command = [sys.executable, "manage.py", "serve", *([] if with_sample else ["--no-sample"])]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield RunningSite(f"http://127.0.0.1:{port}", data_dir, log, process, environment)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
