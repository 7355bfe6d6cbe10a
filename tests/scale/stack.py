"""Two hosts behind nginx, with a PostgreSQL and its replica, a Redis and an S3 store between them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import psycopg

from tests.backups import postgres_bin
from tests.postgres import Pair, postgres_pair
from tests.running_site import ROOT
from tests.scale.servers import (
    ACCESS_KEY,
    BUCKET,
    DOMAIN,
    PRIVATE_BUCKET,
    SECRET_KEY,
    Program,
    nginx_server,
    redis_server,
    s3_client,
    s3_server,
    web_server,
)

FORGET = "from portal.core.page_cache import forget_pages; forget_pages()"


@dataclass
class Host:
    """One machine that serves the site: a data folder of its own, and nothing in it that another would miss."""

    web: Program
    port: int

    @property
    def data(self) -> Path:
        return self.web.folder


@dataclass
class Stack:
    """Everything that runs, and what the site was filled with."""

    pair: Pair
    redis: Program
    s3: Program
    nginx: Program
    secure_port: int
    one: Host
    two: Host
    worker: Program
    s3_address: str
    environment: dict[str, str]
    told: dict[str, Any]

    def ask_database(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows from the primary."""
        with psycopg.connect(self.pair.primary, autocommit=True) as connection:
            return connection.execute(statement, values).fetchall()

    def tell_replica(self, statement: str) -> None:
        """One of its own functions, such as `SELECT pg_wal_replay_pause()`."""
        with psycopg.connect(self.pair.replica, autocommit=True) as connection:
            connection.execute(statement)

    def forget_pages(self) -> None:
        """As a publication does it: a new token, and every kept page gone."""
        self.manage("shell", "-v0", "-c", FORGET)

    def is_deletion_put_off(self, file: str) -> bool:
        """Whether the task queue will delete this file later."""
        waiting = (
            "SELECT count(*) FROM django_tasks_database_dbtaskresult"
            " WHERE status = 'READY' AND task_path LIKE %s AND args_kwargs::text LIKE %s"
        )
        return self.ask_database(waiting, "%.delete_at_last", f"%{file}%") == [(1,)]

    def hurry_tasks(self) -> None:
        """What was put off until later is due now."""
        due = "UPDATE django_tasks_database_dbtaskresult SET run_after = now() WHERE status = 'READY' RETURNING id"
        self.ask_database(due)

    def names_in(self, bucket: str) -> list[str]:
        """Every file of a bucket."""
        listed = s3_client(self.s3_address).list_objects_v2(Bucket=bucket)
        return sorted(found["Key"] for found in listed.get("Contents", ()))

    def stranger_gets(self, bucket: str, name: str) -> int:
        """What the store says to somebody without a key."""
        try:
            with urlopen(f"{self.s3_address}/{bucket}/{quote(name)}", timeout=30) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code

    def manage(self, *words: str, **more: str) -> str:
        """What a command of manage.py printed, on the first host."""
        return run("manage.py", *words, environment={**self.environment, "DATA_DIR": str(self.one.data), **more})


def run(*words: str, environment: dict[str, str]) -> str:
    """Run Python with the site's environment; raises RuntimeError with its last words."""
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
    return done.stdout


def copy_database(source: str, target: str) -> None:
    """One database as it is now into an empty one: quicker than migrating."""
    programs = Path(postgres_bin())
    with subprocess.Popen([programs / "pg_dump", "--no-owner", source], stdout=subprocess.PIPE) as dump:
        quietly = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
        subprocess.run([programs / "psql", *quietly, target], stdin=dump.stdout, check=True)


def settings_of(pair: Pair, redis: str, s3: str, static: Path) -> dict[str, str]:
    """All that makes one server's site a site of several hosts."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "SECRET_KEY": "only-for-tests-" + "x" * 50,
        "ALLOWED_HOSTS": DOMAIN,
        "BASE_URL": f"https://{DOMAIN}",
        "STATIC_ROOT": str(static),
        "POSTGRES_BIN": postgres_bin(),
        "DATABASE_URL": pair.primary,
        "DATABASE_REPLICA_URL": pair.replica,
        "REDIS_URL": redis,
        "S3_ENDPOINT": s3,
        "S3_BUCKET": BUCKET,
        "S3_PRIVATE_BUCKET": PRIVATE_BUCKET,
        "S3_ACCESS_KEY": ACCESS_KEY,
        "S3_SECRET_KEY": SECRET_KEY,
    }


@contextmanager
def two_hosts(folder: Path, static: Path, *, template: str = "") -> Iterator[Stack]:
    """Start all of it; kills all of it afterwards. `template` is the address of a database to begin with a copy of."""
    rooms = {name: folder / name for name in ("redis", "s3", "nginx", "mot", "hai", "viec")}
    for room in rooms.values():
        room.mkdir()
    redis, redis_address = redis_server(rooms["redis"])
    disks, s3, s3_address = s3_server(rooms["s3"])
    with started(redis, disks), postgres_pair() as pair, started(s3):
        if template:
            copy_database(template, pair.primary)
        s3.wait()
        environment = settings_of(pair, redis_address, s3_address, static)
        told = json.loads(run("-m", "tests.scale.prepare", environment={**environment, "DATA_DIR": str(rooms["mot"])}))
        one, two = (Host(*web_server(rooms[name], environment)) for name in ("mot", "hai"))
        words = [sys.executable, "manage.py", "db_worker", "--queue-name=*", "--interval", "0.5"]
        worker = Program(words, rooms["viec"], lambda: True, {**environment, "DATA_DIR": str(rooms["mot"])})
        nginx, secure_port = nginx_server(rooms["nginx"], [one.port, two.port], static)
        with started(one.web, two.web, worker, nginx):
            for program in (redis, one.web, two.web, worker, nginx):
                program.wait()
            yield Stack(pair, redis, s3, nginx, secure_port, one, two, worker, s3_address, environment, told)


@contextmanager
def started(*programs: Program) -> Iterator[None]:
    """They begin to start, and are killed in the end."""
    try:
        for program in programs:
            program.start()
        yield
    finally:
        for program in programs:
            program.kill()
