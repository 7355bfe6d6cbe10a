"""A village's list on its way to the commune: drafted, submitted and locked, returned or accepted."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import EDITABLE_PROPOSAL_STATES, PROPOSAL_TRANSITIONS, Title
from portal.households.models import Candidate, Household, Proposal, Village
from portal.households.selectors.honours import roots_in_force
from portal.households.selectors.rules import register_rules
from portal.households.selectors.title_rules import title_rule, unmet_conditions
from portal.households.selectors.titles import households_to_propose

MINUTES_FIELDS = (
    "met_on", "met_at", "invited_count", "present_count", "for_count", "against_count", "chair_name", "secretary_name",
    "minutes_note", "posted_from", "posted_to", "posted_at",
)  # fmt: skip


class ProposalRefused(Exception):
    """The list cannot take this step; the message says what is missing."""


@transaction.atomic
def open_proposal(*, village: Village, title: Title, year: int, by: User) -> Proposal:
    """Begin a list."""
    proposal = Proposal.objects.create(village=village, title=title, year=year)
    record(
        "proposal.open", by=by, subject=str(proposal.pk), data={"village": village.name, "title": title, "year": year}
    )
    return proposal


@transaction.atomic
def add_candidate(*, proposal: Proposal, household: Household, by: User, exception_reason: str = "") -> Candidate:
    """Put a household on the list; one that does not meet the rule needs a reason (no step skipped in silence)."""
    locked = editable_proposal(proposal)
    root = household.root or household
    if root.village_id != locked.village_id:
        raise ProposalRefused("Hộ này không ở thôn của danh sách.")
    if root.pk in roots_in_force(year=locked.year, title=Title(locked.title)):
        raise ProposalRefused(f"Hộ này đã được công nhận danh hiệu này năm {locked.year} rồi.")
    unmet = unmet_conditions(root, title_rule(Title(locked.title), locked.year), locked.year)
    if unmet and not exception_reason.strip():
        raise ProposalRefused(f"Hộ này {'; '.join(unmet)}. Vẫn đề nghị thì xin ghi vì sao.")
    candidate, _created = Candidate.objects.update_or_create(
        proposal=locked, household=root, defaults={"exception_reason": exception_reason}
    )
    record("proposal.add", by=by, subject=root.code, data={"proposal": locked.pk})
    return candidate


@transaction.atomic
def add_passing_households(*, proposal: Proposal, by: User) -> int:
    """Put every family that meets the rule on the list, and return how many came to it."""
    locked = editable_proposal(proposal)
    if not title_rule(Title(locked.title), locked.year).is_told_by_visits:
        raise ProposalRefused("Danh hiệu này còn điều kiện khác, xin xem và thêm từng hộ.")
    families = list(households_to_propose(locked).filter(is_passing=True))
    Candidate.objects.bulk_create(Candidate(proposal=locked, household=family) for family in families)
    record("proposal.add", by=by, data={"proposal": locked.pk, "households": [family.code for family in families]})
    return len(families)


@transaction.atomic
def remove_candidate(*, candidate: Candidate, by: User) -> None:
    """Take a household off a list that is still being made."""
    locked = editable_proposal(candidate.proposal)
    record("proposal.remove", by=by, subject=candidate.household.code, data={"proposal": locked.pk})
    candidate.delete()


@transaction.atomic
def write_minutes(*, proposal: Proposal, minutes: Mapping[str, Any], by: User) -> Proposal:
    """What was said and counted at the meeting, and where the list hangs."""
    locked = editable_proposal(proposal)
    for name in MINUTES_FIELDS:
        if name in minutes:
            setattr(locked, name, minutes[name])
    locked.save()
    record("proposal.minutes", by=by, subject=str(locked.pk))
    return locked


@transaction.atomic
def submit_proposal(*, proposal: Proposal, by: User) -> Proposal:
    """Send the list to the commune; from here on the village cannot change it."""
    locked = _moved(proposal, "submit")
    missing = missing_before_submit(locked)
    if missing:
        raise ProposalRefused("Chưa gửi được. Còn thiếu: " + "; ".join(missing) + ".")
    locked.submitted_at, locked.submitted_by = timezone.now(), by
    locked.save()
    record("proposal.submit", by=by, subject=str(locked.pk), data={"candidates": locked.candidates.count()})
    return locked


def missing_before_submit(proposal: Proposal) -> list[str]:
    """What a list still lacks, in words."""
    checks = {
        "ít nhất một hộ": proposal.candidates.exists(),
        "ngày họp": proposal.met_on,
        "số người dự": proposal.present_count,
        "số người đồng ý": proposal.for_count is not None,
        "người chủ trì": proposal.chair_name,
        "thư ký": proposal.secretary_name,
        "ngày niêm yết": proposal.posted_from and proposal.posted_to,
    }
    missing = [words for words, is_there in checks.items() if not is_there]
    if proposal.posted_from and proposal.posted_to:
        days = (proposal.posted_to - proposal.posted_from).days + 1
        needed = register_rules().posting_days
        if days < needed:
            missing.append(f"niêm yết đủ {needed} ngày (mới {days})")
        elif proposal.posted_to >= timezone.localdate():
            missing.append(f"hết thời gian niêm yết ({proposal.posted_to:%d/%m/%Y})")
    most, size = title_rule(Title(proposal.title), proposal.year).most_per_village, proposal.candidates.count()
    if most is not None and size > most:
        missing.append(f"bớt còn nhiều nhất {most} hộ (đang {size})")
    if proposal.objections.filter(answered_at=None).exists():
        missing.append("trả lời các ý kiến hỏi lại")
    return missing


@transaction.atomic
def return_proposal(*, proposal: Proposal, note: str, by: User) -> Proposal:
    """Back to the village with a remark."""
    if not note.strip():
        raise ProposalRefused("Trả lại thì xin ghi cần sửa gì.")
    return _reviewed(proposal, "return", note, by)


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: User, note: str = "") -> Proposal:
    """Checked; it may go into a decision."""
    return _reviewed(proposal, "accept", note, by)


def _reviewed(proposal: Proposal, verb: str, note: str, by: User) -> Proposal:
    locked = _moved(proposal, verb)
    locked.review_note, locked.reviewed_at, locked.reviewed_by = note, timezone.now(), by
    locked.save()
    record(f"proposal.{verb}", by=by, subject=str(locked.pk))
    return locked


def _moved(proposal: Proposal, verb: str) -> Proposal:
    """The locked row in its next state, not yet saved."""
    locked = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    sources, target = PROPOSAL_TRANSITIONS[verb]
    if locked.state not in sources:
        raise ProposalRefused(f"Danh sách này đang ở bước “{locked.get_state_display()}”, không làm việc này được.")
    locked.state = target
    return locked


def editable_proposal(proposal: Proposal) -> Proposal:
    """The locked row of a list that is still the village's."""
    locked = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    if locked.state not in EDITABLE_PROPOSAL_STATES:
        raise ProposalRefused("Danh sách đã gửi xã, thôn không sửa được nữa.")
    return locked


def mark_decided(*, proposals: list[Proposal]) -> None:
    """Called by the decision that takes these lists up."""
    for proposal in proposals:
        _moved(proposal, "decide").save(update_fields=["state"])
