"""What was done with a household, village by village and day by day, as the reports of a period tally it. Pure.

Most deeds are added up over the days of a period. A household that is counted once in a period, however often it was
visited, is counted on the period's last day, under the period's code.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from portal.core.periods import Period
from portal.households.enums import DecisionKind
from portal.households.progress.counting import Changes, without_zeros
from portal.households.progress.facts import HouseholdFacts
from portal.households.standing import in_effect, local_day

VISITS, HOMES_VISITED, FORMS, RECOGNISED = "luot-tham", "ho-tham", "phieu", "cong-nhan-moi"
NO_SIGNAL, NO_POWER, HARDSHIP = "khong-song", "khong-dien", "gia-yeu"
#: Added up over the days of a period; counted once a period; known without a day, of who is on the register.
BY_DAY, ONCE_A_PERIOD, NEEDS = (VISITS, FORMS), (HOMES_VISITED, RECOGNISED), (NO_SIGNAL, NO_POWER, HARDSHIP)


def deeds_of(household: HouseholdFacts, cutoff: int) -> Changes:
    """What a household adds to the tallies, by periods that end with that day of a month."""
    deeds: Changes = Counter()
    for visit in in_effect(household.visits):
        if visit.village is not None:
            day = local_day(visit.visited_at)
            deeds[visit.village, day, VISITS, ""] += 1
            for period in _periods(day, cutoff):
                deeds[visit.village, period.last_day(cutoff), HOMES_VISITED, period.code] = 1
    for form in household.sign_ups:
        deeds[household.home, form.received_on, FORMS, ""] += 1
    for decision in household.decisions:
        if decision.action == DecisionKind.RECOGNISE:
            for period in _periods(decision.signed_on, cutoff):
                deeds[household.home, period.last_day(cutoff), RECOGNISED, period.code] = 1
    for need in household.needs:
        deeds[household.home, household.listed_from, need, ""] += 1
        if household.listed_to is not None:
            deeds[household.home, household.listed_to, need, ""] -= 1
    return without_zeros(deeds)


def _periods(day: date, cutoff: int) -> Iterator[Period]:
    yield Period.quarter_of(day, cutoff)
    yield Period.year_of(day, cutoff)
