"""What was done within a period, by village: from the counts that are kept; row by row where they do not fit.

Both say the same; what is kept costs the same for five thousand households and for a million.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from portal.households.enums import DecisionKind, HelpState
from portal.households.models import (
    DecisionEntry,
    HelpRequest,
    Household,
    ProgressCount,
    ProgressCutoff,
    Registration,
    Visit,
)
from portal.households.progress.contents import COMMUNE, TALLIES
from portal.households.progress.deeds import BY_DAY, HARDSHIP, NEEDS, NO_POWER, NO_SIGNAL, ONCE_A_PERIOD
from portal.households.progress.facts import village_in_charge
from portal.households.selectors.activities import activity_sums
from portal.households.selectors.periods import Span
from portal.households.selectors.progress_facts import village_facts

Tallies = dict[str, dict[str, int]]
#: {what: [(village, how many)]}.
Counts = Mapping[str, list[tuple[int, int]]]


def kept_cutoff() -> int | None:
    """By which cut-off the counts of deeds are kept; None before all was counted."""
    return ProgressCutoff.objects.values_list("day", flat=True).first()


def tallies_of(span: Span) -> Tallies:
    """{village or commune: {key: number}} of what was done within the period. Five queries."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    villages = village_facts()
    for key, counts in {**_counted_live(span), **counts_of_deeds(span)}.items():
        for village, number in counts:
            tallies[str(village_in_charge(villages, village, span.last_on))][key] += number
            tallies[COMMUNE][key] += number
    return {place: {key: counts[key] for key in TALLIES if counts[key]} for place, counts in tallies.items()}


def counts_of_deeds(span: Span) -> Counts:
    """Visits, forms, recognitions and needs; row by row for days that another cut-off made a period."""
    cutoff = kept_cutoff()
    if cutoff is None or (span.first_on, span.last_on) != (span.period.first_day(cutoff), span.period.last_day(cutoff)):
        return deeds_by_row(span)
    within = Q(counted__in=BY_DAY, day__range=(span.first_on, span.last_on))
    once = Q(counted__in=ONCE_A_PERIOD, day=span.last_on, heap=span.period.code)
    rows = ProgressCount.objects.filter(within | once | Q(counted__in=NEEDS, day__lte=span.last_on)).order_by()
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for key, village, number in (
        rows.values("counted", "village").annotate(number=Sum("change")).values_list("counted", "village", "number")
    ):
        found[key].append((village, number))
    return found


def _counted_live(span: Span) -> Counts:
    """Of what there is little however large the register is: activities, and help that was given."""
    first, after = span.moments
    sums = activity_sums(span.first_on, span.last_on)
    helped = HelpRequest.objects.filter(state=HelpState.DONE, closed_at__gte=first, closed_at__lt=after)
    return {
        "da-giup": _by(helped, "village", Count("pk")),
        "hoat-dong": [(village, one.activities) for village, one in sums.items()],
        "nguoi-du": [(village, one.people) for village, one in sums.items()],
        "nu-du": [(village, one.women) for village, one in sums.items()],
        "cao-tuoi-du": [(village, one.elders) for village, one in sums.items()],
    }


def deeds_by_row(span: Span) -> Counts:
    """The same as `counts_of_deeds` from the rows themselves: the truth that what is kept must equal."""
    first, after = span.moments
    corrected = Visit.objects.filter(corrects=OuterRef("client_id"))
    visits = Visit.objects.filter(~Exists(corrected), visited_at__gte=first, visited_at__lt=after)
    forms = Registration.objects.filter(received_at__gte=first, received_at__lt=after)
    entered = DecisionEntry.objects.filter(
        action=DecisionKind.RECOGNISE, decision__signed_on__range=(span.first_on, span.last_on)
    )
    listed = Household.objects.listed_on(span.last_on)
    return {
        "luot-tham": _by(visits, "village", Count("pk")),
        "ho-tham": _by(visits, "village", Count("household__root", distinct=True)),
        "phieu": _by(forms, "household__root__village", Count("pk")),
        "cong-nhan-moi": _by(entered, "household__root__village", Count("household__root", distinct=True)),
        NO_SIGNAL: _by(listed.filter(has_no_signal=True), "village", Count("pk")),
        NO_POWER: _by(listed.filter(has_no_power=True), "village", Count("pk")),
        HARDSHIP: _by(listed.filter(has_hardship=True), "village", Count("pk")),
    }


def _by(rows: QuerySet[Any], village: str, number: Count) -> list[tuple[int, int]]:
    counted = rows.order_by().values(where=F(village)).annotate(number=number)
    return list(counted.values_list("where", "number"))
