"""The family's second secret (số bí mật): six digits that only the receipt shows.

Derived from the form's one-time token, so that a retry of the same form shows the same receipt without the secret
ever being stored; only a keyed digest of it is.
"""

import hmac
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches

from portal.households.models import Household

DIGITS = 6
MAX_TRIES = 5
LOCK_SECONDS = 15 * 60


class SecretRefused(Exception):
    """Wrong secret, or too many tries; the message is for the family."""


def secret_of_token(token: object) -> str:
    """The six digits that belong to a form's token."""
    number = int.from_bytes(_keyed(f"so-bi-mat {token}")[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def digest_of_secret(code: str, secret: str) -> str:
    """What the register keeps of a secret."""
    return _keyed(f"dau {code} {secret}").hex()


def check_secret(household: Household, typed: str) -> None:
    """Pass for the right secret; raise SecretRefused otherwise. Five tries in a quarter of an hour per household."""
    store, key = caches["pages"], f"thu-so-bi-mat.{household.pk}"
    tries = int(store.get(key, 0))
    if tries >= MAX_TRIES:
        raise SecretRefused("Nhập sai nhiều lần. Xin đợi 15 phút rồi thử lại, hoặc gặp tổ công nghệ số để lấy số mới.")
    digits = "".join(char for char in typed if char.isdigit())
    if not hmac.compare_digest(digest_of_secret(household.code, digits), household.secret_digest):
        store.set(key, tries + 1, LOCK_SECONDS)
        left = MAX_TRIES - tries - 1
        raise SecretRefused(f"Mã hộ hoặc số bí mật chưa khớp. Còn {left} lần thử.")
    store.delete(key)


def _keyed(text: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).digest()
