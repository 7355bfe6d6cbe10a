"""Pairs of entries that may be one family, over the whole register: only within small groups, never all with all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from portal.core.phones import national
from portal.core.text import fold
from portal.households.models import DistinctPair, Household, SensitiveChange
from portal.households.selectors.duplicates import ASK_FROM, PHONE_TAIL, Traits, compare

SHOWN = 100
#: A group as large as this says nothing any more (one phone of a shop, one nickname of half a village).
GROUP_LIMIT = 200


@dataclass(frozen=True)
class LikelyPair:
    """Two entries, the older code first, and why they may be one."""

    first: Household
    second: Household
    points: int
    reasons: tuple[str, ...]
    is_waiting: bool


def likely_pairs(limit: int = SHOWN) -> list[LikelyPair]:
    """The most alike first; without those known to be two. Costs four queries for any number of households."""
    traits = {
        pk: Traits(name, village, nickname, born, phone, hint)
        for pk, name, village, nickname, born, phone, hint in Household.objects.listed().values_list(
            "pk", "head_name", "village_id", "nickname", "head_birth_year", "phone", "neighbour_hint"
        )
    }
    known = set(DistinctPair.objects.values_list("first_id", "second_id"))
    scored = [(pair, *compare(traits[pair[0]], traits[pair[1]])) for pair in _candidates(traits.items()) - known]
    alike = sorted((row for row in scored if row[1] >= ASK_FROM), key=lambda row: (-row[1], row[0]))[:limit]
    found = Household.objects.select_related("village").in_bulk({pk for pair, _points, _why in alike for pk in pair})
    waiting = waiting_merges()
    return [
        LikelyPair(found[pair[0]], found[pair[1]], points, reasons, pair in waiting) for pair, points, reasons in alike
    ]


def waiting_merges() -> set[tuple[int, int]]:
    """Pairs for which a merge was asked and not yet decided."""
    rows = SensitiveChange.objects.filter(kind=SensitiveChange.Kind.MERGE, decided_at=None)
    pairs = (sorted((row.arguments["survivor"], row.arguments["absorbed"])) for row in rows)
    return {(low, high) for low, high in pairs}


def _candidates(entries: Iterable[tuple[int, Traits]]) -> set[tuple[int, int]]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, traits in entries:
        for key in _keys(traits):
            groups[key].append(pk)
    small = (group for group in groups.values() if 1 < len(group) <= GROUP_LIMIT)
    return {(min(pair), max(pair)) for group in small for pair in combinations(group, 2)}


def _keys(traits: Traits) -> Iterator[tuple[str, ...]]:
    """Two that reach ASK_FROM points share at least one of these."""
    parts = fold(traits.head_name).split() or [""]
    given, middle = parts[-1], " ".join(parts[1:-1])
    yield "given, middle, village", given, middle, str(traits.village_id)
    if traits.neighbour_hint:
        yield "given, neighbour", given, fold(traits.neighbour_hint)
    if traits.head_birth_year:
        yield "given, birth", given, str(traits.head_birth_year)
    if traits.nickname:
        yield "nickname, village", fold(traits.nickname), str(traits.village_id)
        yield "given, nickname", given, fold(traits.nickname)
        yield "nickname, birth", fold(traits.nickname), str(traits.head_birth_year)
    if traits.phone:
        yield "phone", national(traits.phone)[-PHONE_TAIL:]
