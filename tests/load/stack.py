"""What a server runs, on this desk: nginx with the files of deploy/, the web server and the worker of its units, and
PostgreSQL. Without TLS: what it costs is nginx's alone, and the same for every page."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.memory import workers_of
from tests.load.units import as_started_by
from tests.postgres import postgres_server
from tests.running_site import ROOT, free_port

ORIGIN_NAME = "127.0.0.1"
# Of deploy/systemd: gia-dinh-so-web@.service, gia-dinh-so-worker.service, and the timer of every minute.
WEB = "-m portal.web portal.wsgi:application --interface wsgi --workers 2 --blocking-threads 4 --log-level warning"
WORKER = "manage.py db_worker --queue-name=* --interval 2"
MINUTE = "manage.py run_due minute"
# The two included files are those of a server (deploy/nginx), with this desk's places.
CONFIGURATION = """
{user}
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log {folder}/access.log combined buffer=32k flush=5s;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream column {{ server unix:{folder}/site.sock; }}
    include {folder}/cache.conf;
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 32m;
        location /static/ {{ alias {files}/static/; gzip_static on; }}
        location /media/ {{ alias {files}/media/; add_header Cache-Control "public, max-age=3600"; }}
        location / {{ include {folder}/pages.conf; }}
    }}
}}
"""


@dataclass
class Stack:
    """Where readers come in, and the processes behind."""

    port: int
    folder: Path
    web: "subprocess.Popen[bytes]"


@contextmanager
def production_database() -> Iterator[None]:
    """This process, and all that it starts, with the settings of a server, an empty database and folder."""
    with (
        postgres_server("fsync=on", "shared_buffers=256MB") as address,
        tempfile.TemporaryDirectory(prefix="bench-") as files,
    ):
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "SECRET_KEY": "only-for-a-bench-" + "x" * 50,
            "ALLOWED_HOSTS": ORIGIN_NAME,
            "BASE_URL": f"https://{ORIGIN_NAME}",
            "DATABASE_URL": address,
            "DATA_DIR": files,
        }
        yield


@contextmanager
def running_stack(files: Path) -> Iterator[Stack]:
    """nginx before the web server, the worker behind it; logs in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="bench-stack-") as name, ExitStack() as running:
        folder, port = Path(name), free_port()
        log = running.enter_context((folder / "site.log").open("ab"))

        def start(*command: str) -> "subprocess.Popen[bytes]":
            process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
            running.callback(process.wait)
            running.callback(process.terminate)
            return process

        web = start(sys.executable, *WEB.split(), "--no-ws", "--uds", f"{folder}/site.sock")
        start(*as_started_by("worker"), sys.executable, *WORKER.split())
        start(shutil.which("nginx") or "nginx", "-c", str(_configuration(folder, files, port)))
        stack = Stack(port, folder, web)
        _wait_until_ready(stack)
        yield stack


def _configuration(folder: Path, files: Path, port: int) -> Path:
    for name in ("cache.conf", "pages.conf"):
        text = (ROOT / "deploy/nginx" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("@PAGES@", str(folder / "pages")), encoding="utf-8")
    user = "" if os.geteuid() else "user root;"
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(user=user, folder=folder, files=files, port=port), encoding="utf-8")
    return configuration


def _wait_until_ready(stack: Stack) -> None:
    from tests.load.rush import ask

    for _ in range(240):
        try:
            if ask(stack.port, "GET", "/readyz")[0] == 200 and len(workers_of(stack.web)) == 2:
                return
        except OSError:
            pass
        time.sleep(0.25)
    raise RuntimeError((stack.folder / "site.log").read_text(errors="replace")[-3000:])
