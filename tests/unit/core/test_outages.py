"""Which errors pass by themselves, told by the real ones of both drivers where they can be had."""

import errno
import sqlite3
from types import SimpleNamespace

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError

from portal.core.outages import Outage, outage_of


def raised(kind, cause):
    """As Django raises a driver's error anew."""
    try:
        raise kind(str(cause)) from cause
    except kind as error:
        return error


def of_sqlite(connection, statement):
    """The error that SQLite itself has for it."""
    with pytest.raises(sqlite3.Error) as caught:
        connection.executescript(statement)
    return raised(OperationalError, caught.value)


@pytest.mark.parametrize(
    ("number", "outage"),
    [
        (errno.ENOSPC, Outage.FULL),
        (errno.EDQUOT, Outage.FULL),
        (errno.EROFS, Outage.READ_ONLY),
        (errno.ENOENT, None),
        (errno.EACCES, None),
    ],
)
def test_system_error_is_an_outage_by_its_number(number, outage):
    assert outage_of(OSError(number, "x")) is outage


def test_full_database_file_is_told(tmp_path):
    connection = sqlite3.connect(tmp_path / "a.sqlite3")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 2")
    assert outage_of(of_sqlite(connection, "INSERT INTO t VALUES (zeroblob(100000))")) is Outage.FULL
    connection.close()


def test_read_only_and_locked_database_files_are_told(tmp_path):
    first = sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)
    first.execute("CREATE TABLE t (x)")
    reader = sqlite3.connect(f"file:{tmp_path / 'a.sqlite3'}?mode=ro", uri=True)
    assert outage_of(of_sqlite(reader, "INSERT INTO t VALUES (1)")) is Outage.READ_ONLY
    first.execute("BEGIN IMMEDIATE")
    second = sqlite3.connect(tmp_path / "a.sqlite3", timeout=0)
    assert outage_of(of_sqlite(second, "INSERT INTO t VALUES (1)")) is Outage.BUSY
    for connection in (first, reader, second):
        connection.close()


def test_wrong_query_is_our_fault_on_sqlite_too():
    connection = sqlite3.connect(":memory:")
    assert outage_of(of_sqlite(connection, "SELECT * FROM nowhere")) is None
    connection.close()


@pytest.mark.parametrize(
    ("kind", "cause", "outage"),
    [
        (OperationalError, psycopg.errors.DiskFull, Outage.FULL),
        (InternalError, psycopg.errors.ReadOnlySqlTransaction, Outage.READ_ONLY),
        (OperationalError, psycopg.errors.AdminShutdown, Outage.DOWN),
        (OperationalError, psycopg.errors.CannotConnectNow, Outage.DOWN),
        (OperationalError, psycopg.errors.TooManyConnections, Outage.BUSY),
        (OperationalError, psycopg.errors.DeadlockDetected, Outage.BUSY),
        (OperationalError, psycopg.OperationalError, Outage.DOWN),
        (InterfaceError, psycopg.InterfaceError, Outage.DOWN),
        (IntegrityError, psycopg.errors.UniqueViolation, None),
        (InternalError, psycopg.errors.InFailedSqlTransaction, None),
        (DatabaseError, psycopg.errors.DatabaseError, None),
    ],
)
def test_error_of_postgresql_is_told_by_its_state(kind, cause, outage):
    assert outage_of(raised(kind, cause("x"))) is outage


def test_outage_behind_another_error_is_found():
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("a picture could not be kept") from OSError(errno.ENOSPC, "x")
    assert outage_of(caught.value) is Outage.FULL
    assert outage_of(None) is None
    assert outage_of(ValueError(SimpleNamespace())) is None
