"""Many rows at once into PostgreSQL, past the ORM: for benchmarks only."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import Any

from django.db import connection, models


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """{field: value}; a field that a row leaves out has its default."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.BigAutoField)]
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    if "id" in first:
        fields.insert(0, model._meta.pk)
    json_fields = {field.name for field in fields if isinstance(field, models.JSONField)}
    usual = [(field.name, _stored(field.get_default(), field.name in json_fields)) for field in fields]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in _chained(first, rows):
            copy.write_row(
                [_stored(row[name], name in json_fields) if name in row else default for name, default in usual]
            )


def _stored(value: Any, is_json: bool) -> Any:
    if is_json:
        return json.dumps(value)
    return value.value if isinstance(value, Enum) else value


def _chained(first: Mapping[str, Any], rest: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    yield first
    yield from rest


@contextmanager
def unindexed(table: str) -> Iterator[None]:
    """The table without its triggers, checks of foreign keys and plain indexes; these are made anew at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint)",
            [table],
        )
        indexes = cursor.fetchall()
        cursor.execute("SET session_replication_role = replica")
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute(f"VACUUM ANALYZE {table}")
