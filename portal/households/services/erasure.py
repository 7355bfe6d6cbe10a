"""A family leaves the register and its data with it; what a signed decision rests on is kept (R24).

The one place where recorded facts are changed: the family's right to be erased stands above our habit of adding rows.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.core.private_files import private_storage
from portal.households.belongings import erase_belongings
from portal.households.enums import CapableMember, DataRequestKind, EventKind
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
from portal.households.services.data_requests import DataRequestAnswered, answer_data_request
from portal.households.services.households import strike_off
from portal.households.services.progress import refresh_progress

ERASED_NAME = "Đã xóa"


@transaction.atomic
def carry_out_erasure(*, request: DataRequest, outcome: str, by: User) -> DataRequest:
    """Erase what the request asks for and note it, both or neither."""
    if request.kind != DataRequestKind.ERASE:
        raise DataRequestAnswered("Yêu cầu này không phải là xin xóa.")
    answered = answer_data_request(request=request, outcome=outcome, by=by)
    family = Household.objects.get(pk=request.household.root_id or request.household.pk)
    if family.listed_to is None:
        today = timezone.localdate()
        strike_off(household=family, kind=EventKind.LEFT, happened_on=today, by=by, reason="Gia đình xin xóa")
    _erase(family.pk)
    erase_belongings(family.pk)
    refresh_progress(family)
    record("household.erase", by=by, subject=family.code)
    forget_pages()
    return answered


def _erase(root: int) -> None:
    """Names, phones, answers and notes of the family and of all entries merged into it."""
    is_decided = DecisionEntry.objects.filter(household__root=root).exists()
    for household in Household.objects.select_for_update(of=("self",)).filter(root=root):
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
