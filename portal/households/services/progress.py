"""The stored counts of progress follow the facts in the saving transaction, and can be made anew at any time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.db import transaction

from portal.core.audit import hold_log
from portal.households.models import Household, ProgressCount, ProgressCourse, ProgressCutoff
from portal.households.progress.counting import Changes, changes_of, course_of, without_zeros
from portal.households.progress.courses import pack, pack_deeds, unpack, unpack_deeds
from portal.households.progress.deeds import deeds_of
from portal.households.selectors.measures import counted_of_households
from portal.households.selectors.periods import cutoff_day
from portal.households.selectors.progress_facts import criteria_facts, household_facts
from portal.households.selectors.tallies import kept_cutoff

#: Households whose histories are read at once.
CHUNK = 500


#: Households whose counts follow at the end of a whole lot of changes; None outside of one.
_at_the_end: ContextVar[set[int] | None] = ContextVar("at_the_end", default=None)


@contextmanager
def counted_at_once() -> Iterator[None]:
    """Many changes in one transaction, whose counts follow together at its end."""
    with transaction.atomic():
        keys: set[int] = set()
        token = _at_the_end.set(keys)
        try:
            yield
        finally:
            _at_the_end.reset(token)
        refresh_progress_of(keys)


def refresh_progress(*households: Household) -> None:
    """Bring along what the counts say of these households; call it after every change of their facts."""
    keys = {household.root_id or household.pk for household in households}
    waiting = _at_the_end.get()
    if waiting is None:
        refresh_progress_of(keys)
    else:
        waiting.update(keys)


# No savepoint: nobody goes on in a transaction whose counts could not follow.
@transaction.atomic(savepoint=False)
def refresh_progress_of(keys: Iterable[int]) -> bool:
    """The same for households by primary key, merged ones included; whether anything changed.

    Takes its turn behind every other writer first: two visits to one family at one instant both count.
    """
    hold_log()
    counted, criteria, cutoff = counted_of_households(), criteria_facts(), _cutoff_of_counts()
    changes: Changes = Counter()
    for part in _parts(sorted(set(keys))):
        stored = {row.pk: row for row in ProgressCourse.objects.filter(pk__in=part)}
        facts = {one.root: one for one in household_facts(part)}
        fresh = []
        for key in part:
            before = stored.get(key) or ProgressCourse(household_id=key)
            course = course_of(facts[key], counted, criteria) if key in facts else []
            deeds = deeds_of(facts[key], cutoff) if key in facts else Counter()
            now = ProgressCourse(household_id=key, steps=pack(course), deeds=pack_deeds(deeds))
            if key not in stored or (before.steps, before.deeds) != (now.steps, now.deeds):
                changes.subtract(changes_of(unpack(before.steps)))
                changes.subtract(unpack_deeds(before.deeds))
                changes.update(changes_of(course))
                changes.update(deeds)
                fresh.append(now)
        ProgressCourse.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["household"],
            update_fields=["steps", "deeds"],
            batch_size=CHUNK,
        )
    return _add(without_zeros(changes))


@transaction.atomic
def refresh_all_progress() -> None:
    """Bring along all households: what is counted, or the rule that it is judged by, has changed."""
    for part in _parts(list(Household.objects.order_by("pk").values_list("pk", flat=True))):
        refresh_progress_of(part)


@transaction.atomic
def rebuild_progress() -> tuple[int, int]:
    """Make all courses and counts anew from the facts; (counts that were wrong, households)."""
    hold_log()
    before = _stored()
    ProgressCourse.objects.all().delete()
    ProgressCount.objects.all().delete()
    ProgressCutoff.objects.all().delete()
    refresh_all_progress()
    now = _stored()
    return sum(before.get(key) != now.get(key) for key in before | now), ProgressCourse.objects.count()


def _cutoff_of_counts() -> int:
    """That of the first count holds until all is counted anew; a page that needs another one counts for itself."""
    kept = kept_cutoff()
    if kept is None:
        kept = cutoff_day()
        # What was counted before tallies were kept has none: only a count of all may say that they are whole.
        if not ProgressCourse.objects.exists():
            ProgressCutoff.objects.create(day=kept)
    return kept


def _parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _stored() -> dict[tuple[Any, ...], int]:
    rows = ProgressCount.objects.values_list("village", "day", "counted", "heap", "change")
    return {tuple(row[:4]): row[4] for row in rows}


def _add(changes: Changes) -> bool:
    """Add to the stored counts; what comes to nothing leaves the table."""
    rows: dict[Any, ProgressCount] = {
        (row.village_id, row.day, row.counted, row.heap): row for row in _touched(changes)
    }
    fresh: list[ProgressCount] = []
    changed: list[ProgressCount] = []
    gone: list[ProgressCount] = []
    for (village, day, key, heap), change in changes.items():
        row = rows.get((village, day, key, heap))
        if row is None:
            fresh.append(ProgressCount(village_id=village, day=day, counted=key, heap=str(heap), change=change))
        else:
            row.change += change
            (changed if row.change else gone).append(row)
    ProgressCount.objects.bulk_create(fresh, batch_size=CHUNK)
    ProgressCount.objects.bulk_update(changed, ["change"], batch_size=CHUNK)
    ProgressCount.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return bool(changes)


def _touched(changes: Changes) -> Iterator[ProgressCount]:
    days: dict[int, set[date]] = {}
    for village, day, _key, _heap in changes:
        days.setdefault(village, set()).add(day)
    for village, chosen in days.items():
        for part in _parts(sorted(chosen)):
            yield from ProgressCount.objects.filter(village=village, day__in=part)
