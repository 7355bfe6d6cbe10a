"""A family signs up: one transaction, one receipt, however often the form is sent (invariant 8).

Families that send at the same moment are written by one of them: they share the turn at the running numbers, the log
and the counts, and one wait for the disk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError
from django.utils import timezone

from portal.core.audit import logged_at_once, record
from portal.core.codes import drawn_code
from portal.core.models import User
from portal.core.together import Together
from portal.households.enums import Channel, ConsentMeans, NameForm, Purpose, SelfAnswer
from portal.households.models import Household, Registration, Village
from portal.households.selectors.registrations import registration_of
from portal.households.selectors.rules import register_rules
from portal.households.services.consents import Saying, record_consents
from portal.households.services.help_requests import ask_for_help
from portal.households.services.households import create_household
from portal.households.services.progress import counted_at_once
from portal.households.services.secret_numbers import secret_of_token

RECEIPT_PREFIX = "PN"


@dataclass(frozen=True)
class Application:
    """A registration form, read and checked."""

    token: UUID
    village: Village
    head_name: str
    details: Mapping[str, Any]
    answers: Mapping[str, SelfAnswer]
    consents: tuple[Purpose, ...]
    name_form: NameForm | None = None
    means: ConsentMeans = ConsentMeans.WEB
    witness_name: str = ""
    helper_name: str = ""
    channel: Channel = Channel.WEB
    help_topics: Mapping[str, str] = field(default_factory=dict)
    #: When a form was taken in that is typed in later; None for one that comes now.
    received_at: datetime | None = None


@dataclass(frozen=True)
class Receipt:
    """What the family takes home; the secret is shown here and nowhere else."""

    code: str
    secret: str
    receipt_code: str
    received_at: datetime
    village: Village
    visit_by: datetime
    is_repeat: bool


class RegistrationNotAgreed(Exception):
    """Without consent to be on the register there is no code."""


def register_household(*, application: Application, by: User | None = None) -> Receipt:
    """Enter the family and return its receipt; the same form again returns the same receipt and writes nothing."""
    if Purpose.REGISTER not in application.consents:
        raise RegistrationNotAgreed("Không đánh dấu ô 1 thì chưa có mã hộ. Gia đình vẫn được giúp như mọi nhà.")
    known = registration_of(application.token)
    if known is not None:
        return receipt_of(known, is_repeat=True)
    try:
        registration = _take_in((application, by))
    except IntegrityError:
        # The same form arrived twice at the same instant; the other request wrote it.
        known = registration_of(application.token)
        if known is None:
            raise
        return receipt_of(known, is_repeat=True)
    return receipt_of(registration, is_repeat=False)


def receipt_of(registration: Registration, *, is_repeat: bool) -> Receipt:
    """The receipt of a registration, read back from what is committed."""
    household = registration.household
    return Receipt(
        code=household.code,
        secret=secret_of_token(registration.token),
        receipt_code=registration.receipt_code,
        received_at=registration.received_at,
        village=household.village,
        visit_by=registration.received_at + timedelta(days=register_rules().first_visit_days),
        is_repeat=is_repeat,
    )


def receive_together(wishes: Sequence[tuple[Application, User | None]]) -> list[Registration]:
    """Enter several families, each with who typed its form; all or none: IntegrityError when one is already entered."""
    with logged_at_once(), counted_at_once():
        return [_write(application, by) for application, by in wishes]


_take_in = Together(receive_together)


def _write(application: Application, by: User | None) -> Registration:
    received_at = application.received_at or timezone.now()
    household = create_household(
        village=application.village,
        head_name=application.head_name,
        details=application.details,
        listed_from=timezone.localdate(received_at),
        channel=application.channel,
        by=by,
        secret=secret_of_token(application.token),
    )
    registration = Registration(
        token=application.token,
        receipt_code=drawn_code(RECEIPT_PREFIX),
        received_at=received_at,
        household=household,
        answers={key: str(answer) for key, answer in application.answers.items()},
        sent={"village": application.village.name, "head_name": application.head_name, **_plain(application.details)},
        channel=application.channel,
        helper_name=application.helper_name,
        entered_by=by,
    )
    registration.save()
    _record_consents(application, household, by)
    for key, topic in application.help_topics.items():
        ask_for_help(
            token=_help_token(application.token, key),
            village=application.village,
            name=application.head_name,
            phone=household.phone,
            topic=topic,
            household=household,
        )
    record("registration.receive", by=by, subject=household.code, data={"channel": application.channel})
    return registration


def _record_consents(application: Application, household: Household, by: User | None) -> None:
    sayings = [
        Saying(purpose, True, application.name_form if purpose == Purpose.NAME else None)
        for purpose in application.consents
    ]
    record_consents(
        household=household, sayings=sayings, means=application.means, witness_name=application.witness_name, by=by
    )


def _help_token(token: UUID, key: str) -> UUID:
    return uuid5(token, f"help {key}")


def _plain(details: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if value not in {"", None}}
