"""In which heap a household lies on a day, for everything that is counted. Every listed household lies in one. Pure.

"Chưa đánh giá" and "chưa rõ" are heaps of their own: they neither count as unmet nor leave the whole (invariant 3).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from portal.households.enums import Basis, CapableMember, DecisionKind, MeasureKind
from portal.households.progress.facts import CriteriaFact, HouseholdFacts, rule_on
from portal.households.standing import (
    CriterionRule,
    FindingFact,
    State,
    criterion_standing,
    in_effect,
    latest_findings,
    local_day,
    passes,
)

#: Days since the last visit after which what it saw is growing old, and old.
AGE_LIMITS = (90, 180)


class Heap(StrEnum):
    """Where a household lies. Stored in the counts of the register: values never change."""

    MET_SEEN = "dat-thay"
    MET_PAPER = "dat-giay"
    MET_TOLD = "dat-ke"
    MET = "dat"
    UNMET = "chua-dat"
    UNCLEAR = "chua-ro"
    DECLARED = "tu-khai"
    UNSEEN = "chua-danh-gia"
    FRESH = "tham-moi"
    AGING = "tham-lau"
    OLD = "tham-cu"


MET_HEAPS = (Heap.MET_SEEN, Heap.MET_PAPER, Heap.MET_TOLD, Heap.MET)
HEAP_OF_BASIS = {Basis.SEEN: Heap.MET_SEEN, Basis.PAPER: Heap.MET_PAPER, Basis.TOLD: Heap.MET_TOLD, None: Heap.MET}
#: What rests on several findings rests on the weakest of them.
WEAKEST_FIRST = (None, Basis.TOLD, Basis.PAPER, Basis.SEEN)
Findings = Mapping[str, tuple[FindingFact, date]]
#: (village, first day, what is counted, heap): how many households come into that heap on that day.
Changes = Counter[tuple[int, date, str, str]]


@dataclass(frozen=True)
class Counted:
    """What is counted of a household. For findings: all groups must be met, a group by one of its keys."""

    kind: MeasureKind
    groups: tuple[tuple[str, ...], ...] = ()
    title: str = ""

    @property
    def key(self) -> str:
        """`ket-qua:3&4a|4b`: the same for the same thing, in whatever order a version of the definitions names it."""
        details = "&".join(sorted("|".join(sorted(group)) for group in self.groups)) or self.title
        return f"{self.kind}:{details}" if details else str(self.kind)


LISTED = Counted(MeasureKind.LISTED)
LAST_VISIT = Counted(MeasureKind.LAST_VISIT)


@dataclass(frozen=True)
class Step:
    """From this day on the household lies so; no village: it is not on the register."""

    day: date
    village: int | None
    heaps: Mapping[str, Heap]


@dataclass(frozen=True)
class _Known:
    """What is known of a household at the end of a day."""

    household: HouseholdFacts
    day: date
    findings: Findings
    last_visit: date | None
    declared: frozenset[str]
    criteria: Sequence[CriteriaFact]


def heaps_on(
    household: HouseholdFacts, day: date, counted: Iterable[Counted], criteria: Sequence[CriteriaFact]
) -> dict[str, Heap]:
    """{what is counted: heap} at the end of that day, for a household that is listed then."""
    visits = in_effect(visit for visit in household.visits if local_day(visit.visited_at) <= day)
    signed_up = [fact for fact in household.sign_ups if fact.received_on <= day]
    known = _Known(
        household,
        day,
        latest_findings(visits),
        local_day(visits[-1].visited_at) if visits else None,
        frozenset(chain.from_iterable(fact.declared for fact in signed_up)),
        criteria,
    )
    return {one.key: JUDGES[one.kind](one, known) for one in counted}


def _yes_or_no(is_met: bool) -> Heap:
    return Heap.MET if is_met else Heap.UNMET


def _heap_of_findings(counted: Counted, known: _Known) -> Heap:
    standings = [criterion_standing(CriterionRule("", group), known.findings) for group in counted.groups]
    states = {standing.state for standing in standings}
    if states == {State.MET}:
        return HEAP_OF_BASIS[_weakest(standing.basis for standing in standings)]
    if State.UNMET in states:
        return Heap.UNMET
    if states != {State.UNSEEN}:
        return Heap.UNCLEAR
    is_declared = all(known.declared.intersection(group) for group in counted.groups)
    return Heap.DECLARED if is_declared else Heap.UNSEEN


def _weakest(bases: Iterable[Basis | None]) -> Basis | None:
    return min(bases, key=WEAKEST_FIRST.index)


def _heap_of_capable(_counted: Counted, known: _Known) -> Heap:
    said = [fact for fact in known.household.capable if fact.said_on <= known.day]
    last = max(said, key=lambda fact: (fact.said_on, fact.number), default=None)
    if last is None or last.who == CapableMember.UNKNOWN:
        return Heap.UNSEEN
    return Heap.UNMET if last.who == CapableMember.NONE else HEAP_OF_BASIS[last.basis]


def _heap_of_passing(_counted: Counted, known: _Known) -> Heap:
    rule = rule_on(known.criteria, known.day)
    if rule is None or known.last_visit is None:
        return Heap.UNSEEN
    standings = [criterion_standing(criterion, known.findings) for criterion in rule.criteria]
    states = {standing.key: standing.state for standing in standings}
    if passes(rule, states):
        return HEAP_OF_BASIS[_weakest(standing.basis for standing in standings if standing.state is State.MET)]
    # Not there yet and not there are two things: what nobody could see may still turn out to be met.
    at_best = {key: State.UNMET if state is State.UNMET else State.MET for key, state in states.items()}
    return Heap.UNCLEAR if passes(rule, at_best) else Heap.UNMET


def _heap_of_recognised(counted: Counted, known: _Known) -> Heap:
    """Met while the last decision on the title, of any year, leaves it in force."""
    decided = [f for f in known.household.decisions if f.title == counted.title and f.signed_on <= known.day]
    last = {fact.year: fact for fact in sorted(decided, key=lambda fact: (fact.signed_on, fact.number))}
    return _yes_or_no(any(fact.action != DecisionKind.REVOKE for fact in last.values()))


def _heap_of_registered(_counted: Counted, known: _Known) -> Heap:
    return _yes_or_no(any(fact.received_on <= known.day for fact in known.household.sign_ups))


def _heap_of_assessed(_counted: Counted, known: _Known) -> Heap:
    return Heap.MET if known.last_visit else Heap.UNSEEN


def _heap_of_age(_counted: Counted, known: _Known) -> Heap:
    if known.last_visit is None:
        return Heap.UNSEEN
    age = (known.day - known.last_visit).days
    return Heap.FRESH if age <= AGE_LIMITS[0] else Heap.AGING if age <= AGE_LIMITS[1] else Heap.OLD


#: How a household is judged, by what is counted.
JUDGES: Mapping[MeasureKind, Callable[[Counted, _Known], Heap]] = {
    MeasureKind.FINDINGS: _heap_of_findings,
    MeasureKind.CAPABLE: _heap_of_capable,
    MeasureKind.REGISTERED: _heap_of_registered,
    MeasureKind.ASSESSED: _heap_of_assessed,
    MeasureKind.PASSING: _heap_of_passing,
    MeasureKind.RECOGNISED: _heap_of_recognised,
    MeasureKind.LISTED: lambda _counted, _known: Heap.MET,
    MeasureKind.LAST_VISIT: _heap_of_age,
}


def course_of(household: HouseholdFacts, counted: Iterable[Counted], criteria: Sequence[CriteriaFact]) -> list[Step]:
    """How the household lies from its first day on; a step for every day on which something changes."""
    counted = tuple(counted)
    steps: list[Step] = []
    for day in sorted(_turning_days(household, criteria)):
        listed = household.is_listed_on(day)
        village = household.village_on(day) if listed else None
        step = Step(day, village, heaps_on(household, day, counted, criteria) if listed else {})
        last = steps[-1] if steps else Step(day, None, {})
        if (step.village, step.heaps) != (last.village, last.heaps):
            steps.append(step)
    return steps


def _turning_days(household: HouseholdFacts, criteria: Sequence[CriteriaFact]) -> set[date]:
    """Days on which anything may change; what was before the first listed day is told on that day."""
    visited = [local_day(visit.visited_at) for visit in household.visits]
    aged = [day + timedelta(days=limit + 1) for day in visited for limit in AGE_LIMITS]
    days = {household.listed_from, *([household.listed_to] if household.listed_to else []), *visited, *aged}
    days |= {stay.since for stay in household.stays}
    days |= {fact.said_on for fact in household.capable}
    days |= {fact.received_on for fact in household.sign_ups}
    days |= {fact.signed_on for fact in household.decisions}
    days |= {fact.valid_from for fact in criteria}
    return {day for day in days if day >= household.listed_from}


def changes_of(steps: Sequence[Step]) -> Changes:
    """What a household adds to the counts: +1 where it comes into a heap, -1 where it leaves one."""
    changes: Changes = Counter()
    last: Step | None = None
    for step in steps:
        for where, sign in ((last, -1), (step, 1)):
            if where is not None and where.village is not None:
                for key, heap in where.heaps.items():
                    changes[where.village, step.day, key, heap] += sign
        last = step
    return without_zeros(changes)


def without_zeros(changes: Changes) -> Changes:
    """What is left when those that come and those that leave are set against each other."""
    return Counter({key: count for key, count in changes.items() if count})
