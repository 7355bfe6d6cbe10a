"""Prizes to hand over, as far as somebody's reach goes: a village's team meets the winners of its own village."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.campaign.models import Award, Round
from portal.campaign.selectors.entries import matched_households
from portal.campaign.selectors.winners import awards_of
from portal.core.models import User
from portal.households.models import Household, Village
from portal.households.permissions import is_officer, villages_of


@dataclass(frozen=True)
class PrizeToHand:
    """An award with the village in which its family lives, and the family where the register knows it."""

    award: Award
    village: Village | None
    household: Household | None

    @property
    def head_name(self) -> str:
        """As the register has it, else as the family wrote."""
        return self.household.head_name if self.household else self.award.entry.head_name

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to act."""
        return self.award.handed_at is None and self.award.missed_at is None


def prizes_within(user: User, round_: Round) -> list[PrizeToHand]:
    """The round's prizes that this account may hand over, the highest first; none before the results are out."""
    if round_.results_at is None:
        return []
    placed = _placed(round_, awards_of(round_))
    if is_officer(user):
        return placed
    reach = set(villages_of(user).values_list("pk", flat=True))
    return [row for row in placed if row.village and row.village.pk in reach]


def _placed(round_: Round, awards: Iterable[Award]) -> list[PrizeToHand]:
    awards = list(awards)
    roots = matched_households(round_, [award.entry for award in awards])
    known = [root for root in roots.values() if root is not None]
    homes = Household.objects.filter(pk__in=known).select_related("village").in_bulk()
    rows = []
    for award in awards:
        home = homes.get(roots[award.entry.code] or 0)
        rows.append(PrizeToHand(award, home.village if home else award.entry.village, home))
    return rows


def waiting_rounds(user: User) -> list[tuple[Round, int]]:
    """[(round, prizes still waiting within reach), …], the newest first."""
    rounds = Round.objects.filter(prizes__awards__in=Award.objects.waiting(), results_at__isnull=False)
    found = [(round_, prizes_within(user, round_)) for round_ in rounds.select_related("game").distinct()]
    counted = [(round_, sum(row.is_waiting for row in rows)) for round_, rows in found]
    return [(round_, count) for round_, count in counted if count]
