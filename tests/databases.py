"""Databases that tests bring beside the one of pytest-django: empty ones, and copies of one that was migrated."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import copy
from urllib.parse import urlsplit

#: Two of one purpose may live at the same time.
NUMBERS = count(1)


@contextmanager
def database_of_its_own(purpose: str, template: str = "") -> Iterator[str]:
    """The address of an empty database, or of a copy of one that nobody enters; “” on SQLite, where it is a file."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"portal_{purpose}_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        try:
            yield urlsplit(address)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@dataclass(frozen=True)
class Tables:
    """All tables as the migrations left them: the name of a PostgreSQL database, or a SQLite file."""

    source: str

    @contextmanager
    def copied(self, folder: Path) -> Iterator[str]:
        """A copy for a site whose files will lie in `folder`; yields the database's address."""
        if Path(self.source).is_absolute():
            copy(self.source, folder / "db.sqlite3")
            yield ""
            return
        with database_of_its_own("copy", template=self.source) as address:
            yield address


@contextmanager
def tables_of_tests(folder: Path) -> Iterator[Tables]:
    """Those of pytest-django's database, in which nobody has written yet."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "tables.sqlite3")) as kept:
            connection.connection.backup(kept)
            # As the first start of a site does after its migrations.
            kept.execute("ANALYZE")
        yield Tables(str(folder / "tables.sqlite3"))
        return
    migrated = connection.settings_dict["NAME"]
    # PostgreSQL copies only what nobody is connected to.
    connection.close()
    with database_of_its_own("tables", template=migrated) as address:
        yield Tables(urlsplit(address).path.lstrip("/"))
