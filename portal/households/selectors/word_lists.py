"""The register's lists of words (PostgreSQL): who answers a search, read in the order of the list.

A list holds the households of one word, sorted; migration 0010 says how PostgreSQL keeps it. The rarest word that was
typed is read through from its top, and each household on the way is held against the other words.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from portal.households.models.household import HouseholdQuerySet

#: What so few letters begin that more words follow than these is in so many households that any order finds it.
MOST_WORDS = 40
#: After every word that begins with the given letters.
_END = "\U0010ffff"

_LIST_SIZE = "EXPLAIN (FORMAT JSON) SELECT 1 FROM households_word WHERE word >= %s AND word < %s"
#: One step through the index per word, however many households have it.
_WORDS = """WITH RECURSIVE step AS (
        (SELECT word FROM households_word WHERE word >= %s AND word < %s ORDER BY word LIMIT 1)
        UNION ALL
        SELECT (SELECT next.word FROM households_word next WHERE next.word > step.word AND next.word < %s
            ORDER BY next.word LIMIT 1) FROM step WHERE step.word IS NOT NULL)
    SELECT word FROM step WHERE word IS NOT NULL LIMIT %s"""
_HOUSEHOLDS = """SELECT DISTINCT found.sort_key, found.household_id
    FROM unnest(%s::text[]) AS list (word) CROSS JOIN LATERAL (
        SELECT home.sort_key, home.household_id FROM households_word AS home
        WHERE home.word = list.word {conditions}
        ORDER BY home.sort_key, home.household_id LIMIT %s) AS found
    ORDER BY 1, 2 LIMIT %s"""
_AMONG = "EXISTS (SELECT 1 FROM ({chosen}) AS chosen (pk) WHERE chosen.pk = home.household_id)"


@dataclass(frozen=True)
class WordLists:
    """A search by beginnings of words, ready to be read."""

    lists: Sequence[str]
    words: Sequence[str]
    village: int | None
    among: HouseholdQuerySet | None

    def households(self, limit: int, after: tuple[str, int] | None = None) -> list[int]:
        """The first so many after that place in the list, by primary key."""
        conditions, values = self._conditions(after)
        sql = _HOUSEHOLDS.format(conditions="".join(f" AND {condition}" for condition in conditions))
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(self.lists), *values, limit, limit])
            return [pk for _key, pk in cursor.fetchall()]

    def _conditions(self, after: tuple[str, int] | None) -> tuple[list[str], list[Any]]:
        conditions, values = [], list[Any]()
        if self.village is not None:
            conditions.append("home.village_id = %s")
            values.append(self.village)
        for word in self.words:
            conditions.append("strpos(home.search_text, %s) > 0")
            values.append(word)
        if after is not None:
            conditions.append("(home.sort_key, home.household_id) > (%s, %s)")
            values.extend(after)
        if self.among is not None:
            sql, given = self.among.order_by().values("pk").query.sql_with_params()
            conditions.append(_AMONG.format(chosen=sql))
            values.extend(given)
        return conditions, values


def word_lists(words: Sequence[str], village: int | None, among: HouseholdQuerySet | None) -> WordLists | None:
    """None where the lists do not help: another database, digits (rare in themselves), letters that begin any word."""
    letters = [word.strip() for word in words if word.startswith(" ")]
    if connection.vendor != "postgresql" or not letters or len(letters) < len(words):
        return None
    with connection.cursor() as cursor:
        rarest = min(letters, key=lambda word: _size(cursor, word)) if len(letters) > 1 else letters[0]
        cursor.execute(_WORDS, [rarest, rarest + _END, rarest + _END, MOST_WORDS + 1])
        lists = [row[0] for row in cursor.fetchall()]
    if len(lists) > MOST_WORDS:
        return None
    return WordLists(lists, [word for word in words if word.strip() != rarest], village, among)


def _size(cursor: Any, word: str) -> int:
    """How many households have it, as the planner estimates: a wrong guess costs time, never an answer."""
    cursor.execute(_LIST_SIZE, [word, word + _END])
    [answer] = cursor.fetchone()
    plan = answer if isinstance(answer, list) else json.loads(answer)
    return int(plan[0]["Plan"]["Plan Rows"])
