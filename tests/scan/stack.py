"""The site as a server runs it: PostgreSQL, granian with the production settings, nginx with deploy's configuration."""

import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPMessage
from pathlib import Path
from typing import Any

from tests.postgres import postgres_server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
#: Of the two ways in which a server keeps uploads, the one of a single machine; it goes by this name there.
PUT_AS, NOT_USED = {"media-folder.conf": "media.conf"}, {"media-bucket.conf"}
PREPARE = "from portal.home.serving import prepare; prepare(with_sample=True)"
BEFOREHAND = "from tests.scan.beforehand import prepare; prepare()"
REFRESHING = "from tests.scan.refreshing import serve; serve({}, {}, {!r})"
CONFIGURATION = """
{user}
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Stack:
    """Where the site answers, and what nginx has noted.

    `renewed` is the same site behind tests.scan.refreshing; `papers` is what tests.scan.beforehand tells.
    """

    origin: str
    renewed: str
    folder: Path
    papers: dict[str, str]

    def get(self, path: str) -> str:
        """A page, over https as a browser would ask for it."""
        return self.fetch(path)[1].decode("utf-8", "replace")

    def fetch(self, path: str) -> tuple[HTTPMessage, bytes]:
        """(headers, body); raises HTTPError for an answer of 400 and more."""
        lax = ssl.create_default_context()
        lax.check_hostname, lax.verify_mode = False, ssl.CERT_NONE
        with urllib.request.urlopen(f"{self.origin}{path}", context=lax, timeout=30) as answer:
            return answer.headers, answer.read()

    def noted(self) -> list[tuple[int, str]]:
        """[(status, path), …] of every request so far."""
        time.sleep(6)  # nginx writes its notes every five seconds
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        return [(int(line["status"]), str(line["path"])) for line in map(json.loads, lines)]


@contextmanager
def raised(folder: Path) -> Iterator[Stack]:
    """The whole of it, with sample content, on free ports; gone without a trace afterwards."""
    port = free_port()
    with postgres_server() as database:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "DATABASE_URL": database,
            "DATA_DIR": str(folder / "data"),
            "SECRET_KEY": "aB3-xY9_" * 10,
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": f"https://localhost:{port}",
        }
        _run_beside(environment, PREPARE)
        papers = json.loads(_run_beside(environment, BEFOREHAND))
        with served(folder, port, environment) as renewed:
            yield Stack(f"https://localhost:{port}", renewed, folder, papers)


def _beside(code: str) -> list[str]:
    return [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]


def _run_beside(environment: dict[str, str], code: str) -> bytes:
    """Run Python with the site's settings; what it printed."""
    return subprocess.run(_beside(code), cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout


@contextmanager
def served(folder: Path, port: int, environment: dict[str, str]) -> Iterator[str]:
    """The web server, nginx before it, and where the same site answers with fresh forms."""
    inner, renewed = folder / "web.sock", free_port()
    refreshing = _beside(REFRESHING.format(renewed, port, str(folder)))
    with (
        (folder / "web.log").open("wb") as log,
        running(_web_command(inner), inner, env=environment, stdout=log, stderr=subprocess.STDOUT),
        running(["nginx", "-c", str(_configured(folder, port, inner))], port),
        (folder / "refreshing.log").open("wb") as told,
        running(refreshing, renewed, env=environment, stdout=told, stderr=subprocess.STDOUT),
        never_slowed_down(folder / "data" / "counts"),
    ):
        yield f"http://127.0.0.1:{renewed}"


def _web_command(place: Path) -> list[str]:
    """What a server's unit starts, on this socket."""
    unit = (ROOT / "deploy/systemd/gia-dinh-so-web@.service").read_text(encoding="utf-8").replace("\\\n", " ")
    (start,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    _python, *words = shlex.split(start)
    return [sys.executable, *(str(place) if word.endswith("%i.sock") else word for word in words)]


def _answers(place: int | Path) -> bool:
    """Whether somebody listens on that port or socket."""
    family, address = (socket.AF_INET, ("127.0.0.1", place)) if isinstance(place, int) else (socket.AF_UNIX, str(place))
    with socket.socket(family) as probe:
        return probe.connect_ex(address) == 0


@contextmanager
def running(command: list[str], place: int | Path, **how: Any) -> Iterator[None]:
    """A process that answers on its port or socket; raises RuntimeError when it does not within a minute."""
    process = subprocess.Popen(command, cwd=ROOT, **how)
    try:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            if _answers(place):
                break
            time.sleep(0.2)
        else:
            raise RuntimeError(f"{command[0]} does not answer")
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def never_slowed_down(store: Path) -> Iterator[None]:
    """Forgets ten times a second how often somebody was wrong: else a scanner is sent away before it has tried."""
    over = threading.Event()

    def forget() -> None:
        while not over.wait(0.1):
            for path in store.glob("*.djcache"):
                with suppress(OSError):
                    path.unlink()

    thread = threading.Thread(target=forget, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Signed by nobody but ourselves."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2"]
    made = ["openssl", "req", "-x509", *kind, *names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    return certificate, key


def _configured(folder: Path, port: int, inner: Path) -> Path:
    """deploy/nginx with the places of this desk; returns the configuration's path."""
    certificate, key = _certificate(folder)
    (folder / "upstream.conf").write_text(f"upstream column {{ server unix:{inner}; }}\n", encoding="utf-8")
    # Where the project lies may have a space in its name, and a server's folders have none.
    (folder / "plain").symlink_to(ROOT / "deploy/nginx")
    places = {
        "DOMAIN": "localhost",
        "CERTIFICATE": certificate,
        "KEY": key,
        "PIECES": folder,
        "ACME": folder / "acme",
        "STATIC": folder / "data/static",
        "MEDIA": folder / "data/media",
        "PLAIN_PAGES": folder / "plain",
        "PAGES": folder / "pages",
        "LISTEN_HTTP2": "",
        "HTTP2": "",
        "BROTLI": "",
        "BROTLI_STATIC": "",
        "TYPES": "text/css text/javascript image/svg+xml",
    }
    for source in sorted((ROOT / "deploy/nginx").glob("*.conf")):
        if source.name in NOT_USED:
            continue
        text = source.read_text(encoding="utf-8")
        for word, value in places.items():
            text = text.replace(f"@{word}@", str(value))
        if left := re.findall(r"@[A-Z_0-9]+@", text):
            raise RuntimeError(f"deploy/nginx/{source.name} asks for {', '.join(left)}, which the scan does not know")
        text = text.replace("/var/log/nginx/gia-dinh-so.", f"{folder}/")
        text = text.replace("listen 443", f"listen 127.0.0.1:{port}").replace(
            "listen 80", f"listen 127.0.0.1:{free_port()}"
        )
        kept = [line for line in text.splitlines() if "listen [::]" not in line]
        (folder / PUT_AS.get(source.name, source.name)).write_text("\n".join(kept) + "\n", encoding="utf-8")
    configuration = folder / "nginx.conf"
    user = "" if os.geteuid() else "user root;"
    configuration.write_text(CONFIGURATION.format(folder=folder, user=user), encoding="utf-8")
    return configuration


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def needed() -> list[str]:
    """Programs that are missing here."""
    return [name for name in ("nginx", "openssl") if shutil.which(name) is None]


def broken(noted: list[tuple[int, str]]) -> Counter[tuple[int, str]]:
    """Answers that no request may get, whatever it asks for: (status, path) -> how often."""
    return Counter(one for one in noted if one[0] >= 500)
