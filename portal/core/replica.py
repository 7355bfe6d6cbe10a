"""Reading from a copy of the database that runs behind, without ever showing what was taken back (docs/adr/0023).

Only pages that the page store keeps are made from the replica, and only when it has replayed everything up to the
position that stands in the token of the public content. Everything else reads and writes the primary.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, Error, connection, connections

REPLICA = "replica"
#: For so long this process does not ask a replica that did not answer.
REST_SECONDS = 10.0
#: Models whose rows others remember for longer than a page lives.
ALWAYS_PRIMARY = {"wagtailcore.site", "contenttypes.contenttype"}

log = logging.getLogger("portal.replica")
_token: ContextVar[str] = ContextVar("token of the page that is made from the replica", default="")


class _Way:
    """What this process knows of the way to the replica."""

    resting_until = 0.0


class ReplicaRouter:
    """Reads of a page that may come from the replica; all else goes to the primary, whatever an object came from."""

    def db_for_read(self, model: Any, **_hints: Any) -> str:
        return REPLICA if _token.get() and model._meta.label_lower not in ALWAYS_PRIMARY else DEFAULT_DB_ALIAS

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Both are the same database at two moments."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        return db != REPLICA


def position() -> str:
    """Where the primary's journal stands, as “@0/16B3748”; “” where there is no replica, or no answer."""
    if REPLICA not in connections.databases:
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
            return f"@{cursor.fetchone()[0]}"
    except Error:
        # Whoever asks has just changed something and must be able to say so; without a position the primary is read.
        return ""


def has_replayed(token: str) -> bool:
    """Whether the replica answers, and knows all that had happened when the token was drawn."""
    wanted = token.partition("@")[2]
    if not wanted or time.monotonic() < _Way.resting_until:
        return False
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute("SELECT NOT pg_is_in_recovery() OR pg_last_wal_replay_lsn() >= %s::pg_lsn", [wanted])
            return bool(cursor.fetchone()[0])
    except Error as error:
        log.warning("the replica does not answer: %s", type(error).__name__)
        _Way.resting_until = time.monotonic() + REST_SECONDS
        return False


@contextmanager
def reading_replica(token: str) -> Iterator[None]:
    """Within the block the token stands still: what is kept of this page is kept under what the replica knew."""
    reset = _token.set(token)
    try:
        yield
    finally:
        _token.reset(reset)


def standing_token() -> str:
    """The token of the page that is made from the replica; “” for all others."""
    return _token.get()
