"""A workbook enters the register as one batch, and leaves it as one (row R7)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.codes import numbered_code
from portal.core.models import User
from portal.households.enums import Channel, EventKind
from portal.households.models import DistinctPair, Household, HouseholdEvent, ImportBatch, ProgressCourse, Residence
from portal.households.models.household import CODE_PREFIX
from portal.households.selectors.import_plan import ImportPlan
from portal.households.services.numbering import next_numbers
from portal.households.services.progress import refresh_progress

TEXTS = ("nickname", "neighbour_hint", "phone")
DERIVED = ("head_name", "nickname", "sort_key", "search_text")
#: What every household has from its first day on, or what says nothing about it.
OWN = (Household, HouseholdEvent, Residence, DistinctPair, ProgressCourse)


class ImportRefused(Exception):
    """The batch cannot be brought in or taken back; the message is what the clerk reads."""


def import_households(*, plan: ImportPlan, file_name: str, trial: UUID, by: User) -> ImportBatch:
    """Write the plan, all of it or nothing; the same trial confirmed again gives the batch that there is."""
    if not plan.new and not plan.changed:
        raise ImportRefused("Bảng này giống hệt sổ, không có gì để ghi.")
    try:
        return _write(plan, file_name, trial, by)
    except IntegrityError:
        written = ImportBatch.objects.filter(trial=trial).first()
        if written is None:
            raise
        return written


@transaction.atomic
def _write(plan: ImportPlan, file_name: str, trial: UUID, by: User) -> ImportBatch:
    batch = ImportBatch.objects.create(
        file_name=file_name[:200], row_count=len(plan.new) + len(plan.changed), imported_by=by, trial=trial
    )
    _add(plan.new, batch, by)
    for household, changes in plan.changed:
        batch.before[str(household.pk)] = {name: getattr(household, name) for name in changes}
    batch.save(update_fields=["before"])
    _change(plan.changed, batch, by)
    record("import.write", by=by, subject=f"lô {batch.pk}", data={"new": len(plan.new), "changed": len(plan.changed)})
    return batch


def _change(changed: Iterable[tuple[Household, Mapping[str, Any]]], batch: ImportBatch, by: User) -> None:
    """Set the values; each household's history names the batch and the fields."""
    households, fields = [], set(DERIVED)
    for household, changes in changed:
        for name, value in changes.items():
            setattr(household, name, value)
        household.derive()
        households.append((household, sorted(changes)))
        fields |= set(changes)
    Household.objects.bulk_update([household for household, _names in households], sorted(fields), batch_size=100)
    _note(households, EventKind.CORRECTED, batch, by)
    refresh_progress(*(household for household, _names in households))


def _note(households: Iterable[tuple[Household, list[str]]], kind: EventKind, batch: ImportBatch, by: User) -> None:
    today = timezone.localdate()
    HouseholdEvent.objects.bulk_create(
        [
            HouseholdEvent(
                household=household,
                kind=kind,
                happened_on=today,
                recorded_by=by,
                details={"batch": batch.pk, **({"fields": names} if names else {})},
            )
            for household, names in households
        ],
        batch_size=500,
    )


def _add(rows: list[dict[str, Any]], batch: ImportBatch, by: User) -> None:
    """In bulk: a commune's 2,500 households in seconds, each with its event and its place."""
    today, households = timezone.localdate(), []
    for number, values in zip(next_numbers("household", len(rows)), rows, strict=True):
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
    Household.objects.filter(batch=batch).update(root=models.F("pk"))
    Residence.objects.bulk_create(
        [Residence(household=item, village_id=item.village_id, valid_from=today) for item in made], batch_size=500
    )
    _note([(item, []) for item in made], EventKind.LISTED, batch, by)
    refresh_progress(*made)


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Take a batch back: what it added leaves the register on every date, what it changed is as before."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.undone_at is not None:
        raise ImportRefused("Lô này đã hoàn tác rồi.")
    # By their keys, not by a query inside a query: right after a large batch the database misjudges such a join.
    rows = Household.objects.select_for_update(of=("self",), no_key=True)
    added = list(rows.filter(batch=locked).values_list("pk", flat=True))
    changed = list(rows.filter(pk__in=list(map(int, locked.before))))
    _refuse_if_life_went_on(locked, added, [household.pk for household in changed])
    # Out on the very day it came in: it counts on no date. The code stays taken for ever.
    day = timezone.localtime(locked.imported_at).date()
    Residence.objects.filter(household__in=added, valid_to=None).update(valid_to=day)
    Household.objects.filter(pk__in=added).update(listed_to=day)
    _change([(household, locked.before[str(household.pk)]) for household in changed], locked, by)
    locked.undone_at, locked.undone_by = timezone.now(), by
    locked.save(update_fields=["undone_at", "undone_by"])
    record("import.undo", by=by, subject=f"lô {locked.pk}")
    refresh_progress(*Household.objects.filter(batch=locked))
    return locked


def _refuse_if_life_went_on(batch: ImportBatch, added: list[int], changed: list[int]) -> None:
    """Whatever happened to these households since would be lost or would hang in the air."""
    foreign = models.Q(details__batch__isnull=True) | ~models.Q(details__batch=batch.pk)
    later = HouseholdEvent.objects.filter(foreign).select_related("household")
    event = later.filter(household__in=added).first()
    event = event or later.filter(household__in=changed, recorded_at__gt=batch.imported_at).first()
    if event is not None:
        what = f"{event.get_kind_display()} ngày {event.happened_on:%d/%m/%Y}"
        raise ImportRefused(f"Hộ {event.household.code} đã có thay đổi sau lô này: {what}. Không hoàn tác cả lô được.")
    for relation in Household._meta.related_objects:
        if relation.related_model in OWN:
            continue
        name = relation.field.name
        fact = relation.related_model._default_manager.filter(**{f"{name}__in": added}).select_related(name).first()
        if fact is not None:
            label = relation.related_model._meta.verbose_name
            raise ImportRefused(f"Hộ {getattr(fact, name).code} trong lô đã có {label}. Không hoàn tác cả lô được.")
