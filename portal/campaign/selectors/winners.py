"""Who won, and how the public may call them (invariant 5): by code, or by the name that the family lets it see.

Only the head of the household is ever named, and only in the form that the entry chose and that the ledger still
allows: children have no name here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.campaign.models import Award, Entry, Prize, Round
from portal.campaign.selectors.entries import codes_matched_by_staff, matched_households
from portal.households.enums import NameForm, Purpose
from portal.households.models import Household
from portal.households.names import shown_name
from portal.households.selectors.consents import granted_forms, withdrawn_at

#: From the most to the least that is told.
FORMS = (NameForm.FULL, NameForm.SHORT, NameForm.VILLAGE)


@dataclass(frozen=True)
class Winner:
    """A prize and the entry that got it; `name` and `village` are empty where the family shows its code only."""

    prize: Prize
    code: str
    name: str = ""
    village: str = ""


def awards_of(round_: Round) -> list[Award]:
    """All awards, the highest first."""
    return list(
        Award.objects.filter(prize__round=round_)
        .select_related("prize", "entry__village", "handed_by")
        .order_by("rank")
    )


def winners_of(round_: Round) -> list[Winner]:
    """Winners as the public sees them right now; names only once the results are published."""
    awards = awards_of(round_)
    if round_.results_at is None:
        return [Winner(award.prize, award.entry.code) for award in awards]
    owners = known_owners(round_, [award.entry for award in awards])
    allowed = granted_forms([owner.pk for owner in owners.values()], Purpose.WINNER)
    return [_winner(award, owners.get(award.entry.code), allowed) for award in awards]


@dataclass(frozen=True)
class Wish:
    """How a winner will be called once the results are out; `reason` says why by code alone."""

    award: Award
    name: str = ""
    village: str = ""
    reason: str = ""


def wishes_of(round_: Round) -> list[Wish]:
    """All winners before the publication, for the clerk who publishes."""
    awards = awards_of(round_)
    owners = known_owners(round_, [award.entry for award in awards])
    withdrawn = withdrawn_at([owner.pk for owner in owners.values()], Purpose.WINNER)
    return [_wish(award, owners.get(award.entry.code), withdrawn) for award in awards]


def _wish(award: Award, owner: Household | None, withdrawn: Mapping[int, datetime]) -> Wish:
    form = wished_form(award.entry)
    if form is None:
        return Wish(award, reason="gia đình chỉ muốn hiện mã")
    if owner is None:
        return Wish(award, reason="chưa chắc bài của hộ nào: không có số bí mật, chưa ai khớp hộ")
    if owner.pk in withdrawn and withdrawn[owner.pk] >= award.entry.received_at:
        return Wish(award, reason="gia đình đã thôi đồng ý")
    return Wish(award, shown_name(owner.head_name, form), owner.village.name)


def known_owners(round_: Round, entries: Iterable[Entry]) -> dict[str, Household]:
    """{code: household} where the family proved itself by its secret number or staff said whose the entry is.

    A code alone can be guessed: a stranger must not put a family's name on a public page.
    """
    entries = list(entries)
    matched = codes_matched_by_staff(round_)
    roots = matched_households(round_, entries)
    sure = {
        entry.code: roots[entry.code]
        for entry in entries
        if roots[entry.code] is not None and (entry.code in matched or entry.is_confirmed)
    }
    found = Household.objects.filter(pk__in=set(sure.values())).select_related("village").in_bulk()
    return {code: found[root] for code, root in sure.items() if root in found}


def wished_form(entry: Entry) -> NameForm | None:
    """How the entry says it may be named; None is by code only."""
    return NameForm(entry.shown_as) if entry.shown_as in NameForm.values else None


def _winner(award: Award, owner: Household | None, allowed: dict[int, NameForm | None]) -> Winner:
    wished = wished_form(award.entry)
    if owner is None or wished is None or owner.pk not in allowed:
        return Winner(award.prize, award.entry.code)
    form = max(wished, allowed[owner.pk] or wished, key=FORMS.index)
    return Winner(award.prize, award.entry.code, shown_name(owner.head_name, form), owner.village.name)
