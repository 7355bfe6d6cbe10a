"""The family's second secret (số bí mật): six digits that only the receipt shows.

Derived from the form's one-time token, so that a retry of the same form shows the same receipt without the secret
ever being stored; only a keyed digest of it is.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction

from portal.core.audit import record
from portal.core.codes import read_numbered_code
from portal.core.counts import count, counted, forget_count
from portal.core.models import User
from portal.households.models import Household
from portal.households.models.household import CODE_PREFIX

DIGITS = 6
MAX_TRIES = 5
#: Against trying one secret on many codes; a whole village may share one address.
MAX_TRIES_PER_ADDRESS = 40
LOCK_SECONDS = 15 * 60
LOCKED = "Nhập sai nhiều lần. Xin đợi 15 phút rồi thử lại, hoặc gặp tổ công nghệ số để lấy số mới."


class SecretRefused(Exception):
    """Wrong secret, or too many tries; the message is for the family."""


def secret_of_token(token: object) -> str:
    """The six digits that belong to a form's token."""
    number = int.from_bytes(_keyed(f"so-bi-mat {token}")[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def digest_of_secret(code: str, secret: str) -> str:
    """What the register keeps of a secret."""
    return _keyed(f"dau {code} {secret}").hex()


def secret_still_opens(household: Household, secret: str) -> bool:
    """Whether this is the secret of today; the family may have been given a new one since."""
    return hmac.compare_digest(digest_of_secret(household.code, secret), household.secret_digest)


@transaction.atomic
def renew_secret(*, household: Household, token: UUID, reason: str, by: User) -> str:
    """A new secret for a family that has none or lost it; the old one ends at once, with every page it opened.

    Codes that were merged into this one take the same secret: papers of all of them lie about the house. The same
    form sent again gives the same secret and writes nothing.
    """
    rows = Household.objects.select_for_update(of=("self",), no_key=True)
    cluster = list(rows.filter(root=household.root_id or household.pk))
    secret = secret_of_token(token)
    if all(secret_still_opens(one, secret) for one in cluster):
        return secret
    for one in cluster:
        one.secret_digest = digest_of_secret(one.code, secret)
        one.save(update_fields=["secret_digest"])
        forget_count(_tries_key(one.code))
    record("secret.renew", by=by, subject=household.code, reason=reason)
    return secret


def household_of_secret(typed_code: str, typed_secret: str, *, address: str) -> Household:
    """The household whose code and secret these are; CodeRefused for a misspelt code, else SecretRefused.

    A code that nobody has is counted and answered like a wrong secret: which codes exist is not told.
    """
    code = read_numbered_code(CODE_PREFIX, typed_code)
    key = f"thu-so-bi-mat.tu.{sha256(address.encode()).hexdigest()}"
    if counted(key) >= MAX_TRIES_PER_ADDRESS:
        raise SecretRefused(LOCKED)
    household = Household.objects.filter(code=code).first() or Household(code=code)
    try:
        check_secret(household, typed_secret)
    except SecretRefused:
        count(key, LOCK_SECONDS)
        raise
    return household


def check_secret(household: Household, typed: str) -> None:
    """Pass for the right secret; raise SecretRefused otherwise. Five tries in a quarter of an hour per household."""
    key = _tries_key(household.code)
    if counted(key) >= MAX_TRIES:
        raise SecretRefused(LOCKED)
    digits = "".join(char for char in typed if char.isdigit())
    if not secret_still_opens(household, digits):
        left = max(MAX_TRIES - count(key, LOCK_SECONDS), 0)
        raise SecretRefused(f"Mã hộ hoặc số bí mật chưa khớp. Còn {left} lần thử." if left else LOCKED)
    forget_count(key)


def _tries_key(code: str) -> str:
    return f"thu-so-bi-mat.{code}"


def _keyed(text: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).digest()
