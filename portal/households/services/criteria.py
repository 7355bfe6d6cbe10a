"""Versions of the criteria: drafted, tried, and put in force once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.models import CriteriaSet, Criterion, SensitiveChange
from portal.households.selectors.standing import refresh_all_standings
from portal.households.services.progress import refresh_all_progress

#: What a draft takes over from the set that it starts from, criterion by criterion.
COPIED = ("position", "key", "name", "sentence", "plan_wording", "question", "offer", "is_mandatory", "uses")


class CriteriaSetRefused(Exception):
    """The set cannot be changed or put in force; the message is what the clerk reads."""


@transaction.atomic
def draft_criteria_set(*, source: CriteriaSet, name: str, legal_basis: str, valid_from: date, by: User) -> CriteriaSet:
    """A new draft that begins as a copy; the source stays as it is."""
    draft = CriteriaSet.objects.create(
        name=name, legal_basis=legal_basis, valid_from=valid_from, pass_minimum=source.pass_minimum
    )
    for criterion in source.criteria.all():
        Criterion.objects.create(criteria_set=draft, **{field: getattr(criterion, field) for field in COPIED})
    record("criteria.draft", by=by, subject=str(draft.pk), data={"source": source.pk})
    return draft


@transaction.atomic
def edit_criteria_set(*, criteria_set: CriteriaSet, changes: Mapping[str, Any], by: User) -> CriteriaSet:
    """Name, legal basis, first day and pass rule of a draft."""
    locked = _locked_draft(criteria_set)
    for name in ("name", "legal_basis", "valid_from", "pass_minimum"):
        setattr(locked, name, changes[name])
    locked.save()
    record("criteria.edit", by=by, subject=str(locked.pk))
    return locked


@transaction.atomic
def write_criterion(*, criteria_set: CriteriaSet, key: str, changes: Mapping[str, Any], by: User) -> Criterion:
    """Change a criterion of a draft, or add one under a key that the draft does not have yet."""
    locked = _locked_draft(criteria_set)
    criterion = locked.criteria.filter(key=key).first() or Criterion(criteria_set=locked, key=key)
    for name in COPIED:
        if name in changes:
            setattr(criterion, name, changes[name])
    criterion.save()
    record("criteria.edit", by=by, subject=str(locked.pk), data={"criterion": key})
    return criterion


@transaction.atomic
def drop_criterion(*, criteria_set: CriteriaSet, key: str, by: User) -> None:
    """Take a criterion out of a draft."""
    locked = _locked_draft(criteria_set)
    locked.criteria.filter(key=key).delete()
    record("criteria.edit", by=by, subject=str(locked.pk), data={"dropped": key})


@transaction.atomic
def activate_criteria_set(*, criteria_set: CriteriaSet, by: User) -> CriteriaSet:
    """Put a draft in force from its first day; afterwards it is not changed any more."""
    locked = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)
    check_can_activate(locked)
    locked.activated_at, locked.activated_by = timezone.now(), by
    locked.save(update_fields=["activated_at", "activated_by"])
    record("criteria.activate", by=by, subject=str(locked.pk), data={"name": locked.name})
    refresh_all_standings()
    refresh_all_progress()
    return locked


def check_can_activate(criteria_set: CriteriaSet) -> None:
    """Refuse a set that is no draft, has no criteria, a rule that cannot be met, or a first day that has passed."""
    if not criteria_set.is_draft:
        raise CriteriaSetRefused("Bộ tiêu chí này đã áp dụng rồi.")
    mandatory = list(criteria_set.criteria.values_list("is_mandatory", flat=True))
    if not mandatory:
        raise CriteriaSetRefused("Bộ tiêu chí chưa có tiêu chí nào.")
    minimum = criteria_set.pass_minimum
    if minimum is not None and not max(1, sum(mandatory)) <= minimum <= len(mandatory):
        raise CriteriaSetRefused(
            f"Phải đạt từ {max(1, sum(mandatory))} đến {len(mandatory)} tiêu chí; ô “đạt ít nhất” đang là {minimum}."
        )
    # A rule that began yesterday would change what was true yesterday.
    if criteria_set.valid_from < timezone.localdate():
        raise CriteriaSetRefused("Ngày áp dụng đã qua. Xin chọn từ hôm nay trở đi.")


def is_waiting(criteria_set: CriteriaSet) -> bool:
    """Whether somebody asked to put this draft in force and nobody has answered yet."""
    rows = SensitiveChange.objects.filter(kind=SensitiveChange.Kind.ACTIVATE_CRITERIA, decided_at=None)
    return any(row.arguments["criteria_set"] == criteria_set.pk for row in rows)


def _locked_draft(criteria_set: CriteriaSet) -> CriteriaSet:
    locked = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)
    if not locked.is_draft:
        raise CriteriaSetRefused("Bộ tiêu chí đã áp dụng thì không sửa nữa. Xin lập bản nháp mới từ bộ này.")
    if is_waiting(locked):
        raise CriteriaSetRefused("Bản nháp này đang chờ duyệt, không sửa được lúc này.")
    return locked
