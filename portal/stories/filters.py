"""Filters of article lists, kept in plain links so that they work without JavaScript."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.http import HttpRequest
from wagtail.query import PageQuerySet

from portal.core.enums import Need
from portal.core.remember import remembered
from portal.households.models import Village
from portal.households.selectors import villages_today


@dataclass(frozen=True)
class Choice:
    """One link of a filter."""

    label: str
    query: str
    is_active: bool


@dataclass(frozen=True)
class ArticleFilter:
    """What `?viec=` (a need) and `?thon=` (a village's number) ask for; unknown values ask for nothing."""

    need: str
    village: Village | None
    villages: tuple[Village, ...]

    @classmethod
    def from_request(cls, request: HttpRequest) -> Self:
        """Read the filter once per request."""
        cached = getattr(request, "_article_filter", None)
        if cached is None:
            need = request.GET.get("viec", "")
            villages = remembered("villages", lambda: tuple(villages_today()))
            wanted = request.GET.get("thon", "")
            village = next((v for v in villages if str(v.number) == wanted), None)
            cached = cls(need if need in Need.values else "", village, villages)
            request._article_filter = cached  # type: ignore[attr-defined]
        return cached

    def apply(self, items: PageQuerySet[Any]) -> PageQuerySet[Any]:
        """The items that match."""
        if self.need:
            items = items.filter(need=self.need)
        return items.filter(village=self.village) if self.village else items

    @property
    def is_active(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.need or self.village)

    @property
    def query(self) -> str:
        """The filter as a query string, for the pager."""
        return self._query(self.need, self.village)

    @property
    def need_choices(self) -> list[Choice]:
        """Links that change the need and keep the village."""
        values = [("", "Mọi việc"), *Need.choices]
        return [Choice(str(label), self._query(value, self.village), value == self.need) for value, label in values]

    @property
    def village_choices(self) -> list[Choice]:
        """Links that change the village and keep the need."""
        options: list[Village | None] = [None, *self.villages]
        return [
            Choice(village.name if village else "Cả xã", self._query(self.need, village), village == self.village)
            for village in options
        ]

    @staticmethod
    def _query(need: str, village: Village | None) -> str:
        words = {"viec": need, "thon": str(village.number) if village else ""}
        return urlencode({key: value for key, value in words.items() if value})
