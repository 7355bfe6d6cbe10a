"""`/vinh-danh/`: titles in force, in the form that each family allows; nobody edits this list by hand."""

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.households.access import public_view
from portal.households.enums import Title
from portal.households.selectors.honours import Honour, honour_roll, honour_years


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list."""

    label: str
    url: str
    is_active: bool


@dataclass(frozen=True)
class VillageRoll:
    """Families of one village: those that show a name, and by title how many show only the village."""

    village: str
    named: list[Honour]
    unnamed: list[tuple[str, int]]


@public_view
@require_safe
def honours(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The honour roll of a year, the newest unless told; open to everyone."""
    years = honour_years()
    if year is not None and year not in years:
        raise Http404
    shown = year or (years[0] if years else None)
    title = _title_of(request)
    everyone = honour_roll(year=shown, title=title) if shown else []
    village = request.GET.get("thon", "")
    rows = [row for row in everyone if not village or str(row.village_number) == village]
    context = {
        "year": shown,
        "year_choices": [Choice(str(each), _address(each, title, ""), each == shown) for each in years],
        "title_choices": _title_choices(year, title, village),
        "village_choices": _village_choices(year, title, village, everyone),
        "rolls": _by_village(rows),
        "decisions": sorted({(row.decided_on, row.decision_number) for row in rows}),
        "is_narrowed": title is not None or bool(village),
    }
    return render(request, "households/public/honours.html", context)


def _title_of(request: HttpRequest) -> Title | None:
    value = request.GET.get("danh-hieu", "")
    return Title(value) if value in Title.values else None


def _address(year: int | None, title: Title | None, village: str) -> str:
    base = reverse("register:honours_of_year", args=[year]) if year else reverse("register:honours")
    query = urlencode({name: value for name, value in (("danh-hieu", title), ("thon", village)) if value})
    return f"{base}?{query}" if query else base


def _title_choices(year: int | None, title: Title | None, village: str) -> list[Choice]:
    every = Choice("Mọi danh hiệu", _address(year, None, village), title is None)
    return [every, *(Choice(each.label, _address(year, each, village), each == title) for each in Title)]


def _village_choices(year: int | None, title: Title | None, village: str, rows: list[Honour]) -> list[Choice]:
    """Only villages that have somebody to show: an empty one would tell on those who keep to themselves."""
    names = {str(row.village_number): row.village for row in rows}
    every = Choice("Cả xã", _address(year, title, ""), not village)
    in_order = sorted(names.items(), key=lambda item: int(item[0]))
    return [every, *(Choice(name, _address(year, title, key), key == village) for key, name in in_order)]


def _by_village(rows: list[Honour]) -> list[VillageRoll]:
    """By village in the commune's order; inside, the order of the selector stays."""

    def place(row: Honour) -> tuple[int, str]:
        return (row.village_number, row.village)

    rolls = []
    for (_number, village), group in groupby(sorted(rows, key=place), key=place):
        families = list(group)
        hidden = [row.title for row in families if not row.is_named]
        unnamed = [(title.label, hidden.count(title)) for title in Title if title in hidden]
        rolls.append(VillageRoll(village, [row for row in families if row.is_named], unnamed))
    return rolls
