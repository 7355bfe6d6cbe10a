"""How the two databases look up tokens: SQLite in an FTS5 table, PostgreSQL in a vector with a GIN index.

Both are shadows of `SearchText.tokens` that the database itself keeps up, so the rest of the code writes rows and
nothing else. They are set up after each migrate rather than by one migration: Django alters a SQLite table by
making it anew, and its triggers would silently be lost.
"""

from django.db import connection, connections

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
SQLITE_TIER = """SELECT %s, rowid FROM (
    SELECT rowid FROM home_searchtext_fts WHERE home_searchtext_fts MATCH %s ORDER BY rowid LIMIT %s)"""
SQLITE_COUNTS = """SELECT kind, count(*) FROM home_searchentry
    WHERE id IN (SELECT rowid FROM home_searchtext_fts WHERE home_searchtext_fts MATCH %s) GROUP BY kind"""

POSTGRES_SETUP = (
    """ALTER TABLE home_searchtext ADD COLUMN IF NOT EXISTS vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED""",
    # Without fastupdate: a list of entries yet to be sorted in would be read through by every search.
    """CREATE INDEX IF NOT EXISTS home_searchtext_vector
        ON home_searchtext USING gin (vector) WITH (fastupdate = off)""",
    # The planner does not count the cost of reading vectors that lie outside their rows, and prefers to read all of
    # them, 10 ms for 2,000 pages, where the index answers in half of one. Hence functions that may only use it.
    """CREATE OR REPLACE FUNCTION home_search(wanted tsquery) RETURNS SETOF bigint
        LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off
        AS 'SELECT entry_id FROM home_searchtext WHERE vector @@ wanted'""",
    # A tier that fills the answer ends the search: what is in every page has been found in the first few lines.
    """CREATE OR REPLACE FUNCTION home_search_tiers(tiers tsquery[], most bigint) RETURNS TABLE (place int, key bigint)
        LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off
        AS $$
        DECLARE
            matches bigint;
        BEGIN
            FOR tier IN 1 .. array_length(tiers, 1) LOOP
                RETURN QUERY SELECT tier, entry_id FROM home_searchtext
                    WHERE vector @@ tiers[tier] ORDER BY entry_id LIMIT most;
                GET DIAGNOSTICS matches = ROW_COUNT;
                EXIT WHEN matches >= most;
            END LOOP;
        END
        $$""",
)
POSTGRES_IS_SET_UP = """SELECT to_regclass('home_searchtext_vector') IS NOT NULL
    AND to_regprocedure('home_search(tsquery)') IS NOT NULL
    AND to_regprocedure('home_search_tiers(tsquery[], bigint)') IS NOT NULL"""
POSTGRES_TIERS = "SELECT place, key FROM home_search_tiers(%s::text[]::tsquery[], %s)"
POSTGRES_COUNTS = """SELECT kind, count(*) FROM home_searchentry
    WHERE id = ANY (ARRAY(SELECT home_search(%s::tsquery))) GROUP BY kind"""


def set_up(using: str) -> bool:
    """Make the database's side of the index where it is missing; says whether it was."""
    database = connections[using]
    is_sqlite = database.vendor == "sqlite"
    with database.cursor() as cursor:
        cursor.execute(SQLITE_IS_SET_UP if is_sqlite else POSTGRES_IS_SET_UP)
        if cursor.fetchone()[0]:
            return False
        for statement in SQLITE_SETUP if is_sqlite else POSTGRES_SETUP:
            cursor.execute(statement)
    return True


def ranked_keys(tiers: list[list[str]], most: int) -> list[int]:
    """Keys of the entries that have all tokens of a tier, entries of earlier tiers first, newest first in each.

    One statement asks for the first few of every tier, so that a word of every page costs no more than a rare one.
    """
    wanted = [_all_of(tokens) for tokens in tiers]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            params = [param for place, tier in enumerate(wanted) for param in (place, tier, most)]
            cursor.execute(" UNION ALL ".join([SQLITE_TIER] * len(tiers)), params)
        else:
            cursor.execute(POSTGRES_TIERS, [wanted, most])
        found = sorted(cursor.fetchall())
    return list(dict.fromkeys(key for _place, key in found))[:most]


def counts_by_kind(tokens: list[str]) -> dict[str, int]:
    """How many entries of each kind have all of the tokens."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_COUNTS if connection.vendor == "sqlite" else POSTGRES_COUNTS, [_all_of(tokens)])
        return dict(cursor.fetchall())


def _all_of(tokens: list[str]) -> str:
    """The query for all of these tokens in the database's own language; tokens hold no sign that it knows."""
    if connection.vendor == "sqlite":
        return " ".join(f'"{token}"' for token in tokens)
    return " & ".join(f"'{token}'" for token in tokens)
