"""Passkeys: a key that a telephone or computer keeps, and uses once its owner's finger, face or PIN has opened it.

The cryptography is fido2's. Ours are the question, which belongs to one session, is taken once and grows old, and the
row of what is known of a key. A key belongs to the name of the site under which it was made, as the browser has it.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.core.access.factors import (
    has_factor,
    make_recovery_codes,
    must_have_factor,
    recovery_codes_left,
    switch_off,
)
from portal.core.access.sessions import number_of
from portal.core.audit import record
from portal.core.models import Passkey, StaffSession, User

QUESTION_LASTS = timedelta(minutes=5)
# Whoever only holds a telephone that lies open on a table does not get in.
OPENED_BY_OWNER = UserVerificationRequirement.REQUIRED


class LastWay(Exception):
    """Nothing would be left for the second step; the message is what the clerk reads."""


@dataclass(frozen=True)
class Place:
    """The name under which the site was opened, and the whole origin as the browser signs it."""

    host: str
    origin: str


def place_of(request: HttpRequest) -> Place | None:
    """None at a bare number: browsers keep no passkeys for one."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Place(host, f"{request.scheme}://{request.get_host().lower()}")
    return None


def question_for_new(request: HttpRequest, user: User) -> str:
    """What the browser needs to make a key, as JSON; “” where it cannot. It takes the place of any question before."""
    place = place_of(request)
    if place is None:
        return ""
    # Says nothing about the account to whoever reads the key's store.
    handle = salted_hmac("passkey", str(user.pk), algorithm="sha256").digest()
    options, state = _server(place).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=user.username, display_name=user.username),
        _credentials(Passkey.objects.filter(user=user, host=place.host)),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=OPENED_BY_OWNER,
    )
    _keep(request, state)
    return json.dumps(dict(options.public_key))


def question_for(request: HttpRequest, user: User) -> str:
    """What the browser needs to use a key of this account, as JSON; “” where there is none for this place."""
    place = place_of(request)
    credentials = _credentials(Passkey.objects.filter(user=user, host=place.host)) if place else []
    if place is None or not credentials:
        return ""
    options, state = _server(place).authenticate_begin(credentials, user_verification=OPENED_BY_OWNER)
    _keep(request, state)
    return json.dumps(dict(options.public_key))


def add_passkey(*, request: HttpRequest, user: User, name: str, answer: str) -> Passkey | None:
    """Keep the key that the browser has made for our question; None when the answer is not one to it."""
    state, place = _take(request), place_of(request)
    if state is None or place is None:
        return None
    try:
        made = _server(place).register_complete(state, json.loads(answer)).credential_data
    except Exception:  # what it cannot read, the library stumbles over in many ways; whichever, it is no key
        return None
    if made is None or made.public_key.ALGORITHM not in CoseKey.supported_algorithms():
        return None
    credential_id = websafe_encode(made.credential_id)
    if Passkey.objects.filter(credential_id=credential_id).exists():
        return None
    with transaction.atomic():
        passkey = Passkey.objects.create(
            user=user, name=name, host=place.host, credential_id=credential_id, credential=bytes(made)
        )
        record("account.passkey_add", by=user, subject=user.username)
    return passkey


def recovery_codes_beside(*, user: User) -> list[str]:
    """New codes for an account that has none: its keys do not open another machine, and nothing without scripts."""
    return [] if recovery_codes_left(user) else make_recovery_codes(user=user)


def is_right_passkey(*, request: HttpRequest, user: User, answer: str) -> bool:
    """Whether a key of this account has signed the question that this session was asked; used up either way."""
    state, place = _take(request), place_of(request)
    if state is None or place is None:
        return False
    with transaction.atomic():
        passkeys = list(Passkey.objects.select_for_update().filter(user=user, host=place.host))
        try:
            response = AuthenticationResponse.from_dict(json.loads(answer))
            known = _server(place).authenticate_complete(state, _credentials(passkeys), response)
            used, count = websafe_encode(known.credential_id), response.response.authenticator_data.counter
        except Exception:  # as above: whichever way it stumbles, this opens nothing
            return False
        return _note_use(next(key for key in passkeys if key.credential_id == used), count)


@transaction.atomic
def remove_passkey(*, user: User, passkey: Passkey) -> None:
    """Take one key away; with the last way of the second step the step itself goes, where the role allows that."""
    # Two at one time could each leave the other's key as the last way.
    User.objects.select_for_update().get(pk=user.pk)
    passkey.delete()
    record("account.passkey_remove", by=user, subject=user.username)
    if has_factor(user):
        return
    if must_have_factor(user):
        raise LastWay("Đây là cách vào cuối cùng của bước hai. Thêm khóa khác hoặc mã 6 số trước, rồi gỡ.")
    switch_off(user=user, by=user)


def _note_use(passkey: Passkey, count: int) -> bool:
    """False for a count that does not go on: two machines hold the same key, and one of them is not its owner's."""
    if (count or passkey.sign_count) and count <= passkey.sign_count:
        record("account.passkey_copied", by=passkey.user, subject=passkey.user.username)
        return False
    passkey.sign_count, passkey.used_at = count, timezone.now()
    passkey.save(update_fields=["sign_count", "used_at"])
    record("account.passkey_use", by=passkey.user, subject=passkey.user.username)
    return True


def _server(place: Place) -> Fido2Server:
    site = PublicKeyCredentialRpEntity(id=place.host, name=settings.OTP_TOTP_ISSUER)
    return Fido2Server(site, verify_origin=lambda origin: origin == place.origin)


def _credentials(passkeys: Any) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(passkey.credential)) for passkey in passkeys]


def _keep(request: HttpRequest, state: Any) -> None:
    """In our own row of the session: a change to it is seen by all processes at once."""
    row = StaffSession.objects.filter(pk__in=filter(None, [number_of(request)]))
    row.update(question=state, asked_at=timezone.now())


def _take(request: HttpRequest) -> Any:
    """The question of this session, once and within its time; of two answers at one instant one gets it."""
    row = StaffSession.objects.filter(pk__in=filter(None, [number_of(request)]), ended_at=None)
    now = timezone.now()
    # Not one from a clock that ran ahead and was put right: it would stay good for as long as it did.
    found = row.filter(asked_at__gt=now - QUESTION_LASTS, asked_at__lte=now).values_list("question", "asked_at").first()
    if found is None or not row.filter(asked_at=found[1]).update(question=None, asked_at=None):
        return None
    return found[0]
