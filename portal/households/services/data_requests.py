"""A family asks about its own data; the days by which to answer are computed, never typed (NĐ 356/2025, Điều 5)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import ConsentMeans, DataRequestKind, NameForm, Purpose
from portal.households.models import DataRequest, Household
from portal.households.selectors.consents import standing_consents
from portal.households.selectors.rules import public_holidays, register_rules
from portal.households.services.consents import Saying, record_consents
from portal.households.workdays import after_working_days


class DataRequestAnswered(Exception):
    """The request was already answered."""


@transaction.atomic
def ask_about_data(
    *,
    household: Household,
    kind: DataRequestKind,
    asked_by: str,
    means: ConsentMeans,
    by: User | None,
    details: str = "",
    received_at: datetime | None = None,
) -> DataRequest:
    """Note a request with its days; the same one asked again while it is open is one request.

    Who asks to be erased no longer agrees to anything: what is public ends now, the rest by the day given.
    """
    # The household's row is the lock: two taps on the button wait for each other.
    locked = Household.objects.select_for_update(of=("self",), no_key=True).get(pk=household.root_id or household.pk)
    known = DataRequest.objects.filter(household__root=locked, kind=kind, answered_at=None).first()
    if known is not None:
        return known
    received = received_at or timezone.now()
    day, rules = timezone.localtime(received).date(), register_rules()
    request = DataRequest.objects.create(
        household=locked,
        kind=kind,
        asked_by=asked_by,
        means=means,
        details=details,
        received_at=received,
        acknowledge_by=after_working_days(day, rules.acknowledge_days, public_holidays()),
        answer_by=day + timedelta(days=rules.answer_days(kind)),
    )
    record("data.ask", by=by, subject=locked.code, data={"kind": kind, "means": means})
    if kind == DataRequestKind.ERASE:
        granted = [purpose for purpose, row in standing_consents(locked).items() if row.is_granted]
        record_consents(
            household=locked, sayings=[Saying(purpose, False) for purpose in granted], means=means, by=by,
            witness_name=asked_by if means == ConsentMeans.SPOKEN else "",
        )  # fmt: skip
    return request


@transaction.atomic
def answer_data_request(*, request: DataRequest, outcome: str, by: User) -> DataRequest:
    """Note what was done and when."""
    locked = DataRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if locked.answered_at is not None:
        raise DataRequestAnswered("Yêu cầu này đã có người trả lời rồi.")
    locked.outcome, locked.answered_at, locked.answered_by = outcome, timezone.now(), by
    locked.save(update_fields=["outcome", "answered_at", "answered_by"])
    record("data.answer", by=by, subject=locked.household.code, data={"kind": locked.kind})
    return locked


def change_of_mind(
    *, household: Household, wanted: set[Purpose], name_form: NameForm | None, asked: tuple[Purpose, ...]
) -> list[Saying]:
    """What is said anew when the boxes stand like this; nothing for a box that stands as before."""
    sayings, today = [], standing_consents(household)
    for purpose in asked:
        row = today.get(purpose)
        was, now = bool(row and row.is_granted), purpose in wanted
        form = name_form if purpose == Purpose.NAME and now else None
        if was != now or (form is not None and row is not None and row.name_form != form):
            sayings.append(Saying(purpose, now, form))
    return sayings
