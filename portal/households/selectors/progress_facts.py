"""From rows to the pure rules of progress."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from portal.households.enums import Basis, CapableMember, DecisionKind, SelfAnswer
from portal.households.models import (
    CapableStatement,
    CriteriaSet,
    DecisionEntry,
    Finding,
    Household,
    Registration,
    Residence,
    Village,
    Visit,
)
from portal.households.progress.deeds import HARDSHIP, NO_POWER, NO_SIGNAL
from portal.households.progress.facts import (
    CapableFact,
    CriteriaFact,
    DecisionFact,
    HouseholdFacts,
    SignUpFact,
    Stay,
    VillageFact,
)
from portal.households.selectors.standing import rule_of
from portal.households.standing import FindingFact, Result, VisitFact, local_day

#: What stands in a household's way: {column: tally}.
NEEDED = {"has_no_signal": NO_SIGNAL, "has_no_power": NO_POWER, "has_hardship": HARDSHIP}


def criteria_facts() -> list[CriteriaFact]:
    """Every set of criteria that is or will be in force."""
    rows = CriteriaSet.objects.in_force_on(date.max).prefetch_related("criteria")
    return [CriteriaFact(row.valid_from, row.pk, rule_of(row)) for row in rows]


def village_facts() -> list[VillageFact]:
    """Every village that there ever was, in the commune's order."""
    rows = Village.objects.values_list("pk", "valid_from", "valid_to", "successor_id")
    return [VillageFact(*row) for row in rows]


def household_facts(roots: Sequence[int]) -> list[HouseholdFacts]:
    """The histories of these households, in seven queries; what was merged away is read through its root."""
    stays, visits, capable = _stays(roots), _visits(roots), _capable(roots)
    sign_ups, decisions = _sign_ups(roots), _decisions(roots)
    rows = Household.objects.filter(pk__in=roots, survivor=None).values_list(
        "pk", "listed_from", "listed_to", "village", *NEEDED
    )
    return [
        HouseholdFacts(
            pk,
            listed_from,
            listed_to,
            tuple(stays[pk]),
            tuple(visits[pk]),
            tuple(capable[pk]),
            tuple(sign_ups[pk]),
            tuple(decisions[pk]),
            home,
            tuple(need for need, is_so in zip(NEEDED.values(), needs, strict=True) if is_so),
        )
        for pk, listed_from, listed_to, home, *needs in rows
    ]


def _stays(roots: Sequence[int]) -> dict[int, list[Stay]]:
    found = defaultdict(list)
    rows = Residence.objects.filter(household__in=roots).values_list("household", "village", "valid_from")
    for household, village, since in rows:
        found[household].append(Stay(village, since))
    return found


def _visits(roots: Sequence[int]) -> dict[int | None, list[VisitFact]]:
    findings = defaultdict(list)
    rows = Finding.objects.filter(visit__household__root__in=roots).values_list("visit", "key", "result", "basis")
    for visit, key, result, basis in rows:
        findings[visit].append(FindingFact(key, Result(result), Basis(basis) if basis else None))
    found: dict[int | None, list[VisitFact]] = defaultdict(list)
    made = Visit.objects.filter(household__root__in=roots).order_by()
    for pk, root, client_id, visited_at, corrects, village in made.values_list(
        "pk", "household__root", "client_id", "visited_at", "corrects", "village"
    ):
        found[root].append(VisitFact(client_id, visited_at, tuple(findings[pk]), corrects, village))
    return found


def _capable(roots: Sequence[int]) -> dict[int | None, list[CapableFact]]:
    found = defaultdict(list)
    rows = CapableStatement.objects.filter(household__root__in=roots).order_by()
    for root, pk, said_on, who, basis in rows.values_list("household__root", "pk", "said_on", "who", "basis"):
        found[root].append(CapableFact(said_on, pk, CapableMember(who), Basis(basis) if basis else None))
    return found


def _sign_ups(roots: Sequence[int]) -> dict[int | None, list[SignUpFact]]:
    found = defaultdict(list)
    rows = Registration.objects.filter(household__root__in=roots).order_by()
    for root, received_at, answers in rows.values_list("household__root", "received_at", "answers"):
        declared = frozenset(key for key, answer in answers.items() if answer == SelfAnswer.YES)
        found[root].append(SignUpFact(local_day(received_at), declared))
    return found


def _decisions(roots: Sequence[int]) -> dict[int | None, list[DecisionFact]]:
    found = defaultdict(list)
    rows = DecisionEntry.objects.filter(household__root__in=roots).order_by()
    for root, signed_on, decision, position, title, year, action in rows.values_list(
        "household__root", "decision__signed_on", "decision", "position", "decision__title", "decision__year", "action"
    ):
        found[root].append(DecisionFact(signed_on, (decision, position), title, year, DecisionKind(action)))
    return found
