"""What readers find. No request, no template."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from wagtail.models import Page

from portal.core.text import Piece, excerpt, highlight, nfc
from portal.home.models.search import PageKind
from portal.home.search import storage
from portal.home.search.tokens import kind_token, query_tiers

MAX_QUERY_LENGTH = 100
EXCERPT_LENGTH = 220


@dataclass(frozen=True)
class SearchHit:
    """A page that answers, with what was asked for marked in its title and in an excerpt."""

    url: str
    title: list[Piece]
    excerpt: list[Piece]
    kind: PageKind
    listed_on: date | None


@dataclass(frozen=True)
class KindCount:
    """How many pages of one kind answer."""

    kind: PageKind
    count: int


@dataclass(frozen=True)
class SearchResult:
    """A stretch of the answers, and how many there are of each kind."""

    query: str
    kind: PageKind | None = None
    hits: list[SearchHit] = field(default_factory=list)
    counts: list[KindCount] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Pages that answer, within the kind that was chosen."""
        return sum(item.count for item in self.counts if self.kind in {None, item.kind})

    @property
    def total_of_all_kinds(self) -> int:
        """Pages that answer, whatever kind was chosen."""
        return sum(item.count for item in self.counts)


def search_pages(query: str, *, page_type: str | None = None, offset: int = 0, limit: int = 10) -> SearchResult:
    """Public pages that have every syllable of the query, best answer first, the newest first among equals.

    Marks may be left out; those that are typed are meant: `Tô` puts Ba Tô before Ba Tơ, `to` knows no difference.
    A kind that does not exist means all kinds. Costs the same few SQL queries whatever is asked and found.
    """
    asked = " ".join(nfc(query[:MAX_QUERY_LENGTH]).split())
    kind = PageKind(page_type) if page_type in PageKind.values else None
    tiers = query_tiers(asked)
    if not tiers:
        return SearchResult(asked, kind)
    narrowed = [[*tokens, kind_token(kind)] for tokens in tiers] if kind else tiers
    keys = storage.ranked_keys(narrowed, offset + limit)[offset:]
    found = storage.counts_by_kind(tiers[-1])
    counts = [KindCount(kind, found[kind]) for kind in PageKind if kind in found]
    return SearchResult(asked, kind, list(_hits(keys, asked)), counts)


def _hits(keys: list[int], query: str) -> Iterator[SearchHit]:
    """The entries in the order given. Asks again whether they are public: an old entry must never tell on a page."""
    pages = Page.objects.filter(search_entry__in=keys).live().public().select_related("search_entry__words")
    by_key = {page.search_entry.pk: page for page in pages}
    for page in (by_key[key] for key in keys if key in by_key):
        url = page.get_url()
        if url:
            entry = page.search_entry
            yield SearchHit(
                url=url,
                title=highlight(page.title, query),
                excerpt=excerpt(entry.words.text, query, EXCERPT_LENGTH),
                kind=PageKind(entry.kind),
                listed_on=entry.listed_on,
            )
