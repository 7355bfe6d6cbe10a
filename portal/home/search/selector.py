"""What readers find. No request, no template."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from wagtail.models import Page

from portal.core.text import Piece, excerpt, highlight, nfc
from portal.home.models.search import PageKind, SearchEntry
from portal.home.search.storage import HasTokens
from portal.home.search.tokens import query_tiers

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
    matching = SearchEntry.objects.filter(HasTokens(tiers[-1]))
    pages = _ranked_page_ids(matching.filter(kind=kind) if kind else matching, tiers)[offset : offset + limit]
    return SearchResult(asked, kind, list(_hits(list(pages), asked)), _counts(matching))


def _ranked_page_ids(entries: QuerySet[SearchEntry], tiers: list[list[str]]) -> QuerySet[SearchEntry, int]:
    better = [When(HasTokens(tokens), then=Value(place)) for place, tokens in enumerate(tiers[:-1])]
    tier = Case(*better, default=Value(len(tiers)), output_field=IntegerField())
    return entries.order_by(tier, "-pk").values_list("page_id", flat=True)


def _counts(entries: QuerySet[SearchEntry]) -> list[KindCount]:
    found = dict(entries.values_list("kind").annotate(Count("pk")))
    return [KindCount(kind, found[kind]) for kind in PageKind if kind in found]


def _hits(page_ids: list[int], query: str) -> Iterable[SearchHit]:
    """The pages in the order given. Asks again whether they are public: an old entry must never tell on a page."""
    pages = Page.objects.filter(pk__in=page_ids).live().public().select_related("search_entry__words")
    by_id = {page.pk: page for page in pages}
    for page in (by_id[key] for key in page_ids if key in by_id):
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
