"""Copies the whole database at one instant, and brings such a copy back, on SQLite and on PostgreSQL."""

import gzip
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from portal.core.backups.archive import Table
from portal.core.backups.refusals import BackupRefused

Facts = TypeVar("Facts")
SUM_BITS = 256


def copy_database(copy: Path, facts: Callable[[str], Facts]) -> Facts:
    """Write a copy of the database to `copy`; returns what `facts` says of that very instant.

    `facts` is called with the alias of a connection that sees what the copy holds, and nothing later. Others go on
    reading and writing meanwhile.
    """
    if connection.vendor == "sqlite":
        return _copy_sqlite(copy, facts)
    return _copy_postgresql(copy, facts)


def _copy_sqlite(copy: Path, facts: Callable[[str], Facts]) -> Facts:
    plain = copy.with_suffix(".sqlite3")
    connection.ensure_connection()
    with sqlite3.connect(plain) as target:
        # All pages in one step: one read transaction, which in WAL mode holds up no writer.
        connection.connection.backup(target)
    target.close()
    with connected("sao-luu", {"NAME": str(plain)}) as alias:
        told = facts(alias)
    with plain.open("rb") as file, gzip.open(copy, "wb", compresslevel=6) as packed:
        shutil.copyfileobj(file, packed)
    plain.unlink()
    return told


def _copy_postgresql(copy: Path, facts: Callable[[str], Facts]) -> Facts:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={copy}")
        return facts(DEFAULT_DB_ALIAS)


def load_database(copy: Path, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Put the copy in the place of everything that the database holds, in one transaction: all of it or nothing."""
    target = connections[alias]
    if target.vendor == "sqlite":
        plain = copy.with_suffix(".sqlite3")
        with gzip.open(copy, "rb") as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file)
        target.ensure_connection()
        with sqlite3.connect(plain) as source:
            source.backup(target.connection)
        source.close()
        plain.unlink()
    else:
        script = copy.with_suffix(".sql")
        _run("pg_restore", "--no-owner", "--no-acl", "--no-comments", f"--file={script}", str(copy), alias=alias)
        fresh = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", *options, f"--command={fresh}", f"--file={script}", "--output=/dev/null", alias=alias)
        script.unlink()
    # What the connection has prepared belongs to tables that are gone.
    target.close()


def table_facts(alias: str) -> dict[str, Table]:
    """Rows of every table, and one number over them that depends on no order."""
    source = connections[alias]
    with source.cursor() as cursor:
        names = sorted(source.introspection.table_names(cursor))
    return {name: _facts_of(alias, name) for name in names}


def _facts_of(alias: str, table: str) -> Table:
    source = connections[alias]
    rows = total = 0
    with transaction.atomic(using=alias), source.chunked_cursor() as cursor:
        # The name comes from the database's own list, and is quoted.
        cursor.execute(f"SELECT * FROM {source.ops.quote_name(table)}")  # noqa: S608
        while block := cursor.fetchmany(2000):
            for row in block:
                rows += 1
                total += int.from_bytes(sha256(repr(row).encode()).digest(), "big")
    return Table(rows, f"{total % 2**SUM_BITS:064x}")


def is_empty() -> bool:
    """Whether the database holds no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


@contextmanager
def connected(alias: str, changes: dict[str, Any]) -> Iterator[str]:
    """A second connection, like the first but for what is given; gone afterwards."""
    connections.databases[alias] = {**connection.settings_dict, **changes}
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


@contextmanager
def throw_away_database(folder: Path) -> Iterator[str]:
    """The alias of an empty database that is gone afterwards; on PostgreSQL its role must be allowed to make one."""
    if connection.vendor == "sqlite":
        with connected("thu", {"NAME": str(folder / "thu.sqlite3")}) as alias:
            yield alias
        return
    name = f"{connection.settings_dict['NAME']}_thu_{uuid4().hex[:8]}"
    quoted = connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        with connected("thu", {"NAME": name}) as alias:
            yield alias
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def _run(program: str, *arguments: str, alias: str = DEFAULT_DB_ALIAS) -> None:
    """Run one of PostgreSQL's own programs on a connection's database; raises BackupRefused with its last words."""
    found = shutil.which(program, path=settings.POSTGRES_BIN or None)
    if found is None:
        raise BackupRefused(f"Không tìm thấy lệnh {program}. Cài postgresql-client, hoặc đặt POSTGRES_BIN.")
    told = connections[alias].settings_dict
    place = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(told[key]) for name, key in place.items() if told[key]}
    if sslmode := told["OPTIONS"].get("sslmode"):
        environment["PGSSLMODE"] = sslmode
    # The program is PostgreSQL's, the words are ours.
    done = subprocess.run(  # noqa: S603
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupRefused(f"{program}: {done.stderr.strip()[-2000:]}")
