"""Two entries that are one family become one; for a year the merge can be undone to the letter.

Nothing is moved: facts stay where they were recorded and are read through `Household.root`. Undoing sets pointers
back, so whatever was written meanwhile to either code is with the right one again.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.households.enums import EventKind
from portal.households.models import DistinctPair, Household, HouseholdEvent, Merge
from portal.households.selectors.rules import register_rules
from portal.households.selectors.standing import refresh_standing
from portal.households.services.capable import refresh_capable
from portal.households.services.help_requests import refresh_waiting
from portal.households.services.progress import refresh_progress_of


class MergeRefused(Exception):
    """These two cannot be merged, or this merge not undone; the message is what the clerk reads."""


@transaction.atomic
def merge_households(*, survivor: Household, absorbed: Household, by: User) -> Merge:
    """`absorbed` leads to `survivor` from now on, by every code and on every page."""
    pair = _locked_pair(survivor.pk, absorbed.pk)
    kept, gone = pair[survivor.pk], pair[absorbed.pk]
    if kept.survivor_id is not None or gone.survivor_id is not None:
        raise MergeRefused("Một trong hai hộ đã gộp vào hộ khác rồi.")
    if kept.listed_to is not None:
        raise MergeRefused("Hộ giữ lại đã thôi ở sổ.")
    gone.survivor = kept
    gone.save(update_fields=["survivor"])
    Household.objects.filter(root=gone).update(root=kept)
    merge = Merge.objects.create(survivor=kept, absorbed=gone, merged_by=by)
    today = timezone.localdate()
    HouseholdEvent.objects.create(
        household=gone, kind=EventKind.MERGED, happened_on=today, recorded_by=by, details={"into": kept.code}
    )
    record("household.merge", by=by, subject=gone.code, data={"into": kept.code})
    _refresh(kept.pk, gone.pk)
    forget_pages()
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: User) -> Merge:
    """Two again, as they were, with what each received meanwhile."""
    locked = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if locked.undone_at is not None:
        raise MergeRefused("Lần gộp này đã gỡ rồi.")
    days = register_rules().merge_undo_days
    if timezone.now() > locked.merged_at + timedelta(days=days):
        raise MergeRefused(f"Đã quá {days} ngày, không gỡ được nữa.")
    gone = Household.objects.select_for_update(of=("self",), no_key=True).get(pk=locked.absorbed_id)
    kept_root = gone.root_id
    gone.survivor = None
    gone.save(update_fields=["survivor"])
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save(update_fields=["undone_at", "undone_by"])
    HouseholdEvent.objects.create(
        household=gone, kind=EventKind.UNMERGED, happened_on=timezone.localdate(), recorded_by=by, details={}
    )
    Household.objects.filter(pk__in=_with_all_absorbed(gone.pk)).update(root=gone)
    record("household.unmerge", by=by, subject=gone.code)
    _refresh(kept_root or gone.pk, gone.pk)
    forget_pages()
    return locked


@transaction.atomic
def mark_distinct(*, first: Household, second: Household, by: User) -> DistinctPair:
    """Remember that these two are two; nobody is asked again."""
    low, high = sorted((first, second), key=lambda household: household.pk)
    pair, _created = DistinctPair.objects.get_or_create(first=low, second=high, defaults={"said_by": by})
    record("household.distinct", by=by, subject=low.code, data={"other": high.code})
    return pair


def _refresh(*keys: int) -> None:
    """All that is derived, for households that now are one, or two again."""
    households = list(Household.objects.filter(pk__in=keys))
    for household in households:
        refresh_standing(household)
        refresh_capable(household)
        refresh_waiting(household)
    refresh_progress_of(keys)


def _locked_pair(first: int, second: int) -> dict[int, Household]:
    if first == second:
        raise MergeRefused("Một hộ không gộp vào chính nó.")
    rows = Household.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[first, second]).order_by("pk")
    return {row.pk: row for row in rows}


def _with_all_absorbed(root: int) -> list[int]:
    """The household and all that lead to it, by any number of merges."""
    found, edge = [root], [root]
    while edge:
        edge = list(Household.objects.filter(survivor__in=edge).values_list("pk", flat=True))
        found += edge
    return found
