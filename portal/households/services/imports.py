"""A workbook enters the register as one batch, and leaves it as one (row R7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.codes import numbered_code
from portal.core.models import User
from portal.households.enums import Channel, EventKind
from portal.households.exchange.reading import SheetRow
from portal.households.models import Counter, Household, HouseholdEvent, ImportBatch, Residence, Visit
from portal.households.models.household import CODE_PREFIX
from portal.households.services.progress import refresh_progress

#: Columns that a sheet may fill; codes and dates are the register's own.
PLAIN = ("head_name", "nickname", "neighbour_hint", "head_birth_year", "member_count", "phone")
TEXTS = ("nickname", "neighbour_hint", "phone")


class ImportRefused(Exception):
    """The batch cannot be brought in or taken back; the message is what the clerk reads."""


@dataclass(frozen=True)
class ImportPlan:
    """What a sheet would do: rows to add, households to change with their new values, rows that change nothing."""

    new: list[dict[str, Any]]
    changed: list[tuple[Household, dict[str, Any]]]
    same_count: int
    unknown_codes: list[tuple[int, str]]


def plan_import(rows: Iterable[SheetRow]) -> ImportPlan:
    """Compare with the register in two queries. Writes nothing."""
    rows = list(rows)
    codes = [row.values["code"] for row in rows if row.values.get("code")]
    known = {household.code: household for household in Household.objects.listed().filter(code__in=codes)}
    plan = ImportPlan([], [], 0, [])
    same = 0
    for row in rows:
        code = row.values.get("code")
        values = {name: row.values[name] for name in (*PLAIN, "village") if name in row.values}
        if not code:
            plan.new.append(values)
        elif code not in known:
            plan.unknown_codes.append((row.number, code))
        else:
            changes = _changes(known[code], values)
            if changes:
                plan.changed.append((known[code], changes))
            else:
                same += 1
    return ImportPlan(plan.new, plan.changed, same, plan.unknown_codes)


def _changes(household: Household, values: dict[str, Any]) -> dict[str, Any]:
    changes = {name: value for name, value in values.items() if name in PLAIN and getattr(household, name) != value}
    if values.get("village") not in {None, household.village_id}:
        raise ImportRefused(
            f"Hộ {household.code} trong bảng ở thôn khác. Chuyển thôn thì làm ở trang của hộ, để giữ ngày chuyển."
        )
    return changes


@transaction.atomic
def import_households(*, plan: ImportPlan, file_name: str, by: User) -> ImportBatch:
    """Write the plan: all of it, or nothing."""
    if plan.unknown_codes:
        raise ImportRefused("Bảng có mã hộ không có trong sổ.")
    if not plan.new and not plan.changed:
        raise ImportRefused("Bảng này giống hệt sổ, không có gì để ghi.")
    batch = ImportBatch.objects.create(
        file_name=file_name[:200], row_count=len(plan.new) + len(plan.changed), imported_by=by
    )
    _add(plan.new, batch, by)
    for household, changes in plan.changed:
        batch.before[str(household.pk)] = {name: getattr(household, name) for name in changes}
        _set(household, changes)
    batch.save(update_fields=["before"])
    record("import.write", by=by, subject=f"lô {batch.pk}", data={"new": len(plan.new), "changed": len(plan.changed)})
    return batch


def _set(household: Household, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(household, name, value)
    household.derive()
    household.save()


def _add(rows: list[dict[str, Any]], batch: ImportBatch, by: User) -> None:
    """In bulk: a commune's 2,500 households in seconds, each with its event and its place."""
    first, today = _take_numbers(len(rows)), timezone.localdate()
    households = []
    for number, values in enumerate(rows, start=first):
        given = {**dict.fromkeys(TEXTS, ""), **values}
        household = Household(
            number=number,
            code=numbered_code(CODE_PREFIX, number),
            village_id=given.pop("village"),
            listed_from=today,
            channel=Channel.IMPORT,
            batch=batch,
            **given,
        )
        household.derive()
        households.append(household)
    made = Household.objects.bulk_create(households, batch_size=500)
    for household in made:
        household.root_id = household.pk
    Household.objects.bulk_update(made, ["root"], batch_size=500)
    Residence.objects.bulk_create(
        [Residence(household=item, village_id=item.village_id, valid_from=today) for item in made], batch_size=500
    )
    HouseholdEvent.objects.bulk_create(
        [
            HouseholdEvent(
                household=item, kind=EventKind.LISTED, happened_on=today, recorded_by=by, details={"batch": batch.pk}
            )
            for item in made
        ],
        batch_size=500,
    )
    refresh_progress(*made)


def _take_numbers(count: int) -> int:
    """Reserve so many running numbers at once; returns the first."""
    Counter.objects.get_or_create(name="household")
    counter = Counter.objects.select_for_update().get(name="household")
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return first


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Take a batch back: what it added leaves the register on every date, what it changed is as before."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.undone_at is not None:
        raise ImportRefused("Lô này đã hoàn tác rồi.")
    added = Household.objects.select_for_update(of=("self",)).filter(batch=locked)
    if Visit.objects.filter(household__root__in=added).exists():
        raise ImportRefused("Có hộ trong lô đã được tổ đến thăm, nên không hoàn tác cả lô được.")
    # Out on the very day it came in: it counts on no date. The code stays taken for ever.
    added.update(listed_to=timezone.localtime(locked.imported_at).date())
    Residence.objects.filter(household__batch=locked, valid_to=None).update(
        valid_to=timezone.localtime(locked.imported_at).date()
    )
    for household in Household.objects.filter(pk__in=[int(key) for key in locked.before]):
        _set(household, locked.before[str(household.pk)])
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save(update_fields=["undone_at", "undone_by"])
    record("import.undo", by=by, subject=f"lô {locked.pk}")
    refresh_progress(*Household.objects.filter(batch=locked))
    return locked
