"""The readers' search: folded Vietnamese, exact marks first, on both databases."""

from portal.home.search.selector import KindCount, SearchHit, SearchResult, search_pages

__all__ = ["KindCount", "SearchHit", "SearchResult", "search_pages"]
