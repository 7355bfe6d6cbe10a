"""What is told of requests for help: figures to those who may see no family, and what a team has to tell on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from portal.core.models import User
from portal.households.models import HelpRequest
from portal.households.permissions import villages_of

#: A repaired step is told to the team for so long.
TOLD_FOR_DAYS = 14


@dataclass(frozen=True)
class HelpFigures:
    """How many asked the team to come, and how many visits were noted down afterwards."""

    asked: int = 0
    noted: int = 0


def help_figures(abouts: Iterable[str]) -> dict[str, HelpFigures]:
    """{key of a topic: figures} of requests since its last repair; names no family."""
    found: dict[str, HelpFigures] = defaultdict(HelpFigures)
    rows = HelpRequest.objects.filter(about__in=list(abouts), fixed_on=None).values_list("about", "outcome")
    for about, outcome in rows:
        found[about] = HelpFigures(found[about].asked + 1, found[about].noted + bool(outcome))
    return found


def repaired_lately(user: User) -> QuerySet[HelpRequest]:
    """Requests of the member's villages, answered or not, about a step that was repaired within two weeks."""
    since = timezone.localdate() - timedelta(days=TOLD_FOR_DAYS)
    return HelpRequest.objects.filter(village__in=villages_of(user), fixed_on__gte=since).order_by("fixed_on", "pk")
