"""How the two databases look up tokens: SQLite in an FTS5 table, PostgreSQL in a vector with a GIN index.

Both are shadows of `SearchText.tokens` that the database itself keeps up, so the rest of the code writes rows and
nothing else. They are set up after each migrate rather than by one migration: Django alters a SQLite table by
making it anew, and its triggers would silently be lost.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Expression, F

_ADD = "INSERT INTO home_searchtext_fts (rowid, tokens) VALUES (new.entry_id, new.tokens);"
_REMOVE = (
    "INSERT INTO home_searchtext_fts (home_searchtext_fts, rowid, tokens) VALUES ('delete', old.entry_id, old.tokens);"
)
SQLITE_SETUP = (
    "DROP TABLE IF EXISTS home_searchtext_fts",
    "DROP TRIGGER IF EXISTS home_searchtext_added",
    "DROP TRIGGER IF EXISTS home_searchtext_removed",
    "DROP TRIGGER IF EXISTS home_searchtext_changed",
    # Positions are not kept (detail): neighbours are tokens of their own.
    """CREATE VIRTUAL TABLE home_searchtext_fts USING fts5(tokens, content='home_searchtext', content_rowid='entry_id',
        detail='none', tokenize="ascii tokenchars ':=_'")""",
    f"CREATE TRIGGER home_searchtext_added AFTER INSERT ON home_searchtext BEGIN {_ADD} END",
    f"CREATE TRIGGER home_searchtext_removed AFTER DELETE ON home_searchtext BEGIN {_REMOVE} END",
    f"CREATE TRIGGER home_searchtext_changed AFTER UPDATE ON home_searchtext BEGIN {_REMOVE} {_ADD} END",
    "INSERT INTO home_searchtext_fts (home_searchtext_fts) VALUES ('rebuild')",
)
SQLITE_IS_SET_UP = "SELECT count(*) = 3 FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'home_searchtext_%'"
POSTGRES_SETUP = (
    """ALTER TABLE home_searchtext ADD COLUMN IF NOT EXISTS vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    # Statistics would lead the planner to read all vectors from disk for a common word: 10 ms instead of 1 at 2,000
    # pages. So does a list of pending entries, hence no fastupdate.
    "ALTER TABLE home_searchtext ALTER COLUMN vector SET STATISTICS 0",
    """CREATE INDEX IF NOT EXISTS home_searchtext_vector
        ON home_searchtext USING gin (vector) WITH (fastupdate = off)""",
)
POSTGRES_IS_SET_UP = "SELECT to_regclass('home_searchtext_vector') IS NOT NULL"


def set_up(using: str) -> bool:
    """Make the database's side of the index where it is missing; says whether it was."""
    connection = connections[using]
    setup, is_there = (
        (SQLITE_SETUP, SQLITE_IS_SET_UP) if connection.vendor == "sqlite" else (POSTGRES_SETUP, POSTGRES_IS_SET_UP)
    )
    with connection.cursor() as cursor:
        cursor.execute(is_there)
        if cursor.fetchone()[0]:
            return False
        for statement in setup:
            cursor.execute(statement)
    return True


class HasTokens(Expression):
    """Whether a SearchEntry has all of these tokens: use it in filter() and When()."""

    output_field = BooleanField()

    def __init__(self, tokens: list[str]) -> None:
        super().__init__()
        self.tokens = tokens
        self.key: Any = F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.key,) = exprs

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, list[Any]]:
        key, params = compiler.compile(self.key)
        wanted = " ".join(f'"{token}"' for token in self.tokens)
        found = "(SELECT rowid FROM home_searchtext_fts WHERE home_searchtext_fts MATCH %s)"
        return f"{key} IN {found}", [*params, wanted]

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **_context: Any) -> tuple[str, list[Any]]:
        key, params = compiler.compile(self.key)
        wanted = " & ".join(f"'{token}'" for token in self.tokens)
        found = "(SELECT entry_id FROM home_searchtext WHERE vector @@ %s::tsquery)"
        return f"{key} IN {found}", [*params, wanted]
