"""Decisions as typed in from the signed paper. Nothing here edits a decision: a later one amends or revokes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.households.enums import DecisionKind, ProposalState, Title
from portal.households.models import Decision, DecisionEntry, Household, Proposal
from portal.households.services.certificates import end_certificates, issue_certificate
from portal.households.services.proposals import mark_decided


class DecisionRefused(Exception):
    """The decision cannot be entered as typed; the message is what the clerk reads."""


@dataclass(frozen=True)
class Paper:
    """What stands on the signed paper (invariant 10: typed in, never made up)."""

    number: str
    signed_on: date
    signer_name: str
    signer_role: str
    legal_bases: str
    title: Title
    year: int
    scan: str = ""


@dataclass(frozen=True)
class Line:
    """One household on the paper's list."""

    household: Household
    name_on_paper: str
    village_on_paper: str
    reason: str = ""


@transaction.atomic
def recognise_households(*, paper: Paper, proposals: Sequence[Proposal], by: User) -> Decision:
    """Enter a decision of recognition over accepted lists; certificates follow for every line."""
    if any(proposal.state != ProposalState.ACCEPTED for proposal in proposals):
        raise DecisionRefused("Chỉ ra quyết định trên danh sách mà xã đã nhận.")
    if any((proposal.title, proposal.year) != (paper.title, paper.year) for proposal in proposals):
        raise DecisionRefused("Danh sách và quyết định phải cùng danh hiệu, cùng năm.")
    candidates = [
        candidate.household
        for proposal in sorted(proposals, key=lambda item: (item.village.number, item.pk))
        for candidate in proposal.candidates.select_related("household__village", "household__root__village").order_by(
            "household__sort_key"
        )
        if candidate.household.root is not None
    ]
    lines = [Line(household, household.head_name, household.village.name) for household in candidates]
    decision = _enter(paper, DecisionKind.RECOGNISE, lines, by)
    decision.proposals.set(proposals)
    mark_decided(proposals=list(proposals))
    for entry in decision.entries.select_related("household"):
        issue_certificate(entry=entry, title=paper.title, year=paper.year, by=by)
    return decision


@transaction.atomic
def revoke_recognitions(*, paper: Paper, amends: Decision, lines: Sequence[Line], by: User) -> Decision:
    """A further decision that takes titles back; the certificates end with it."""
    decision = _enter(paper, DecisionKind.REVOKE, lines, by, amends=amends)
    for entry in decision.entries.select_related("household"):
        end_certificates(household=entry.household, title=paper.title, year=paper.year, reason=entry.reason, by=by)
    return decision


@transaction.atomic
def correct_decision(*, paper: Paper, amends: Decision, lines: Sequence[Line], by: User) -> Decision:
    """A further decision that puts a name or village right; the old certificate is replaced."""
    decision = _enter(paper, DecisionKind.CORRECT, lines, by, amends=amends)
    for entry in decision.entries.select_related("household"):
        issue_certificate(entry=entry, title=paper.title, year=paper.year, by=by)
    return decision


def list_digest(lines: Sequence[tuple[int, str, str, str]]) -> str:
    """SHA-256 of (position, household code, name, village) as decided."""
    return sha256(json.dumps([list(line) for line in lines], ensure_ascii=False).encode()).hexdigest()


def digest_still_fits(decision: Decision) -> bool:
    """Whether the stored list is the one that was decided."""
    rows = decision.entries.order_by("position").values_list(
        "position", "household__code", "name_on_paper", "village_on_paper"
    )
    return list_digest(list(rows)) == decision.list_digest


def _enter(
    paper: Paper, kind: DecisionKind, lines: Sequence[Line], by: User, *, amends: Decision | None = None
) -> Decision:
    if not lines:
        raise DecisionRefused("Quyết định chưa có hộ nào.")
    if kind != DecisionKind.RECOGNISE and any(not line.reason.strip() for line in lines):
        raise DecisionRefused("Đính chính hay thu hồi thì mỗi hộ phải có lý do.")
    if Decision.objects.filter(number=paper.number, year=paper.year).exists():
        raise DecisionRefused(f"Số {paper.number} năm {paper.year} đã nhập rồi.")
    rows = [
        (position, line.household.code, line.name_on_paper, line.village_on_paper)
        for position, line in enumerate(lines, start=1)
    ]
    decision = Decision(
        kind=kind,
        title=paper.title,
        year=paper.year,
        number=paper.number,
        signed_on=paper.signed_on,
        signer_name=paper.signer_name,
        signer_role=paper.signer_role,
        legal_bases=paper.legal_bases,
        scan=paper.scan,
        amends=amends,
        list_digest=list_digest(rows),
        entered_by=by,
    )
    decision.save()
    for (position, _code, name, village), line in zip(rows, lines, strict=True):
        DecisionEntry(
            decision=decision,
            household=line.household,
            position=position,
            action=kind,
            name_on_paper=name,
            village_on_paper=village,
            reason=line.reason,
        ).save()
    record("decision.enter", by=by, subject=paper.number, data={"kind": kind, "households": len(lines)})
    forget_pages()
    return decision
