"""Life of a household on the register: entering, changing, moving, splitting, leaving."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.codes import numbered_code
from portal.core.models import User
from portal.core.phones import read_phone
from portal.households.enums import Basis, CapableMember, Channel, EventKind
from portal.households.models import Household, HouseholdEvent, ImportBatch, Residence, Village
from portal.households.models.household import CODE_PREFIX
from portal.households.services.capable import state_capable_member
from portal.households.services.numbering import next_number
from portal.households.services.progress import refresh_progress
from portal.households.services.secret_numbers import digest_of_secret

#: What a clerk may change without an event of its own.
PLAIN_FIELDS = (
    "sort_name", "nickname", "neighbour_hint", "head_birth_year", "member_count", "phone", "phone_owner",
    "has_no_signal", "has_no_power", "has_hardship",
)  # fmt: skip
#: A name that was misspelt is put right like any detail; another person as head is an event (change_head).
CORRECTABLE_FIELDS = ("head_name", *PLAIN_FIELDS)

#: The same with what is dated by a statement of its own.
DETAIL_FIELDS = (*CORRECTABLE_FIELDS, "capable_member")


class HouseholdChangeRefused(Exception):
    """The change makes no sense for this household; the message is what the clerk reads."""


@transaction.atomic
def create_household(
    *,
    village: Village,
    head_name: str,
    details: Mapping[str, Any],
    listed_from: date,
    channel: Channel,
    by: User | None,
    batch: ImportBatch | None = None,
    secret: str = "",
) -> Household:
    """Enter a household and give it its code, which nothing will ever change, and its secret when it has one yet."""
    number = next_number("household")
    household = Household(
        number=number,
        code=numbered_code(CODE_PREFIX, number),
        village=village,
        head_name=head_name,
        listed_from=listed_from,
        channel=channel,
        batch=batch,
        **{name: details[name] for name in PLAIN_FIELDS if name in details},
    )
    household.phone = read_phone(household.phone)
    household.secret_digest = digest_of_secret(household.code, secret) if secret else ""
    household.derive()
    household.save()
    Household.objects.filter(pk=household.pk).update(root=household)
    household.root = household
    Residence.objects.create(household=household, village=village, valid_from=listed_from)
    _note(household, EventKind.LISTED, listed_from, by, {"village": village.pk, "channel": channel})
    record("household.create", by=by, subject=household.code, data={"channel": channel})
    who = CapableMember(details.get("capable_member") or CapableMember.UNKNOWN)
    if state_capable_member(household=household, who=who, said_on=listed_from, basis=Basis.TOLD, by=by):
        household.capable_member = who
    else:
        refresh_progress(household)
    return household


@transaction.atomic
def update_household(*, household: Household, changes: Mapping[str, Any], by: User) -> Household:
    """Correct plain details; names of fields that changed are logged, their personal values are not."""
    locked = _locked(household)
    changed = [name for name in CORRECTABLE_FIELDS if name in changes and getattr(locked, name) != changes[name]]
    for name in changed:
        setattr(locked, name, read_phone(changes[name]) if name == "phone" else changes[name])
    if changed:
        locked.derive()
        locked.save()
    if "capable_member" in changes:
        who = CapableMember(changes["capable_member"])
        if state_capable_member(household=locked, who=who, said_on=timezone.localdate(), by=by):
            locked.capable_member = who
            changed.append("capable_member")
    if changed:
        _note(locked, EventKind.CORRECTED, timezone.localdate(), by, {"fields": changed})
        record("household.update", by=by, subject=locked.code, data={"fields": changed})
        refresh_progress(locked)
    return locked


@transaction.atomic
def change_head(*, household: Household, head_name: str, happened_on: date, by: User, note: str = "") -> Household:
    """A new head; the family, its code and its history stay."""
    locked = _locked(household)
    old, locked.head_name = locked.head_name, head_name
    locked.sort_name, locked.head_birth_year = "", None
    locked.derive()
    locked.save()
    _note(locked, EventKind.NEW_HEAD, happened_on, by, {"old": old, "new": locked.head_name, "note": note})
    record("household.change_head", by=by, subject=locked.code)
    return locked


@transaction.atomic
def record_death(*, household: Household, happened_on: date, by: User, head_name: str = "") -> Household:
    """Somebody of the house has died; a new head is named when it was the head. The log keeps no name of the dead."""
    locked = _locked(household)
    _note(locked, EventKind.DEATH, happened_on, by, {"was_head": bool(head_name)})
    record("household.death", by=by, subject=locked.code)
    if head_name:
        return change_head(household=locked, head_name=head_name, happened_on=happened_on, by=by)
    return locked


@transaction.atomic
def move_household(*, household: Household, village: Village, happened_on: date, by: User) -> Household:
    """Moved to another village from that day on; figures of earlier days keep the old one."""
    locked = _locked(household)
    current = Residence.objects.select_for_update().get(household=locked, valid_to=None)
    if current.village_id == village.pk:
        raise HouseholdChangeRefused(f"Hộ này đang ở {village} rồi.")
    if happened_on <= current.valid_from:
        raise HouseholdChangeRefused(
            f"Hộ vào thôn hiện nay ngày {current.valid_from:%d/%m/%Y}; ngày chuyển phải sau đó."
        )
    current.valid_to = happened_on
    current.save()
    Residence.objects.create(household=locked, village=village, valid_from=happened_on)
    _note(locked, EventKind.MOVED, happened_on, by, {"from": current.village_id, "to": village.pk})
    locked.village = village
    locked.save()
    record("household.move", by=by, subject=locked.code, data={"from": current.village_id, "to": village.pk})
    refresh_progress(locked)
    return locked


@transaction.atomic
def split_household(
    *, household: Household, head_name: str, details: Mapping[str, Any], happened_on: date, by: User
) -> Household:
    """A new household leaves an old one; the new one counts from that day on, and starts without assessment."""
    locked = _locked(household)
    if happened_on < locked.listed_from:
        raise HouseholdChangeRefused("Ngày tách không được trước ngày hộ vào sổ.")
    new = create_household(
        village=locked.village,
        head_name=head_name,
        details=details,
        listed_from=happened_on,
        channel=Channel.TEAM,
        by=by,
    )
    _note(locked, EventKind.SPLIT, happened_on, by, {"new": new.code})
    _note(new, EventKind.SPLIT, happened_on, by, {"from": locked.code})
    return new


@transaction.atomic
def strike_off(*, household: Household, kind: EventKind, happened_on: date, by: User | None, reason: str) -> Household:
    """The household stops counting from that day on: dissolved, or left the register by its own wish."""
    locked = _locked(household)
    if happened_on < locked.listed_from:
        raise HouseholdChangeRefused("Ngày thôi ở sổ không được trước ngày vào sổ.")
    locked.listed_to = happened_on
    locked.save()
    Residence.objects.filter(household=locked, valid_to=None).update(valid_to=happened_on)
    _note(locked, kind, happened_on, by, {"reason": reason})
    record("household.strike_off", by=by, subject=locked.code, reason=reason, data={"kind": kind})
    refresh_progress(locked)
    return locked


@transaction.atomic
def backdate_listing(*, household: Household, listed_from: date, by: User, reason: str) -> Household:
    """The household took part before it was written down (nhập bù): it counts from that earlier day on."""
    locked = _locked(household)
    if listed_from >= locked.listed_from:
        raise HouseholdChangeRefused(
            f"Hộ đã tính từ ngày {locked.listed_from:%d/%m/%Y}. Nhập bù thì chọn một ngày trước đó."
        )
    first = Residence.objects.filter(household=locked).earliest("valid_from")
    first.valid_from = listed_from
    first.save()
    old, locked.listed_from = locked.listed_from, listed_from
    locked.save()
    details = {"listed_from": {"old": old.isoformat(), "new": listed_from.isoformat()}, "reason": reason}
    _note(locked, EventKind.CORRECTED, timezone.localdate(), by, details)
    record("household.backdate", by=by, subject=locked.code, reason=reason)
    refresh_progress(locked)
    return locked


def _locked(household: Household) -> Household:
    rows = Household.objects.select_for_update(of=("self",), no_key=True).select_related("village")
    locked = rows.get(pk=household.pk)
    if locked.survivor_id is not None or locked.listed_to is not None:
        raise HouseholdChangeRefused("Hộ này không còn ở sổ: đã gộp vào hộ khác hoặc đã thôi.")
    return locked


def _note(household: Household, kind: EventKind, day: date, by: User | None, details: dict[str, Any]) -> None:
    HouseholdEvent.objects.create(household=household, kind=kind, happened_on=day, recorded_by=by, details=details)
