"""What the rules of progress know: a household's whole history, the villages, their activities, the criteria. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.households.enums import Basis, CapableMember, DecisionKind
from portal.households.standing import Rule, VisitFact


@dataclass(frozen=True)
class Stay:
    """Where a household lives from a day on."""

    village: int
    since: date


@dataclass(frozen=True)
class CapableFact:
    """Somebody said on a day who in the house can use digital services; of one day, the later word holds."""

    said_on: date
    number: int
    who: CapableMember
    basis: Basis | None = None


@dataclass(frozen=True)
class SignUpFact:
    """A registration form, and the criteria that the family says it meets."""

    received_on: date
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DecisionFact:
    """What a signed decision says of the household; of one day, the later number holds."""

    signed_on: date
    number: tuple[int, int]
    title: str
    year: int
    action: DecisionKind


@dataclass(frozen=True)
class HouseholdFacts:
    """One household with all that was recorded under its code and under the codes merged into it.

    A duplicate that was merged away has no facts of its own: it counts on no day, before the merge as after.
    """

    root: int
    listed_from: date
    listed_to: date | None
    stays: tuple[Stay, ...]
    visits: tuple[VisitFact, ...] = ()
    capable: tuple[CapableFact, ...] = ()
    sign_ups: tuple[SignUpFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    #: The village of now, and what stands in the way there now: known without a day.
    home: int = 0
    needs: tuple[str, ...] = ()

    def is_listed_on(self, day: date) -> bool:
        """Whether the household is on the register at the end of that day."""
        return self.listed_from <= day and (self.listed_to is None or day < self.listed_to)

    def village_on(self, day: date) -> int:
        """Where it lives; before its first known place, there."""
        known = [stay for stay in self.stays if stay.since <= day]
        return max(known, key=lambda stay: stay.since).village if known else self.stays[0].village


@dataclass(frozen=True)
class VillageFact:
    """A village and the days on which it exists; `until` is its last one."""

    pk: int
    since: date
    until: date | None = None
    successor: int | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the village exists on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class ActivityFact:
    """An activity that a village held."""

    village: int
    held_on: date


@dataclass(frozen=True)
class CriteriaFact:
    """A set of criteria in force from a day on; of one day, the later set holds."""

    valid_from: date
    number: int
    rule: Rule


@dataclass(frozen=True)
class CommuneFacts:
    """All that figures are made of."""

    villages: tuple[VillageFact, ...]
    households: tuple[HouseholdFacts, ...]
    activities: tuple[ActivityFact, ...]
    criteria: tuple[CriteriaFact, ...]


def rule_on(criteria: Sequence[CriteriaFact], day: date) -> Rule | None:
    """The pass rule in force on that day; None before the first one."""
    known = [fact for fact in criteria if fact.valid_from <= day]
    return max(known, key=lambda fact: (fact.valid_from, fact.number)).rule if known else None


def village_in_charge(villages: Iterable[VillageFact], pk: int, day: date) -> int:
    """The village that answers for this one on that day: itself, or whichever has followed it since it ended."""
    by_pk = {village.pk: village for village in villages}
    passed = set()
    while pk not in passed:
        passed.add(pk)
        village = by_pk.get(pk)
        if village is None or village.until is None or day <= village.until or village.successor is None:
            break
        pk = village.successor
    return pk
