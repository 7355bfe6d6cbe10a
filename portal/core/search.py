"""Search backend of the staff's side: lists and choosers find Vietnamese words without their marks.

    WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.core.search", "SEARCH_CONFIG": "simple"}}

Databases fold Vietnamese badly: SQLite's tokenizer knows no đ, PostgreSQL's `simple` dictionary no accents at all.
So both sides are folded here, what goes into the index and what is asked of it, and cut into words the same way:
the database compares plain words, and 16/KH-UBND is found by any of its parts. `SEARCH_CONFIG` must be `simple`:
English rules would take `so` (số) for a word not worth keeping.
After a change of the backend, run `manage.py update_index` once.
"""

import copy
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Manager
from modelsearch.backends import database
from modelsearch.index import RelatedFields
from modelsearch.query import SearchQuery

from portal.core.text import fold

# Databases cut at signs in their own ways, and their query languages give some of them a meaning.
_SIGNS = re.compile(r"[\W_]+")


def fold_words(text: str) -> str:
    """The folded words of a text, one space between."""
    return _SIGNS.sub(" ", fold(text)).strip()


def _fold_value(value: Any) -> Any:
    """A value of a search field with every text in it folded."""
    if isinstance(value, str):
        return fold_words(value)
    if isinstance(value, list):
        return [_fold_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _fold_value(item) for key, item in value.items()}
    return value


def fold_query(query: str | SearchQuery) -> str | SearchQuery:
    """The query with every text in its tree folded; the caller's own tree stays as it is."""
    if isinstance(query, str):
        return fold_words(query)
    folded = copy.copy(query)
    if hasattr(folded, "query_string"):
        folded.query_string = fold_words(folded.query_string)
    if hasattr(folded, "subqueries"):
        folded.subqueries = [fold_query(part) for part in folded.subqueries]
    if hasattr(folded, "subquery"):
        folded.subquery = fold_query(folded.subquery)
    return folded


class FoldedObject:
    """An object as the indexer sees it: the same key and fields, every text folded."""

    def __init__(self, source: Any) -> None:
        self.source = source
        self.pk = source.pk

    def get_search_fields(self) -> list[Any]:
        return [_folded_field(field) for field in self.source.get_search_fields()]


def _folded_field(field: Any) -> Any:
    """A copy of a search field that reads a FoldedObject."""
    folded = copy.copy(field)
    if isinstance(field, RelatedFields):
        folded.fields = [_folded_field(part) for part in field.fields]
        folded.get_value = lambda view: _folded_objects(field.get_value(view.source))
    else:
        folded.get_value = lambda view: _fold_value(field.get_value(view.source))
    return folded


class _FoldedObjects(Manager):
    """Objects of a related field; the indexer asks a Manager for all()."""

    def __init__(self, sources: Iterable[Any]) -> None:
        super().__init__()
        self.sources = sources

    def all(self) -> Any:
        return [FoldedObject(source) for source in self.sources]


def _folded_objects(related: Any) -> Any:
    """What stands at the other end of a relation: nothing, one object or many."""
    if related is None:
        return None
    if isinstance(related, Manager):
        return _FoldedObjects(related.all())
    return FoldedObject(related)


class FoldingIndexMixin:
    """An index that takes in folded text."""

    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        super().add_items(model, [FoldedObject(obj) for obj in objs])  # type: ignore[misc]


class FoldingBackendMixin:
    """A backend that asks with folded words."""

    def _search(self, compiler_class: Any, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        return super()._search(compiler_class, fold_query(query), *args, **kwargs)  # type: ignore[misc]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that Wagtail looks for)
    """The search backend of the database in use, with folding before it and behind it."""
    stock = type(database.SearchBackend(params))
    index = type(f"Folding{stock.index_class.__name__}", (FoldingIndexMixin, stock.index_class), {})
    folding = type(f"Folding{stock.__name__}", (FoldingBackendMixin, stock), {"index_class": index})
    return folding(params)
