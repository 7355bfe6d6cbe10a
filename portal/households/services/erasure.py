"""A family leaves the register and its data with it; what a signed decision rests on is kept (R24).

The one place where recorded facts are changed: the family's right to be erased stands above our habit of adding rows.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.audit import record
from portal.core.backups.wishes import ERASED
from portal.core.models import User
from portal.core.models.audit import AuditEntry
from portal.core.page_cache import forget_pages
from portal.core.private_files import private_storage
from portal.households.belongings import erase_belongings
from portal.households.enums import CapableMember, ConsentMeans, DataRequestKind, EventKind
from portal.households.models import (
    CapableStatement,
    DataRequest,
    DecisionEntry,
    Evidence,
    HelpRequest,
    Household,
    HouseholdEvent,
    Registration,
    Visit,
)
from portal.households.selectors.consents import standing_consents
from portal.households.services.consents import Saying, record_consents
from portal.households.services.data_requests import DataRequestAnswered, answer_data_request
from portal.households.services.households import strike_off
from portal.households.services.progress import refresh_progress
from portal.households.services.withdrawals import AFTER_RESTORE

ERASED_NAME = "Đã xóa"
ERASE = "household.erase"


@transaction.atomic
def carry_out_erasure(*, request: DataRequest, outcome: str, by: User) -> DataRequest:
    """Erase what the request asks for and note it, both or neither."""
    if request.kind != DataRequestKind.ERASE:
        raise DataRequestAnswered("Yêu cầu này không phải là xin xóa.")
    answered = answer_data_request(request=request, outcome=outcome, by=by)
    family = Household.objects.get(pk=request.household.root_id or request.household.pk)
    _erase_family(family, by=by)
    ERASED.note(Household.objects.filter(root=family).order_by("pk").values_list("code", flat=True))
    return answered


def erase_again() -> list[str]:
    """Erase the families that a restored backup brought back; their codes, none for who is erased.

    The log of the restored database tells: what it erased itself stands there, what was erased later does not.
    """
    again = []
    for code in dict.fromkeys(code for _at, code in ERASED.noted()):
        household = Household.objects.filter(code=code).select_related("root").first()
        family = household and (household.root or household)
        if family and not AuditEntry.objects.filter(action=ERASE, subject=family.code).exists():
            _erase_restored(family)
            again.append(family.code)
    return again


@transaction.atomic
def _erase_restored(family: Household) -> None:
    """Who asked to be erased no longer agreed to anything, which the backup may not know either."""
    granted = [purpose for purpose, row in standing_consents(family).items() if row.is_granted]
    sayings = [Saying(purpose, False) for purpose in granted]
    record_consents(household=family, sayings=sayings, means=ConsentMeans.SIGNED, by=None)
    _erase_family(family, by=None, reason=AFTER_RESTORE)


def _erase_family(family: Household, *, by: User | None, reason: str = "") -> None:
    if family.listed_to is None:
        day = max(timezone.localdate(), family.listed_from)
        strike_off(household=family, kind=EventKind.LEFT, happened_on=day, by=by, reason="Gia đình xin xóa")
    _erase(family.pk)
    erase_belongings(family.pk)
    refresh_progress(family)
    record(ERASE, by=by, subject=family.code, reason=reason)
    forget_pages()


def _erase(root: int) -> None:
    """Names, phones, answers and notes of the family and of all entries merged into it."""
    is_decided = DecisionEntry.objects.filter(household__root=root).exists()
    for household in Household.objects.select_for_update(of=("self",), no_key=True).filter(root=root):
        if not is_decided:
            household.head_name = ERASED_NAME
        household.sort_name = household.nickname = household.neighbour_hint = ""
        household.phone = household.phone_owner = household.secret_digest = ""
        household.head_birth_year = household.member_count = None
        household.capable_member = CapableMember.UNKNOWN
        household.has_no_signal = household.has_no_power = household.has_hardship = False
        household.derive()
        household.save()
    HelpRequest.objects.filter(household__root=root).update(name=ERASED_NAME, phone="", outcome="")
    _overwrite(Registration.objects.filter(household__root=root), answers={}, sent={}, helper_name="")
    _overwrite(Visit.objects.filter(household__root=root), note="")
    _overwrite(HouseholdEvent.objects.filter(household__root=root, kind=EventKind.NEW_HEAD), details={})
    # That there was somebody stays in the figures of those days; who it was does not.
    said = CapableStatement.objects.filter(household__root=root)
    _overwrite(said.exclude(who__in=[CapableMember.NONE, CapableMember.UNKNOWN]), who=CapableMember.OTHER)
    pictures = Evidence.objects.filter(visit__household__root=root)
    names = list(pictures.values_list("name", flat=True))
    pictures.delete()
    for name in names:
        transaction.on_commit(partial(private_storage.delete, name))


def _overwrite(rows: QuerySet[Any], **values: object) -> None:
    # Facts refuse to be changed through their own queryset.
    QuerySet.update(rows, **values)
