"""Entries as they stand: by token, by code, and the valid version of each at a moment."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import OuterRef, QuerySet, Subquery

from portal.campaign.models import Entry, EntryMatch, Round

# Written out, for everybody sends in the last minute of a round, and composing a query costs more than running it.
RECEIPT_FIELDS = ("id", "token", "code", "version", "first_token", "received_at", "is_late", "is_held", "digest")
RECEIPTS = "SELECT {} FROM campaign_entry WHERE token IN ({})"
# Always in the same order, so that no two wait for each other.
HOLD_SENDERS = """
    SELECT pg_advisory_xact_lock(key)
    FROM (SELECT DISTINCT hashtextextended(sender, 0) AS key FROM unnest(%s::text[]) AS sender ORDER BY key) AS senders;
"""
SAME_FORMS_OR_SENDERS = "SELECT token, round_id, entrant, is_confirmed, version FROM campaign_entry WHERE "
SAME_FORM_OR_SENDER = """
    token = %s OR (round_id = %s AND entrant = %s AND entrant <> '' AND version = 1 AND is_confirmed = %s)
"""


def receipt_of(token: UUID) -> Entry | None:
    """The sending that this form made, if it arrived; only what a receipt shows is read."""
    return receipts_of([token]).get(token)


def receipts_of(tokens: Iterable[UUID]) -> dict[UUID, Entry]:
    """The same of several forms, by their tokens."""
    values = [_stored(token) for token in tokens]
    # The connection itself: its stand-in looks for it anew at every touch.
    here = connections[connection.alias]
    with here.cursor() as cursor:
        cursor.execute(RECEIPTS.format(", ".join(RECEIPT_FIELDS), ", ".join(["%s"] * len(values))), values)
        rows = cursor.fetchall()
    columns = _receipt_columns(here.vendor)
    entries = [Entry.from_db(here.alias, RECEIPT_FIELDS, _converted(row, columns, here)) for row in rows]
    return {entry.token: entry for entry in entries}


@cache
def _receipt_columns(_vendor: str) -> list[tuple[Any, list[Any]]]:
    """[(column, what turns this database's value into Python's), …], which a query would look for each time."""
    fields = {field.name: field for field in Entry._meta.concrete_fields}
    columns = [fields[name].cached_col for name in RECEIPT_FIELDS]
    find = connection.ops.get_db_converters
    return [(column, find(column) + column.get_db_converters(connection)) for column in columns]


def _converted(row: Sequence[Any], columns: list[tuple[Any, list[Any]]], here: BaseDatabaseWrapper) -> list[Any]:
    values = list(row)
    for place, (column, converters) in enumerate(columns):
        for convert in converters:
            values[place] = convert(values[place], column, here)
    return values


def held_tokens_like(entries: Sequence[Entry]) -> list[set[UUID]]:
    """For each entry the tokens of its very form, and of what its sender has sent in the round: entries, not versions,
    confirmed ones apart.

    Until the transaction ends a sender's forms wait for each other, and for nobody else's; SQLite lets one writer in at
    a time anyway.
    """
    senders = [(entry.round_id, entry.entrant, entry.is_confirmed, 1) for entry in entries]
    query = SAME_FORMS_OR_SENDERS + " OR ".join([SAME_FORM_OR_SENDER] * len(entries))
    values: list[Any] = []
    for entry, sender in zip(entries, senders, strict=True):
        values += [_stored(entry.token), *sender[:3]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One message for both; the second statement sees what was committed while the first one waited.
            cursor.execute(HOLD_SENDERS + query, [[entry.entrant for entry in entries if entry.entrant], *values])
            cursor.nextset()
        else:
            cursor.execute(query, values)
        rows = [
            (UUID(str(token)), (round_id, entrant, bool(is_confirmed), version))
            for token, round_id, entrant, is_confirmed, version in cursor
        ]
    return [
        {token for token, of in rows if token == entry.token or (of == sender and entry.entrant)}
        for entry, sender in zip(entries, senders, strict=True)
    ]


def _stored(token: UUID) -> Any:
    """As the database at hand keeps it."""
    return Entry._meta.get_field("token").get_db_prep_value(token, connection)


def versions_of(code: str) -> list[Entry]:
    """All versions under a code, the first one first."""
    return list(Entry.objects.select_related("round__game", "village").filter(code=code).order_by("version"))


def valid_entries(round_: Round) -> QuerySet[Entry]:
    """The last version of every code of the round: nothing is accepted after its end, so the last one in is valid."""
    last = Entry.objects.filter(code=OuterRef("code")).order_by("-version").values("pk")[:1]
    return Entry.objects.filter(round=round_, pk=Subquery(last))


def matched_households(round_: Round, entries: Iterable[Entry]) -> dict[str, int | None]:
    """{code: root household} by what staff said last, else by the household code that the family wrote."""
    matches = EntryMatch.objects.filter(round=round_).order_by("pk")
    rows = matches.values_list("code", "household__root_id", "is_undone")
    last = {code: (root, undone) for code, root, undone in rows}
    said = {code: root for code, (root, undone) in last.items() if not undone}
    typed = {entry.code: entry.household.root_id if entry.household else None for entry in entries}
    return {code: said.get(code, root) for code, root in typed.items()}


def codes_matched_by_staff(round_: Round) -> set[str]:
    """Entries of which somebody of the staff has said whose they are."""
    rows = EntryMatch.objects.filter(round=round_).order_by("pk").values_list("code", "household", "is_undone")
    said = {code: household if not undone else None for code, household, undone in rows}
    return {code for code, household in said.items() if household is not None}
