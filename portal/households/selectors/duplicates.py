"""Households that may be one. The surname weighs nothing: nearly everybody here is Phạm or Đinh (domain.md, 5.3)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from portal.core.phones import national
from portal.core.text import fold
from portal.households.models import DistinctPair, Household

#: Points per likeness; from ASK_FROM on, somebody is asked. Never blocks.
POINTS = {"given": 3, "middle": 1, "village": 1, "nickname": 2, "birth": 2, "phone": 3, "neighbour": 1}
ASK_FROM = 5
PHONE_TAIL = 6


@dataclass(frozen=True)
class Traits:
    """What two entries are compared by; every part may be missing."""

    head_name: str
    village_id: int | None
    nickname: str = ""
    head_birth_year: int | None = None
    phone: str = ""
    neighbour_hint: str = ""

    @classmethod
    def of(cls, household: Household) -> "Traits":
        """The traits of an entry."""
        return cls(
            household.head_name,
            household.village_id,
            household.nickname,
            household.head_birth_year,
            household.phone,
            household.neighbour_hint,
        )


@dataclass(frozen=True)
class Likeness:
    """An entry that may be the same family, and why."""

    household: Household
    points: int
    reasons: tuple[str, ...]


def compare(one: Traits, other: Traits) -> tuple[int, tuple[str, ...]]:
    """Points and reasons. Pure and symmetric."""
    mine, theirs = fold(one.head_name).split(), fold(other.head_name).split()
    has_one_given_name = bool(mine and theirs and mine[-1] == theirs[-1])
    alike = {
        "given": has_one_given_name,
        # Half of the men are Văn and most women Thị: a middle name says something only beside the given name.
        "middle": has_one_given_name and mine[1:-1] == theirs[1:-1] != [],
        "village": one.village_id is not None and one.village_id == other.village_id,
        "nickname": bool(one.nickname) and fold(one.nickname) == fold(other.nickname),
        "birth": one.head_birth_year is not None and one.head_birth_year == other.head_birth_year,
        "phone": bool(one.phone) and national(one.phone)[-PHONE_TAIL:] == national(other.phone)[-PHONE_TAIL:],
        "neighbour": bool(one.neighbour_hint) and fold(one.neighbour_hint) == fold(other.neighbour_hint),
    }
    words = {
        "given": "cùng tên gọi",
        "middle": "cùng chữ đệm",
        "village": "cùng thôn",
        "nickname": "cùng tên thường gọi",
        "birth": "cùng năm sinh",
        "phone": "cùng đuôi số điện thoại",
        "neighbour": "gần cùng một nhà",
    }
    born = (one.head_birth_year, other.head_birth_year)
    # Two known birth years that differ tell two people of one name apart better than anything else.
    penalty = 3 if None not in born and born[0] != born[1] else 0
    points = sum(POINTS[name] for name, is_alike in alike.items() if is_alike) - penalty
    return points, tuple(words[name] for name, is_alike in alike.items() if is_alike)


def likely_duplicates(traits: Traits, *, exclude: Iterable[int] = (), limit: int = 5) -> list[Likeness]:
    """Entries of the register that look like this one, most alike first; one query."""
    given = (fold(traits.head_name).split() or [""])[-1]
    if not given:
        return []
    near = Q(search_text__contains=given)
    if traits.phone:
        near |= Q(phone__endswith=traits.phone[-PHONE_TAIL:])
    nearby = Household.objects.listed().filter(near).exclude(pk__in=list(exclude)).select_related("village")
    scored = [Likeness(household, *compare(traits, Traits.of(household))) for household in nearby[:500]]
    alike = [item for item in scored if item.points >= ASK_FROM]
    return sorted(alike, key=lambda item: (-item.points, item.household.pk))[:limit]


def duplicates_of(household: Household, limit: int = 5) -> list[Likeness]:
    """The same for an entry that exists, without those already known to be somebody else."""
    pairs = DistinctPair.objects.filter(Q(first=household) | Q(second=household)).values_list("first_id", "second_id")
    known = {key for pair in pairs for key in pair} | {household.pk}
    return likely_duplicates(Traits.of(household), exclude=known, limit=limit)
