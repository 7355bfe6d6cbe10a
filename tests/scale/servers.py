"""What stands beside the site's own processes: Redis, an S3 server, nginx with the configuration of a server."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.running_site import ROOT

PATIENCE = 60
DOMAIN = "giadinhso.vi-du.vn"
PASSWORD = "mat-khau-cua-kho"
ACCESS_KEY, SECRET_KEY = "khoa-cua-trang", "bi-mat-cua-trang"
BUCKET, PRIVATE_BUCKET = "anh", "rieng"


@dataclass
class Program:
    """One process that can be killed and started again."""

    command: list[str]
    folder: Path
    answers: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def start(self) -> None:
        """Begin; whoever needs it waits."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Until it answers; raises RuntimeError with its last words when it never does."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            with suppress(OSError):
                if self.answers():
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{self.command[:3]} did not start:\n{self.log.read_text(errors='replace')[-4000:]}")

    def kill(self) -> None:
        """Without a word, with all that it started."""
        if self.process and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)


def free_ports(count: int) -> list[int]:
    """All different."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def listens(port: int) -> Callable[[], bool]:
    """Whether somebody takes connections there."""

    def ask() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return ask


def redis_server(folder: Path) -> tuple[Program, str]:
    """(the server, its address); it writes nothing down, as docs/may-chu.md says."""
    (port,) = free_ports(1)
    options = ["--bind", "127.0.0.1", "--requirepass", PASSWORD, "--save", "", "--appendonly", "no"]
    command = [shutil.which("redis-server") or "redis-server", "--port", str(port), "--dir", str(folder), *options]
    return Program(command, folder, listens(port)), f"redis://:{PASSWORD}@127.0.0.1:{port}/0"


def s3_server(folder: Path) -> tuple[Program, Program, str]:
    """(its disks, the server before them, its address): SeaweedFS, which lets nobody in without a signature.

    The two are apart so that the server can be killed and is back at once: its disks take half a minute.
    """
    names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc")
    *others, port, grpc = free_ports(len(names) + 2)
    weed, disks, server = str(Path(sys.executable).with_name("weed")), folder / "disks", folder / "server"
    for room in (disks, server):
        room.mkdir()
    keys = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    site = {"name": "site", "credentials": [keys], "actions": ["Admin", "Read", "Write", "List", "Tagging"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [site]}))
    behind = [
        *(weed, "server", f"-dir={disks}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer"),
        *("-master.volumeSizeLimitMB=64", "-volume.max=20"),
        *(f"-{name}={number}" for name, number in zip(names, others, strict=True)),
    ]
    before = [
        *(weed, "s3", f"-port={port}", f"-port.grpc={grpc}", "-ip.bind=127.0.0.1", f"-config={folder / 's3.json'}"),
        *(f"-filer=127.0.0.1:{others[4]}.{others[5]}", "-port.iceberg=0", "-port.lance=0"),
    ]
    address = f"http://127.0.0.1:{port}"
    return Program(behind, disks, listens(others[4])), Program(before, server, lambda: _takes_files(address)), address


def s3_client(address: str) -> Any:
    """The store as an administrator sees it."""
    config = Config(
        s3={"addressing_style": "path"}, request_checksum_calculation="when_required", retries={"total_max_attempts": 1}
    )
    return boto3.client(
        "s3",
        endpoint_url=address,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        region_name="us-east-1",
        config=config,
    )


def _takes_files(address: str) -> bool:
    """Whether both buckets are there and take a file."""
    client = s3_client(address)
    try:
        for bucket in (BUCKET, PRIVATE_BUCKET):
            with suppress(client.exceptions.BucketAlreadyExists, client.exceptions.BucketAlreadyOwnedByYou):
                client.create_bucket(Bucket=bucket)
            client.put_object(Bucket=bucket, Key="thu", Body=b"1")
            client.delete_object(Bucket=bucket, Key="thu")
    except (BotoCoreError, ClientError):
        return False
    return True


def nginx_server(folder: Path, hosts: list[int], static: Path) -> tuple[Program, int]:
    """(nginx as deploy/ sets it up before several hosts, the port on which it speaks TLS)."""
    plain, secure = free_ports(2)
    _sign_certificate(folder)
    sources = ROOT / "deploy/nginx"
    # Where the project lies may have a space in its name, and a server's folders have none.
    (folder / "plain").symlink_to(sources)
    places = {
        "PIECES": str(folder),
        "PAGES": str(folder / "pages"),
        "DOMAIN": DOMAIN,
        "ACME": str(folder),
        "CERTIFICATE": str(folder / "cert.pem"),
        "KEY": str(folder / "key.pem"),
        "STATIC": str(static),
        "PLAIN_PAGES": str(folder / "plain"),
        "TYPES": "text/css application/json",
        **dict.fromkeys(("LISTEN_HTTP2", "HTTP2", "BROTLI", "BROTLI_STATIC"), ""),
    }
    pieces = {"site.conf": "site.conf", "cache.conf": "cache.conf", "pages.conf": "pages.conf"}
    for name, source in {**pieces, "media.conf": "media-bucket.conf"}.items():
        text = (sources / source).read_text(encoding="utf-8")
        for word, value in places.items():
            text = text.replace(f"@{word}@", value)
        (folder / name).write_text(_moved(text, folder, plain, secure), encoding="utf-8")
    servers = "".join(f"server 127.0.0.1:{port}; " for port in hosts)
    (folder / "upstream.conf").write_text(f"upstream column {{ {servers}}}\n")
    (folder / "nginx.conf").write_text(_main(folder))
    command = [shutil.which("nginx") or "nginx", "-c", str(folder / "nginx.conf")]
    return Program(command, folder, listens(secure)), secure


def _moved(text: str, folder: Path, plain: int, secure: int) -> str:
    """On this machine's ports and logs; nothing else of the configuration differs from a server's."""
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    text = text.replace("listen 80", f"listen 127.0.0.1:{plain}").replace("listen 443", f"listen 127.0.0.1:{secure}")
    return text.replace("/var/log/nginx", str(folder))


def _main(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    rooms = "".join(f"    {kind}_temp_path {folder}/tmp-{kind};\n" for kind in kinds)
    user = "" if os.geteuid() else "user root;\n"
    return (
        f"{user}worker_processes 1;\ndaemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n    include /etc/nginx/mime.types;\n{rooms}"
        f"    include {folder}/site.conf;\n}}\n"
    )


def _sign_certificate(folder: Path) -> None:
    names = ("-subj", f"/CN={DOMAIN}", "-addext", f"subjectAltName=DNS:{DOMAIN}")
    kind = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2")
    files = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    subprocess.run(["openssl", "req", "-x509", *kind, *names, *files], check=True, capture_output=True)


def web_server(folder: Path, environment: Mapping[str, str]) -> tuple[Program, int]:
    """(one host's web server as its unit starts it, its port)."""
    (port,) = free_ports(1)
    command = [
        *(sys.executable, "-m", "portal.web", "portal.wsgi:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "20", "--no-ws", "--log-level", "warning"),
    ]
    return Program(command, folder, listens(port), {**environment, "DATA_DIR": str(folder)}), port
