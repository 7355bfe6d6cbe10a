"""What a family reads about itself with its code and second secret."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from portal.households.enums import DecisionKind, ProposalState
from portal.households.models import (
    Candidate,
    Certificate,
    Criterion,
    DataRequest,
    Decision,
    DecisionEntry,
    HelpRequest,
    Household,
    Objection,
    Proposal,
    Registration,
)
from portal.households.selectors.certificates import certificates_of_family
from portal.households.selectors.data_requests import data_requests_of
from portal.households.selectors.objections import objections_of
from portal.households.selectors.standing import criteria_set_on, household_standing
from portal.households.standing import State


@dataclass(frozen=True)
class Recognition:
    """What the last decision on a title and year says."""

    decision: Decision
    is_in_force: bool


@dataclass(frozen=True)
class FamilyStatus:
    """How far a family has come, in the words of the criteria in force."""

    household: Household
    old_code: str
    received_on: date
    receipts: list[Registration]
    visited_on: date | None
    total: int
    met: list[Criterion] = field(default_factory=list)
    left: list[Criterion] = field(default_factory=list)
    unclear: list[Criterion] = field(default_factory=list)
    unseen: list[Criterion] = field(default_factory=list)
    recognitions: list[Recognition] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    helps: list[HelpRequest] = field(default_factory=list)
    data_requests: list[DataRequest] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)

    @property
    def is_listed(self) -> bool:
        """Whether the family is on the register today."""
        return self.household.listed_to is None

    @property
    def has_result(self) -> bool:
        """Whether there is anything to ask again about."""
        return bool(self.visited_on or self.proposals or self.recognitions)


def status_of(entered: Household) -> FamilyStatus:
    """The status behind a code; one that was merged away speaks of its survivor."""
    root = Household.objects.select_related("village").get(pk=entered.root_id or entered.pk)
    today = timezone.localdate()
    criteria_set = criteria_set_on(today)
    standing = household_standing(root, today, criteria_set) if criteria_set else None
    by_state: dict[State, list[Criterion]] = {state: [] for state in State}
    criteria = list(criteria_set.criteria.all()) if criteria_set else []
    for criterion in criteria:
        by_state[standing.of(criterion.key).state if standing else State.UNSEEN].append(criterion)
    return FamilyStatus(
        household=root,
        old_code=entered.code if entered.pk != root.pk else "",
        received_on=entered.listed_from,
        receipts=list(Registration.objects.filter(household__root=root).order_by("-received_at")),
        visited_on=standing.last_visited_on if standing else None,
        total=len(criteria),
        met=by_state[State.MET],
        left=by_state[State.UNMET],
        unclear=by_state[State.UNCLEAR],
        unseen=by_state[State.UNSEEN],
        recognitions=recognitions_of(root),
        certificates=certificates_of_family(root),
        proposals=_proposals_of(root),
        helps=list(HelpRequest.objects.filter(household__root=root).select_related("village").order_by("-asked_at")),
        data_requests=data_requests_of(root),
        objections=objections_of(root),
    )


def recognitions_of(root: Household) -> list[Recognition]:
    """The last word of the decisions on each title and year, newest year first."""
    rows = DecisionEntry.objects.filter(household__root=root).select_related("decision")
    last: dict[tuple[str, int], DecisionEntry] = {
        (row.decision.title, row.decision.year): row
        for row in rows.order_by("decision__signed_on", "decision_id", "position")
    }
    found = [Recognition(row.decision, row.action != DecisionKind.REVOKE) for row in last.values()]
    return sorted(found, key=lambda item: (-item.decision.year, item.decision.title))


def _proposals_of(root: Household) -> list[Proposal]:
    """Lists that the village has posted or sent and nobody has decided on yet; a list in the making is its own."""
    rows = Candidate.objects.filter(household__root=root).exclude(proposal__state=ProposalState.DECIDED)
    lists = {row.proposal_id: row.proposal for row in rows.select_related("proposal__village")}
    is_out = {ProposalState.SUBMITTED, ProposalState.ACCEPTED}
    return [item for item in lists.values() if item.state in is_out or item.posted_from is not None]
