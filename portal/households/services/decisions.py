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
from portal.households.models import Candidate, Decision, DecisionEntry, Household, Proposal
from portal.households.selectors.honours import roots_in_force
from portal.households.services.certificates import end_certificates, issue_certificate, issue_certificates
from portal.households.services.progress import refresh_progress
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


def recognition_lines(*, paper: Paper, proposals: Sequence[Proposal]) -> list[Line]:
    """The list as it would be frozen, or why it cannot be."""
    if any(proposal.state != ProposalState.ACCEPTED for proposal in proposals):
        raise DecisionRefused("Chỉ ra quyết định trên danh sách mà xã đã nhận.")
    if any((proposal.title, proposal.year) != (paper.title, paper.year) for proposal in proposals):
        raise DecisionRefused("Danh sách và quyết định phải cùng danh hiệu, cùng năm.")
    lines = candidate_lines(proposals)
    standing = roots_in_force(year=paper.year, title=paper.title)
    already = sorted(line.household.code for line in lines if line.household.pk in standing)
    if already:
        raise DecisionRefused(f"Đã được công nhận danh hiệu này năm {paper.year} rồi: {', '.join(already)}.")
    return lines


def candidate_lines(proposals: Sequence[Proposal]) -> list[Line]:
    """Families of these lists: by village, then by given name, each once whatever was merged."""
    candidates = Candidate.objects.filter(proposal__in=proposals).select_related("household__root__village")
    roots = {candidate.household.root_id: candidate.household.root or candidate.household for candidate in candidates}
    in_order = sorted(roots.values(), key=lambda root: (root.village.number, root.village_id, root.sort_key, root.pk))
    return [Line(root, root.head_name, root.village.name) for root in in_order]


@transaction.atomic
def recognise_households(
    *, paper: Paper, proposals: Sequence[Proposal], by: User, expected_digest: str = ""
) -> Decision:
    """Enter a decision of recognition over accepted lists; certificates follow for every line.

    `expected_digest` is that of the list the clerk was shown; another list is not frozen in its place.
    """
    lines = recognition_lines(paper=paper, proposals=proposals)
    if expected_digest and digest_of(lines) != expected_digest:
        raise DecisionRefused("Danh sách vừa đổi sau khi xem lại. Xin xem lại lần nữa rồi ghi.")
    decision = _enter(paper, DecisionKind.RECOGNISE, lines, by)
    decision.proposals.set(proposals)
    mark_decided(proposals=list(proposals))
    entries = list(decision.entries.select_related("household").order_by("position"))
    issue_certificates(entries=entries, title=paper.title, year=paper.year, by=by)
    return decision


@transaction.atomic
def revoke_recognitions(*, paper: Paper, amends: Decision, lines: Sequence[Line], by: User) -> Decision:
    """A further decision that takes titles back; the certificates end with it."""
    check_amendment(paper=paper, amends=amends, lines=lines)
    decision = _enter(paper, DecisionKind.REVOKE, lines, by, amends=amends)
    for entry in decision.entries.select_related("household"):
        end_certificates(household=entry.household, title=paper.title, year=paper.year, reason=entry.reason, by=by)
    return decision


@transaction.atomic
def correct_decision(*, paper: Paper, amends: Decision, lines: Sequence[Line], by: User) -> Decision:
    """A further decision that puts a name or village right; the old certificate is replaced."""
    check_amendment(paper=paper, amends=amends, lines=lines)
    decision = _enter(paper, DecisionKind.CORRECT, lines, by, amends=amends)
    for entry in decision.entries.select_related("household"):
        issue_certificate(entry=entry, title=paper.title, year=paper.year, by=by)
    return decision


def check_amendment(*, paper: Paper, amends: Decision, lines: Sequence[Line]) -> None:
    """A further decision speaks of the same honour, of households that hold it, and says why."""
    if amends.kind != DecisionKind.RECOGNISE:
        raise DecisionRefused("Đính chính và thu hồi ghi cho quyết định công nhận.")
    if (paper.title, paper.year) != (amends.title, amends.year):
        raise DecisionRefused("Quyết định sau phải cùng danh hiệu, cùng năm với quyết định trước.")
    _check_paper(paper, DecisionKind.REVOKE, lines)
    decided = set(amends.entries.values_list("household__root_id", flat=True))
    standing = roots_in_force(year=paper.year, title=paper.title) & decided
    gone = sorted(line.household.code for line in lines if line.household.root_id not in standing)
    if gone:
        raise DecisionRefused(f"Không còn danh hiệu này theo quyết định {amends.number}: {', '.join(gone)}.")


def digest_of(lines: Sequence[Line]) -> str:
    """The digest that a decision over these lines will carry."""
    return list_digest(
        [
            (position, line.household.code, line.name_on_paper, line.village_on_paper)
            for position, line in enumerate(lines, start=1)
        ]
    )


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
    _check_paper(paper, kind, lines)
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
        list_digest=digest_of(lines),
        entered_by=by,
    )
    decision.save()
    DecisionEntry.objects.bulk_create(
        DecisionEntry(
            decision=decision,
            household=line.household,
            position=position,
            action=kind,
            name_on_paper=line.name_on_paper,
            village_on_paper=line.village_on_paper,
            reason=line.reason,
        )
        for position, line in enumerate(lines, start=1)
    )
    record("decision.enter", by=by, subject=paper.number, data={"kind": kind, "households": len(lines)})
    refresh_progress(*(line.household for line in lines))
    forget_pages()
    return decision


def _check_paper(paper: Paper, kind: DecisionKind, lines: Sequence[Line]) -> None:
    if not lines:
        raise DecisionRefused("Quyết định chưa có hộ nào.")
    if kind != DecisionKind.RECOGNISE and any(not line.reason.strip() for line in lines):
        raise DecisionRefused("Đính chính hay thu hồi thì mỗi hộ phải có lý do.")
    # Numbers restart every first of January, whatever year the honour is for.
    if Decision.objects.filter(signed_on__year=paper.signed_on.year, number=paper.number).exists():
        raise DecisionRefused(f"Số {paper.number} năm {paper.signed_on.year} đã nhập rồi.")
