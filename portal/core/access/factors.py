"""The second step of signing in: a time code from a telephone, a passkey, or a recovery code from a sheet of paper.

Codes are checked by django-otp, which knows clocks that run ahead and codes that were used already. How often one may
be wrong is ours to count (portal.core.access.tries): the library's own wait grows for ever and would lock a colleague
out. Recovery codes are kept as digests, so that a copy of the database opens nothing. Passkeys: see passkeys.py.
"""

import secrets
from base64 import b32encode

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from portal.core.audit import record
from portal.core.models import Passkey, User

#: How many recovery codes fit a slip of paper, and the groups of four digits in one: the box for codes brings up a
#: keyboard of digits on a phone.
RECOVERY_CODES = 10
RECOVERY_GROUPS = 3


def must_have_factor(user: User) -> bool:
    """Whether the account's role may not work without the second step (settings.SECOND_FACTOR_ROLES)."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_superuser or user.groups.filter(name__in=settings.SECOND_FACTOR_ROLES).exists()


def has_factor(user: User) -> bool:
    """Whether the second step is switched on for this account."""
    return has_telephone(user) or Passkey.objects.filter(user=user).exists()


def has_telephone(user: User) -> bool:
    """Whether a telephone shows codes for this account."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def has_factor_of(reference: str) -> ExpressionWrapper:
    """has_factor() of the row's account, for use inside a query."""
    telephones = TOTPDevice.objects.filter(user=OuterRef(reference), confirmed=True)
    passkeys = Passkey.objects.filter(user=OuterRef(reference))
    return ExpressionWrapper(Exists(telephones) | Exists(passkeys), output_field=BooleanField())


def must_have_factor_of(reference: str) -> Exists:
    """must_have_factor() by group of the row's account, for use inside a query."""
    memberships = User.groups.through.objects.filter(group__name__in=settings.SECOND_FACTOR_ROLES)
    return Exists(memberships.filter(user_id=OuterRef(reference)))


def new_key() -> str:
    """A secret to be shared with a telephone, as 40 hexadecimal digits."""
    return str(default_key())


def key_in_letters(key: str) -> str:
    """The secret as it is typed into an application: groups of four letters."""
    letters = b32encode(bytes.fromhex(key)).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def key_address(key: str, user: User) -> str:
    """What the square code says to the application."""
    return str(TOTPDevice(user=user, key=key).config_url)


@transaction.atomic
def switch_on(*, user: User, key: str, code: str) -> list[str]:
    """Take the telephone with this secret instead of any before it; new recovery codes, none if the code is wrong."""
    clock = TOTP(bytes.fromhex(key))
    if not _is_code(code) or not clock.verify(int(_plain(code)), tolerance=1):
        return []
    TOTPDevice.objects.filter(user=user).delete()
    # With this code used up: it does not open the door a second time.
    TOTPDevice.objects.create(user=user, name=settings.OTP_TOTP_ISSUER, key=key, drift=clock.drift, last_t=clock.t())
    record("account.factor_on", by=user, subject=user.username)
    return make_recovery_codes(user=user)


@transaction.atomic
def make_recovery_codes(*, user: User) -> list[str]:
    """New ones; those on the old sheet are worth nothing from now on."""
    StaticDevice.objects.filter(user=user).delete()
    sheet = StaticDevice.objects.create(user=user, name=settings.OTP_TOTP_ISSUER)
    codes = [
        "-".join(f"{secrets.randbelow(10_000):04}" for _group in range(RECOVERY_GROUPS))
        for _code in range(RECOVERY_CODES)
    ]
    tokens = [StaticToken(device=sheet, token=_recovery_digest(user, _plain(code))) for code in codes]
    StaticToken.objects.bulk_create(tokens)
    return codes


@transaction.atomic
def is_right_code(*, user: User, code: str) -> bool:
    """Whether this is the code of now, or a recovery code not used before; either is used up by it."""
    if _is_code(code):
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        return bool(device and device.verify_token(_plain(code)))
    sheet = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
    if sheet is None or not sheet.verify_token(_recovery_digest(user, _plain(code))):
        return False
    record("account.recovery_code", by=user, subject=user.username, data={"left": sheet.token_set.count()})
    return True


@transaction.atomic
def switch_off(*, user: User, by: User | None) -> None:
    """No second step any more; whose role wants one is led to set it up at the next sign-in."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    Passkey.objects.filter(user=user).delete()
    record("account.factor_off", by=by, subject=user.username)


def recovery_codes_left(user: User) -> int:
    """How many of the sheet are still good."""
    return StaticToken.objects.filter(device__user=user).count()


def _four_digits() -> str:
    return f"{secrets.randbelow(10_000):04}"


def _plain(code: str) -> str:
    return "".join(letter for letter in code if letter.isalnum())


def _is_code(code: str) -> bool:
    plain = _plain(code)
    return len(plain) == 6 and plain.isascii() and plain.isdigit()


def _recovery_digest(user: User, code: str) -> str:
    """Sixteen letters, 80 bits: as many as the library's column holds."""
    return b32encode(salted_hmac("recovery-code", f"{user.pk} {code}", algorithm="sha256").digest()).decode()[:16]
