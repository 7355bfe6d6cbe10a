"""One household with all that is known of it, merged entries included, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from portal.households.belongings import told_belongings
from portal.households.models import (
    Certificate,
    Consent,
    CriteriaSet,
    DataRequest,
    HelpRequest,
    Household,
    HouseholdEvent,
    Registration,
    Residence,
    Visit,
)
from portal.households.selectors.standing import criteria_set_on, rule_of, visit_facts
from portal.households.standing import Standing, State, standing_on

STATE_LABELS = {
    State.MET: "đạt",
    State.UNMET: "chưa đạt",
    State.UNCLEAR: "chưa rõ",
    State.UNSEEN: "chưa đánh giá",
}


@dataclass(frozen=True)
class CriterionLine:
    """One criterion in words."""

    name: str
    state: str
    basis: str
    seen_on: object


@dataclass(frozen=True)
class HouseholdFile:
    """Everything on one household."""

    criteria: Sequence[CriterionLine]
    visits: Sequence[Visit]
    residences: Sequence[Residence]
    events: Sequence[HouseholdEvent]
    consents: Sequence[Consent]
    registrations: Sequence[Registration]
    help_requests: Sequence[HelpRequest]
    data_requests: Sequence[DataRequest]
    certificates: Sequence[Certificate]
    absorbed: Sequence[Household]
    #: [(what rooms above the register keep of it, a line for each), …]
    belongings: Sequence[tuple[str, Sequence[str]]]


def household_file(household: Household) -> HouseholdFile:
    """The file of a household, read through its root."""
    root = household.root_id or household.pk
    visits = list(
        Visit.objects.filter(household__root=root)
        .select_related("visited_by", "household")
        .prefetch_related("findings")
        .order_by("-visited_at")
    )
    return HouseholdFile(
        criteria=_criteria(visits),
        visits=visits,
        residences=list(Residence.objects.filter(household=household).select_related("village")),
        events=list(
            HouseholdEvent.objects.filter(household__root=root)
            .select_related("recorded_by", "household")
            .order_by("-happened_on", "-pk")
        ),
        consents=list(Consent.objects.filter(household__root=root).order_by("-said_at", "-pk")),
        registrations=list(Registration.objects.filter(household__root=root).order_by("-received_at")),
        help_requests=list(HelpRequest.objects.filter(household__root=root).order_by("-asked_at")),
        data_requests=list(DataRequest.objects.filter(household__root=root).order_by("-received_at")),
        certificates=list(
            Certificate.objects.filter(household__root=root).select_related("entry__decision").order_by("-year", "-pk")
        ),
        absorbed=list(Household.objects.filter(root=root).exclude(pk=root)),
        belongings=told_belongings(root),
    )


def _criteria(visits: Sequence[Visit]) -> list[CriterionLine]:
    chosen: CriteriaSet | None = criteria_set_on(timezone.localdate())
    if chosen is None:
        return []
    standing: Standing = standing_on(timezone.localdate(), visit_facts(visits), rule_of(chosen))
    lines = []
    for criterion in chosen.criteria.all():
        found = standing.of(criterion.key)
        basis = found.basis.label if found.basis else ""
        lines.append(
            CriterionLine(f"{criterion.key}. {criterion.name}", STATE_LABELS[found.state], basis, found.seen_on)
        )
    return lines
