"""Changes that need two people (row R6): one asks, another one lets them through, and only then they happen."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import Title
from portal.households.models import CriteriaSet, Household, SensitiveChange, TitleRule
from portal.households.services.criteria import CriteriaSetRefused, activate_criteria_set
from portal.households.services.decisions import DecisionRefused
from portal.households.services.merging import MergeRefused, merge_households
from portal.households.services.revocations import carry_out_revocation
from portal.households.services.title_rules import TitleRuleRefused, check_can_set, set_title_rule

Kind = SensitiveChange.Kind


class ApprovalRefused(Exception):
    """This cannot be asked for or let through; the message is what the clerk reads."""


def ask_to_merge(*, survivor: Household, absorbed: Household, reason: str, by: User) -> SensitiveChange:
    """Ask to take `absorbed` into `survivor`."""
    return _ask(
        Kind.MERGE,
        {"survivor": survivor.pk, "absorbed": absorbed.pk},
        f"Gộp {absorbed.code} vào {survivor.code}",
        reason,
        by,
    )


def ask_to_activate(*, criteria_set: CriteriaSet, reason: str, by: User) -> SensitiveChange:
    """Ask to put a draft of the criteria in force."""
    summary = f"Áp dụng “{criteria_set.name}” từ {criteria_set.valid_from:%d/%m/%Y}"
    return _ask(Kind.ACTIVATE_CRITERIA, {"criteria_set": criteria_set.pk}, summary, reason, by)


def ask_to_set_title_rule(
    *, title: Title, year: int, values: Mapping[str, Any], reason: str, by: User
) -> SensitiveChange:
    """Ask for other conditions of a title in a year."""
    try:
        check_can_set(title, year)
    except TitleRuleRefused as refused:
        raise ApprovalRefused(str(refused)) from refused
    asked = TitleRule(title=title, year=year, **values)
    summary = f"Điều kiện “{title.label}” năm {year}: {' '.join(asked.sentences)}"[:250]
    return _ask(Kind.TITLE_RULE, {"title": title.value, "year": year, "values": dict(values)}, summary, reason, by)


@transaction.atomic
def decide_change(*, change: SensitiveChange, is_approved: bool, by: User) -> SensitiveChange:
    """Let it through, and it happens now; or not, and nothing happens. Never by the one who asked."""
    locked = SensitiveChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if locked.decided_at is not None:
        raise ApprovalRefused("Việc này đã có người duyệt rồi.")
    if locked.asked_by_id == by.pk:
        raise ApprovalRefused("Người đề nghị không tự duyệt được.")
    locked.decided_at, locked.decided_by, locked.is_approved = timezone.now(), by, is_approved
    locked.save(update_fields=["decided_at", "decided_by", "is_approved"])
    action = "approval.approve" if is_approved else "approval.refuse"
    record(action, by=by, subject=str(locked.pk), data={"kind": locked.kind})
    if is_approved:
        try:
            _carry_out(locked, by)
        except (MergeRefused, CriteriaSetRefused, DecisionRefused, TitleRuleRefused) as refused:
            raise ApprovalRefused(str(refused)) from refused
    return locked


@transaction.atomic
def _ask(kind: Kind, arguments: dict[str, Any], summary: str, reason: str, by: User) -> SensitiveChange:
    waiting = SensitiveChange.objects.filter(kind=kind, decided_at=None)
    if any(row.arguments == arguments for row in waiting):
        raise ApprovalRefused("Việc này đã có người đề nghị, đang chờ duyệt.")
    change = SensitiveChange.objects.create(kind=kind, arguments=arguments, summary=summary, reason=reason, asked_by=by)
    record("approval.ask", by=by, subject=str(change.pk), reason=reason, data={"kind": kind})
    return change


def _carry_out(change: SensitiveChange, by: User) -> None:
    match Kind(change.kind):
        case Kind.MERGE:
            _merge(change.arguments, by)
        case Kind.ACTIVATE_CRITERIA:
            _activate(change.arguments, by)
        case Kind.TITLE_RULE:
            given = change.arguments
            set_title_rule(title=Title(given["title"]), year=given["year"], values=given["values"], by=by)
        case Kind.REVOKE:
            carry_out_revocation(change)


def _merge(arguments: Mapping[str, Any], by: User) -> None:
    merge_households(
        survivor=Household.objects.get(pk=arguments["survivor"]),
        absorbed=Household.objects.get(pk=arguments["absorbed"]),
        by=by,
    )


def _activate(arguments: Mapping[str, Any], by: User) -> None:
    activate_criteria_set(criteria_set=CriteriaSet.objects.get(pk=arguments["criteria_set"]), by=by)
