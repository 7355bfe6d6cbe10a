"""The six digits of an entry's receipt, typed back: they open the answers and let the family change them."""

import hmac

from django.core import signing

from portal.campaign.models import Entry
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.selectors.entries import versions_of
from portal.campaign.services.entries import secret_of_entry
from portal.core.codes import read_drawn_code
from portal.core.tries import Tries

TRIES = "thu-so-bi-mat-bai"
TICKET_SALT = "mo-bai-du-thi"
#: How long an opened entry may be acted upon before the secret is asked again.
TICKET_SECONDS = 30 * 60
LOCKED = "Nhập sai nhiều lần. Xin đợi 15 phút rồi thử lại; mã và số bí mật in trên giấy nhận."


class EntrySecretRefused(Exception):
    """Wrong secret, or too many tries; the message is for the family."""


def read_entry_code(typed: str) -> str:
    """The code of an entry as it was given out; CodeRefused for what cannot be one."""
    return read_drawn_code(ENTRY_PREFIX, typed)


def open_entry(code: str, typed: str, *, address: str) -> list[Entry]:
    """All versions of the entry, for whoever knows its secret; raises EntrySecretRefused.

    A code that nobody has is counted and answered like a wrong secret.
    """
    of_code, from_here = Tries(f"{TRIES}.{code}"), Tries.from_address(TRIES, address)
    if not (of_code.left and from_here.left):
        raise EntrySecretRefused(LOCKED)
    versions = versions_of(code)
    digits = "".join(char for char in typed if char.isascii() and char.isdigit())
    if versions and hmac.compare_digest(secret_of_entry(versions[0]), digits):
        of_code.forget()
        return versions
    from_here.miss()
    left = of_code.miss()
    raise EntrySecretRefused(f"Số bí mật chưa khớp. Còn {left} lần thử." if left else LOCKED)


def ticket_for(entry: Entry) -> str:
    """Stands for code and secret in the forms of the opened entry."""
    return signing.dumps(entry.code, salt=TICKET_SALT)


def versions_of_ticket(ticket: str) -> list[Entry]:
    """The versions of a ticket that still holds; none of any other."""
    try:
        return versions_of(str(signing.loads(ticket, salt=TICKET_SALT, max_age=TICKET_SECONDS)))
    except signing.BadSignature:
        return []
