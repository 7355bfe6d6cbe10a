"""Everything that the site has stored, as one text to look for a name in."""

import json
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection


def everything_in_tables():
    """All rows of all tables, whatever model they belong to or none."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [f"{table}: {' '.join(map(str, row))}" for row in cursor.fetchall()]
    return "\n".join(said)


def everything_in_files():
    """Names and contents of all files that visitors, staff and the page store have left."""
    roots = [settings.PRIVATE_ROOT, settings.MEDIA_ROOT, *(getattr(caches[name], "_dir", "") for name in caches)]
    paths = {path for root in roots if root for path in Path(root).rglob("*") if path.is_file()}
    return b"\n".join(str(path).encode() + path.read_bytes() for path in sorted(paths))


def stored_words(*words):
    """Those of the words that are stored anywhere, with or without their marks in JSON."""
    tables, files = everything_in_tables(), everything_in_files()
    escaped = {word: json.dumps(word)[1:-1] for word in words}
    return [
        word
        for word in words
        if word in tables or escaped[word] in tables or word.encode() in files or escaped[word].encode() in files
    ]
