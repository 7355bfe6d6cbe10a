"""Keeps the readers' search in step with the pages: found as soon as public, gone as soon as not.

Every event reads the page from the database again, inside the same transaction: while an editor saves a draft, the
object in memory already holds what the public must not find yet.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.models import Manager
from django.db.models.signals import post_delete, post_migrate, post_save
from modelsearch.index import RelatedFields, SearchField
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.signals import post_page_move

from portal.campaign.models import ActivityPage, GamePage
from portal.core.models import BasePage, IndexPage
from portal.core.text import nfc
from portal.home.models.documents import DocumentPage
from portal.home.models.pages import StandardPage
from portal.home.models.search import PageKind, SearchEntry, SearchText
from portal.home.search import storage
from portal.home.search.tokens import page_tokens
from portal.households.models import Village
from portal.stories.models import GuidePage, NewsPage, StoryPage

KINDS: tuple[tuple[type[BasePage], PageKind], ...] = (
    (GuidePage, PageKind.GUIDE),
    (NewsPage, PageKind.NEWS),
    (StoryPage, PageKind.STORY),
    (ActivityPage, PageKind.ACTIVITY),
    (DocumentPage, PageKind.DOCUMENT),
    (StandardPage, PageKind.STANDING),
    (GamePage, PageKind.STANDING),
    (IndexPage, PageKind.STANDING),
)

CHUNK = 100
ENDS = (".", "!", "?", "…", ":", ";", ",")


def connect(app: AppConfig) -> None:
    """Listen to whatever makes a page public or takes it back; called once by the app's ready()."""
    post_migrate.connect(_migrated, sender=app, dispatch_uid="search-migrated")
    post_save.connect(_page_saved, dispatch_uid="search-page-saved")
    post_page_move.connect(_page_moved, dispatch_uid="search-page-moved")
    post_save.connect(_village_saved, sender=Village, dispatch_uid="search-village-saved")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search-restriction")


def _migrated(using: str, **_kwargs: Any) -> None:
    if "home_searchtext" in connections[using].introspection.table_names() and storage.set_up(using):
        refresh(Page.objects.all())


def _page_saved(sender: type[Any], instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if issubclass(sender, Page) and not raw:
        refresh(Page.objects.filter(pk=instance.pk))


def _village_saved(instance: Village, created: bool, **_kwargs: Any) -> None:
    if not created:
        for model in (NewsPage, StoryPage, ActivityPage):
            refresh(Page.objects.filter(pk__in=model.objects.filter(village=instance).values("pk")))


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    refresh(instance.get_descendants(inclusive=True))


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    refresh(instance.page.get_descendants(inclusive=True))


def refresh(pages: PageQuerySet[Page]) -> int:
    """Make the entries of these pages what the public may find now; returns how many there are.

    A deleted page takes its entry along by itself.
    """
    keys = list(pages.order_by("pk").values_list("pk", flat=True))
    return sum(_refresh_chunk(keys[start : start + CHUNK]) for start in range(0, len(keys), CHUNK))


@transaction.atomic
def _refresh_chunk(keys: list[int]) -> int:
    # Two editors who publish one page at the same instant come here one after the other.
    list(Page.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    SearchEntry.objects.filter(page__in=keys).delete()
    entries, texts = [], []
    for page in Page.objects.filter(pk__in=keys).live().public().specific():
        kind = kind_of(page)
        if kind is None:
            continue
        text = page_text(page)
        tokens = " ".join(sorted(page_tokens(page.title, f"{text} {page_keywords(page)}", kind)))
        entry = SearchEntry(pk=SearchEntry.key_for(page.pk, page.listed_on), page_id=page.pk, kind=kind)
        entries.append(entry)
        texts.append(SearchText(entry=entry, text=text, tokens=tokens))
    SearchEntry.objects.bulk_create(entries)
    SearchText.objects.bulk_create(texts)
    return len(entries)


def kind_of(page: Page) -> PageKind | None:
    """The kind of a page, or None for pages that nobody searches for (the home page)."""
    return next((kind for model, kind in KINDS if isinstance(page, model)), None)


def page_text(page: Page) -> str:
    """What a page says, in the order of its `search_fields`, without its title and without markup."""
    fields = [field for field in page.get_search_fields() if field.field_name != "title"]
    parts = (" ".join(nfc(value).split()) for value in _values(page, fields))
    return " ".join(part if part.endswith(ENDS) else f"{part}." for part in parts if part)


def page_keywords(page: Page) -> str:
    """What a page is about and does not say itself: the need, the village by its old commune too, the household."""
    village = getattr(page, "village", None)
    need = page.get_need_display() if hasattr(page, "need") else ""
    places = [village.name, village.former_commune] if village else []
    return " ".join([need, *places, getattr(page, "household_words", "")])


def _values(source: Any, fields: Iterable[Any]) -> Iterator[str]:
    """The texts of an object's search fields, those of related objects included."""
    for field in fields:
        value = field.get_value(source) if isinstance(field, (SearchField, RelatedFields)) else None
        if not value:
            continue
        if not isinstance(field, RelatedFields):
            yield from map(str, value if isinstance(value, list) else [value])
            continue
        for related in value.all() if isinstance(value, Manager) else [value]:
            yield from _values(related, field.fields)
