"""What visits say about a household on a day. Pure: the same visits give the same standing in any order.

"Chưa đánh giá" (nobody looked) is not "chưa đạt" (somebody looked and it was not there): invariant 3.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.households.enums import Basis, Result

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class State(StrEnum):
    """Of one criterion, as far as the visits tell."""

    MET = "dat"
    UNMET = "chua-dat"
    UNCLEAR = "chua-ro"
    UNSEEN = "chua-danh-gia"


@dataclass(frozen=True)
class FindingFact:
    """What a visit found under one key (`3`, `4a`)."""

    key: str
    result: Result
    basis: Basis | None = None


@dataclass(frozen=True)
class VisitFact:
    """A visit as the pure rules see it."""

    client_id: UUID
    visited_at: datetime
    findings: tuple[FindingFact, ...]
    corrects: UUID | None = None
    village: int | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """Later counts; at the same instant the id decides, so that every server decides alike."""
        return (self.visited_at, self.client_id.hex)


@dataclass(frozen=True)
class CriterionRule:
    """How one criterion is judged: met when one of its finding keys is."""

    key: str
    finding_keys: tuple[str, ...]
    is_mandatory: bool = False


@dataclass(frozen=True)
class Rule:
    """The pass rule of a criteria set; `minimum` None means all (never a threshold in code: invariant 4)."""

    criteria: tuple[CriterionRule, ...]
    minimum: int | None = None


@dataclass(frozen=True)
class CriterionStanding:
    """Where one criterion stands, since when, and on what that rests."""

    key: str
    state: State
    basis: Basis | None = None
    seen_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where a household stands on a day."""

    criteria: tuple[CriterionStanding, ...]
    is_passing: bool | None
    last_visited_on: date | None
    disputed_keys: frozenset[str]

    @property
    def met_count(self) -> int | None:
        """Criteria met; None when nobody has looked at any."""
        if self.last_visited_on is None:
            return None
        return sum(criterion.state is State.MET for criterion in self.criteria)

    @property
    def open_count(self) -> int | None:
        """Criteria that nobody has seen clearly yet; None when nobody has looked at any."""
        if self.last_visited_on is None:
            return None
        return sum(criterion.state in {State.UNCLEAR, State.UNSEEN} for criterion in self.criteria)

    def of(self, key: str) -> CriterionStanding:
        """Where one criterion stands; raises KeyError for one that the set does not have."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise KeyError(key)


def local_day(moment: datetime) -> date:
    """The day in Ba Tô."""
    return moment.astimezone(HANOI).date()


def standing_on(day: date, visits: Iterable[VisitFact], rule: Rule) -> Standing:
    """The standing at the end of that day."""
    known = in_effect(visit for visit in visits if local_day(visit.visited_at) <= day)
    latest = latest_findings(known)
    criteria = tuple(criterion_standing(criterion, latest) for criterion in rule.criteria)
    return Standing(
        criteria=criteria,
        is_passing=passes(rule, {criterion.key: criterion.state for criterion in criteria}) if known else None,
        last_visited_on=local_day(known[-1].visited_at) if known else None,
        disputed_keys=disputed_keys(known),
    )


def in_effect(visits: Iterable[VisitFact]) -> list[VisitFact]:
    """Visits in order of time, each once, without those that a later record corrects."""
    by_id = {visit.client_id: visit for visit in visits}
    corrected = {visit.corrects for visit in by_id.values() if visit.corrects}
    return sorted((visit for key, visit in by_id.items() if key not in corrected), key=lambda visit: visit.order)


def latest_findings(visits: Sequence[VisitFact]) -> dict[str, tuple[FindingFact, date]]:
    """For each key the newest finding that says something; "chưa rõ" only where nothing else was ever said."""
    latest: dict[str, tuple[FindingFact, date]] = {}
    for visit in visits:
        for finding in visit.findings:
            older = latest.get(finding.key)
            if finding.result != Result.UNCLEAR or older is None or older[0].result == Result.UNCLEAR:
                latest[finding.key] = (finding, local_day(visit.visited_at))
    return latest


def criterion_standing(criterion: CriterionRule, latest: Mapping[str, tuple[FindingFact, date]]) -> CriterionStanding:
    """Where one criterion stands by the newest finding under each of its keys."""
    found = [latest[key] for key in criterion.finding_keys if key in latest]
    for result, state in ((Result.MET, State.MET), (Result.UNCLEAR, State.UNCLEAR), (Result.UNMET, State.UNMET)):
        # "Chưa đạt" needs all uses seen: one that nobody could see leaves the criterion open.
        matching = [(finding, day) for finding, day in found if finding.result == result]
        if matching:
            finding, day = max(matching, key=lambda pair: pair[1])
            is_partly_seen = state is State.UNMET and len(found) < len(criterion.finding_keys)
            return CriterionStanding(criterion.key, State.UNCLEAR if is_partly_seen else state, finding.basis, day)
    return CriterionStanding(criterion.key, State.UNSEEN)


def passes(rule: Rule, states: Mapping[str, State]) -> bool:
    """Whether these states satisfy the rule."""
    met = [criterion for criterion in rule.criteria if states.get(criterion.key) is State.MET]
    mandatory = [criterion for criterion in rule.criteria if criterion.is_mandatory]
    needed = len(rule.criteria) if rule.minimum is None else rule.minimum
    return len(met) >= needed and all(criterion in met for criterion in mandatory)


def disputed_keys(visits: Sequence[VisitFact]) -> frozenset[str]:
    """Keys on which two visits of the same day disagree: kept both, and somebody should look again (row V4)."""
    said: dict[tuple[date, str], set[Result]] = {}
    for visit in visits:
        for finding in visit.findings:
            if finding.result != Result.UNCLEAR:
                said.setdefault((local_day(visit.visited_at), finding.key), set()).add(finding.result)
    return frozenset(key for (_day, key), results in said.items() if len(results) > 1)
