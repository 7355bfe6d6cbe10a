"""From rows to the pure rules of `standing`, and the cached answer on the household."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from portal.households.enums import Basis, Result
from portal.households.models import CriteriaSet, Household, Visit
from portal.households.standing import CriterionRule, FindingFact, Rule, Standing, VisitFact, standing_on

CACHED = ("met_count", "open_count", "is_passing", "last_visited_on")
#: Households whose visits are read at once.
CHUNK = 500


def criteria_set_on(day: date) -> CriteriaSet | None:
    """The set in force on that day; None before the first one."""
    return CriteriaSet.objects.in_force_on(day).prefetch_related("criteria").first()


def rule_of(criteria_set: CriteriaSet) -> Rule:
    """The pass rule of a set."""
    criteria = tuple(
        CriterionRule(criterion.key, tuple(criterion.finding_keys), criterion.is_mandatory)
        for criterion in criteria_set.criteria.all()
    )
    return Rule(criteria, criteria_set.pass_minimum)


def visit_facts(visits: Iterable[Visit]) -> list[VisitFact]:
    """Visits with prefetched findings, as the rules see them."""
    return [
        VisitFact(
            client_id=visit.client_id,
            visited_at=visit.visited_at,
            corrects=visit.corrects,
            findings=tuple(
                FindingFact(finding.key, Result(finding.result), Basis(finding.basis) if finding.basis else None)
                for finding in visit.findings.all()
            ),
        )
        for visit in visits
    ]


def visits_of(household: Household) -> list[Visit]:
    """All visits of a household, those addressed to households merged into it included."""
    root_id = household.root_id or household.pk
    return list(Visit.objects.filter(household__root=root_id).prefetch_related("findings").order_by("visited_at"))


def household_standing(household: Household, day: date, criteria_set: CriteriaSet | None = None) -> Standing | None:
    """The standing at the end of that day under the set of that day (or another one that is being tried)."""
    chosen = criteria_set or criteria_set_on(day)
    return standing_on(day, visit_facts(visits_of(household)), rule_of(chosen)) if chosen else None


def refresh_standing(household: Household) -> None:
    """Write today's standing into the cached columns of the household and of what was merged into it."""
    root_id = household.root_id or household.pk
    standing = household_standing(household, timezone.localdate())
    Household.objects.filter(pk=root_id).update(**dict(zip(CACHED, _cached(standing), strict=True)))


def _cached(standing: Standing | None) -> tuple[Any, ...]:
    return tuple(getattr(standing, name) if standing else None for name in CACHED)


def standings_of(root_ids: Sequence[int], day: date, rule: Rule | None) -> dict[int, Standing | None]:
    """{household: standing} of many households, merged ones read through their root, in two queries."""
    visits: dict[int, list[Visit]] = {root_id: [] for root_id in root_ids}
    rows = Visit.objects.filter(household__root__in=root_ids).select_related("household").prefetch_related("findings")
    for visit in rows.order_by("visited_at"):
        if visit.household.root_id is not None:
            visits[visit.household.root_id].append(visit)
    return {key: standing_on(day, visit_facts(found), rule) if rule else None for key, found in visits.items()}


def refresh_all_standings() -> tuple[int, int]:
    """Make the cached columns of all households anew; (how many were wrong, how many there are)."""
    today = timezone.localdate()
    chosen = criteria_set_on(today)
    rule = rule_of(chosen) if chosen else None
    keys = list(Household.objects.filter(survivor=None).order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        standings = standings_of(part, today, rule)
        stale = []
        for household in Household.objects.filter(pk__in=part).only("pk", *CACHED):
            truth = _cached(standings[household.pk])
            if truth != tuple(getattr(household, name) for name in CACHED):
                for name, value in zip(CACHED, truth, strict=True):
                    setattr(household, name, value)
                stale.append(household)
        Household.objects.bulk_update(stale, CACHED)
        changed += len(stale)
    return changed, len(keys)
