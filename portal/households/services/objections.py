"""Somebody asks again about a list or a result; answered with a reason before a day (row F9)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import EDITABLE_PROPOSAL_STATES
from portal.households.models import Household, Objection, Proposal
from portal.households.selectors.rules import register_rules
from portal.households.services.proposals import editable_proposal

#: So many questions of one family wait at a time.
MAX_OPEN = 3


class ObjectionRefused(Exception):
    """The question or its answer cannot be noted; the message says why."""


@transaction.atomic
def note_objection(*, proposal: Proposal, asked_by: str, text: str, by: User) -> Objection:
    """Somebody asks again while the list is still the village's; it is not sent before an answer."""
    return _note(proposal=editable_proposal(proposal), household=None, asked_by=asked_by, text=text, by=by)


@transaction.atomic
def ask_about_result(*, household: Household, asked_by: str, text: str, by: User | None) -> Objection:
    """A family asks again, itself or through the office; the same question that still waits is one question.

    While the village's list hangs on the board the village answers, and cannot send it before; otherwise the office.
    """
    # The household's row is the lock: two taps on the button wait for each other.
    root = Household.objects.select_for_update(of=("self",), no_key=True).get(pk=household.root_id or household.pk)
    waiting = list(Objection.objects.filter(household__root=root, answered_at=None))
    for known in waiting:
        if known.text == text:
            return known
    if len(waiting) >= MAX_OPEN:
        raise ObjectionRefused(f"Gia đình đang có {MAX_OPEN} câu hỏi chờ trả lời. Xin đợi xã trả lời rồi hỏi tiếp.")
    return _note(proposal=_list_on_the_board(root), household=root, asked_by=asked_by, text=text, by=by)


@transaction.atomic
def answer_objection(*, objection: Objection, answer: str, by: User) -> Objection:
    """Answer with a reason."""
    if not answer.strip():
        raise ObjectionRefused("Xin ghi câu trả lời và lý do.")
    locked = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if locked.answered_at is not None:
        raise ObjectionRefused("Câu hỏi này đã có người trả lời rồi.")
    locked.answer, locked.answered_at, locked.answered_by = answer, timezone.now(), by
    locked.save()
    record("objection.answer", by=by, subject=str(locked.pk))
    return locked


def _note(
    *, proposal: Proposal | None, household: Household | None, asked_by: str, text: str, by: User | None
) -> Objection:
    today = timezone.localdate()
    objection = Objection.objects.create(
        proposal=proposal,
        household=household,
        asked_by=asked_by,
        text=text,
        received_on=today,
        answer_by=today + timedelta(days=register_rules().objection_days),
    )
    data = {"proposal": proposal.pk} if proposal else {}
    record("objection.note", by=by, subject=household.code if household else str(objection.pk), data=data)
    return objection


def _list_on_the_board(root: Household) -> Proposal | None:
    posted = Proposal.objects.filter(
        village=root.village_id, state__in=EDITABLE_PROPOSAL_STATES, posted_from__isnull=False
    )
    return posted.order_by("-posted_from", "-pk").first()
