"""Our cached home through nginx beside the same bytes as a file: nginx on one core, its client on the other."""

import os
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.load.client import requests_per_second
from tests.load.pages import ROOT, ROUNDS, SECONDS, pinned, server

HIT_LIMIT = 0.8
SITE, NGINX = 8975, 8976
FILE = "/tep.html"
YARDSTICK = "the same bytes as a file"
COOKIES = {
    "home, no cookie": "",
    "home, csrftoken": "csrftoken=abcdefghijklmnopqrstuvwxyz012345",
    "home, foreign cookie": "_ga=GA1.2.1234567890.1700000000; lang=vi",
}
# The two included files are those of a server (deploy/nginx), with this desk's places.
CONFIGURATION = """
worker_processes 1;
daemon off;
pcre_jit on;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream column {{ server 127.0.0.1:{site}; }}
    include {folder}/cache.conf;
    server {{
        listen 127.0.0.1:{port};
        location = {file} {{ root {folder}; }}
        location / {{ include {folder}/pages.conf; }}
    }}
}}
"""


@contextmanager
def nginx(folder: Path) -> Iterator[int]:
    """One nginx worker on core 0 before the site; yields the id of its master process."""
    for name in ("cache.conf", "pages.conf"):
        text = (ROOT / "deploy/nginx" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("@PAGES@", str(folder / "pages")), encoding="utf-8")
    configuration = folder / "nginx.conf"
    told = CONFIGURATION.format(folder=folder, site=SITE, port=NGINX, file=FILE)
    configuration.write_text(told if os.geteuid() else f"user root;\n{told}", encoding="utf-8")
    process = subprocess.Popen([*pinned(0), shutil.which("nginx") or "nginx", "-c", str(configuration)])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", NGINX)) == 0:
                    break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def fetched(cookie: str) -> bytes:
    """The home page as nginx gives it."""
    request = urllib.request.Request(f"http://127.0.0.1:{NGINX}/", headers={"Cookie": cookie} if cookie else {})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def speed(path: str, cookie: str) -> float:
    """Requests per second, by wrk where there is one: a client in Python is slower than nginx."""
    if shutil.which("wrk") is None:
        return requests_per_second(NGINX, path, seconds=SECONDS, cookie=cookie)
    command = [*pinned(1), "wrk", "-t1", "-c16", f"-d{SECONDS:.0f}s", *(["-H", f"Cookie: {cookie}"] if cookie else [])]
    said = subprocess.run(
        [*command, f"http://127.0.0.1:{NGINX}{path}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def seconds_worked(master: int) -> float:
    """Seconds of a core that the children of a process have used (proc_pid_stat(5))."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            ticks += int(words[11]) + int(words[12]) if int(words[1]) == master else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def run() -> bool:
    """Print the table; false when a reader is served too slowly."""
    if shutil.which("nginx") is None:
        print("nginx is not here: its cache is not measured")
        return True
    os.environ["BENCH_FRONT"] = "on"
    with (
        tempfile.TemporaryDirectory(prefix="bench-nginx-") as name,
        server("portal.wsgi:application", SITE, page_cache="on"),
    ):
        folder = Path(name)
        with nginx(folder) as master:
            (folder / FILE.lstrip("/")).write_bytes(fetched(""))
            targets = {YARDSTICK: (FILE, ""), **{who: ("/", cookie) for who, cookie in COOKIES.items()}}
            results: dict[str, list[tuple[float, float]]] = {who: [] for who in targets}
            for _ in range(ROUNDS):
                for who, (path, cookie) in targets.items():
                    before = seconds_worked(master)
                    found = speed(path, cookie)
                    results[who].append((found, found * SECONDS / (seconds_worked(master) - before)))
    speeds = {who: tuple(map(statistics.median, zip(*told, strict=True))) for who, told in results.items()}
    plain = speeds[YARDSTICK][1]
    # Judged by nginx's own time: how much of the core others left it is not its doing.
    print(f"\n{'through nginx':28}{'req/s':>10}{'req/core second':>18}{'to the file':>14}")
    for who, (found, per_core) in speeds.items():
        print(f"{who:28}{found:10.0f}{per_core:18.0f}{per_core / plain:14.2f}")
    misses = [who for who, (_found, per_core) in speeds.items() if per_core < HIT_LIMIT * plain]
    for who in misses:
        print(f"MISS: {who} is below its bound")
    return not misses
