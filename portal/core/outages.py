"""Which faults are the machine's and pass: a full disk, a database that only reads, is busy or does not answer.

Everything else is a fault of ours. The difference decides what a family reads: “later again”, with all that was typed
kept, or “something is broken”.
"""

import errno
import sqlite3
from enum import Enum

from django.db import Error as DatabaseFault
from django.db import InterfaceError, OperationalError

from portal.core.away import ServiceAway


class Outage(Enum):
    """What does not work for the moment."""

    FULL = "full"
    READ_ONLY = "read-only"
    BUSY = "busy"
    DOWN = "down"


_OF_THE_SYSTEM = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    errno.EFBIG: Outage.FULL,
    errno.EROFS: Outage.READ_ONLY,
    errno.EIO: Outage.DOWN,
}
#: Primary result codes (sqlite.org/rescode.html). SQLITE_ERROR, a wrong query, is not among them.
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_IOERR: Outage.DOWN,
    sqlite3.SQLITE_CANTOPEN: Outage.DOWN,
}
#: The longest beginning of an SQLSTATE decides (PostgreSQL, appendix A).
_OF_POSTGRESQL = {
    "53100": Outage.FULL,
    "25006": Outage.READ_ONLY,
    "08": Outage.DOWN,
    "53": Outage.BUSY,
    "55P03": Outage.BUSY,
    "40": Outage.BUSY,
    "57": Outage.DOWN,
    "58": Outage.DOWN,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """What kind of outage an error comes from; None for all others. Looks through errors that were raised anew."""
    while error is not None:
        found = _kind_of(error)
        if found is not None:
            return found
        error = error.__cause__
    return None


def _kind_of(error: BaseException) -> Outage | None:
    if isinstance(error, ServiceAway):
        return Outage.DOWN
    if isinstance(error, DatabaseFault):
        return _of_database(error)
    return _OF_THE_SYSTEM.get(error.errno or 0) if isinstance(error, OSError) else None


def _of_database(error: DatabaseFault) -> Outage | None:
    """Django's error is raised from the driver's own, which knows the code."""
    cause = error.__cause__
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return _OF_SQLITE.get(number & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((_OF_POSTGRESQL[start] for start in (state, state[:2]) if start in _OF_POSTGRESQL), None)
    # A server that cannot be reached, or has hung up, has no code to give; nor has a query that we got wrong on SQLite.
    is_sqlite = isinstance(cause, sqlite3.Error)
    return Outage.DOWN if isinstance(error, OperationalError | InterfaceError) and not is_sqlite else None
