"""What a draft of the criteria would mean for the families as they were visited. Nothing is saved."""

from dataclasses import dataclass

from django.utils import timezone

from portal.households.models import CriteriaSet, Household
from portal.households.selectors.standing import CHUNK, criteria_set_on, rule_of, standings_of


@dataclass(frozen=True)
class Trial:
    """Passing under a set and under the one in force, out of the households visited; the others are not judged."""

    passing: int
    passing_now: int
    visited: int
    listed: int


def try_criteria_set(criteria_set: CriteriaSet) -> Trial:
    """Judge today's households by that set."""
    today = timezone.localdate()
    current = criteria_set_on(today)
    tried, now = rule_of(criteria_set), rule_of(current) if current else None
    keys = list(Household.objects.listed().order_by("pk").values_list("pk", flat=True))
    passing = passing_now = visited = 0
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK]
        under_tried = [standing for standing in standings_of(part, today, tried).values() if standing]
        under_current = [standing for standing in standings_of(part, today, now).values() if standing]
        passing += sum(standing.is_passing is True for standing in under_tried)
        passing_now += sum(standing.is_passing is True for standing in under_current)
        visited += sum(standing.last_visited_on is not None for standing in under_tried)
    return Trial(passing, passing_now, visited, len(keys))
