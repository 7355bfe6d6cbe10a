"""Versions of the criteria: drafted, tried, and put in force once."""

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.models import CriteriaSet
from portal.households.selectors.standing import refresh_all_standings


class CriteriaSetRefused(Exception):
    """The set cannot be put in force; the message is what the clerk reads."""


@transaction.atomic
def activate_criteria_set(*, criteria_set: CriteriaSet, by: User) -> CriteriaSet:
    """Put a draft in force from its first day; afterwards it is not changed any more."""
    locked = CriteriaSet.objects.select_for_update(of=("self",)).get(pk=criteria_set.pk)
    if not locked.is_draft:
        raise CriteriaSetRefused("Bộ tiêu chí này đã áp dụng rồi.")
    count = locked.criteria.count()
    if not count:
        raise CriteriaSetRefused("Bộ tiêu chí chưa có tiêu chí nào.")
    if locked.pass_minimum is not None and not 1 <= locked.pass_minimum <= count:
        raise CriteriaSetRefused(f"Phải đạt từ 1 đến {count} tiêu chí.")
    locked.activated_at, locked.activated_by = timezone.now(), by
    locked.save(update_fields=["activated_at", "activated_by"])
    record("criteria.activate", by=by, subject=str(locked.pk), data={"name": locked.name})
    refresh_all_standings()
    return locked
