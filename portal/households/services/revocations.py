"""Taking a title back needs two people: one types the signed paper in, another lets it through (row R6)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import Title
from portal.households.models import Decision, Household, SensitiveChange
from portal.households.services.decisions import DecisionRefused, Line, Paper, check_amendment, revoke_recognitions


@transaction.atomic
def ask_to_revoke(*, paper: Paper, amends: Decision, lines: Sequence[Line], by: User) -> SensitiveChange:
    """Checked as it would be carried out, then left to a second person. Nothing changes yet."""
    check_amendment(paper=paper, amends=amends, lines=lines)
    if waiting_revocations(amends).exists():
        raise DecisionRefused("Quyết định này đang có một đề nghị thu hồi chờ duyệt.")
    change = SensitiveChange.objects.create(
        kind=SensitiveChange.Kind.REVOKE,
        arguments={
            "amends": amends.pk,
            "paper": {**asdict(paper), "signed_on": paper.signed_on.isoformat()},
            "lines": [{"household": line.household.pk, **_said(line)} for line in lines],
        },
        summary=f"Thu hồi danh hiệu của {len(lines)} hộ theo quyết định {paper.number}"[:250],
        reason=lines[0].reason[:250],
        asked_by=by,
    )
    record("decision.ask_revoke", by=by, subject=paper.number, data={"households": len(lines)})
    return change


def waiting_revocations(amends: Decision) -> Any:
    """Requests on this decision that nobody has answered yet."""
    return SensitiveChange.objects.filter(
        kind=SensitiveChange.Kind.REVOKE, decided_at=None, arguments__amends=amends.pk
    )


def revocation_of(change: SensitiveChange) -> tuple[Paper, Decision, list[Line]]:
    """The paper, the decision it amends and its lines, as they were asked for."""
    given = change.arguments
    typed = {**given["paper"], "signed_on": date.fromisoformat(given["paper"]["signed_on"])}
    paper = Paper(**{**typed, "title": Title(typed["title"])})
    households = Household.objects.in_bulk([line["household"] for line in given["lines"]])
    lines = [
        Line(households[said["household"]], **{key: value for key, value in said.items() if key != "household"})
        for said in given["lines"]
    ]
    return paper, Decision.objects.get(pk=given["amends"]), lines


def carry_out_revocation(change: SensitiveChange) -> Decision:
    """Enter the decision in the name of its typist; called by `approvals` once a second person agreed."""
    paper, amends, lines = revocation_of(change)
    return revoke_recognitions(paper=paper, amends=amends, lines=lines, by=change.asked_by)


def _said(line: Line) -> dict[str, str]:
    return {
        "name_on_paper": line.name_on_paper,
        "village_on_paper": line.village_on_paper,
        "reason": line.reason,
    }
