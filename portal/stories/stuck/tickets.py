"""Why a tap counts although nobody is known: the page carries a ticket, and each ticket counts once for each step.

The page stands in a shared store, so a ticket cannot be one reader's. It is signed, names the guide and the five
minutes in which the page was made, and comes out the same however often the page is made within them: a reader who
returns from the app to the page still gets “not changed” for an answer. Two families at the same step within the
same five minutes count once. A machine that taps all day cannot make the number it likes: portal.stories.stuck.services
takes no more than so many taps for a step within an hour and a day.
"""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

SALT = "bi-ket"
SLOT_SECONDS = 5 * 60
#: A page may lie open for a day.
FRESH_SLOTS = 24 * 60 * 60 // SLOT_SECONDS


@dataclass(frozen=True)
class Ticket:
    """Which guide, and in which five minutes its page was made."""

    guide: int
    slot: int

    @classmethod
    def now(cls, guide: int) -> "Ticket":
        """For a page that is made now."""
        return cls(guide, int(time.time()) // SLOT_SECONDS)

    @classmethod
    def read(cls, signed: str) -> "Ticket | None":
        """The ticket as it came back; None when it was altered, or never ours."""
        try:
            guide, slot = signing.Signer(salt=SALT).unsign_object(signed)
            return cls(int(guide), int(slot))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    @property
    def signed(self) -> str:
        """For the hidden box of the form."""
        return signing.Signer(salt=SALT).sign_object([self.guide, self.slot])

    @property
    def is_fresh(self) -> bool:
        """Whether the page was made within the last day."""
        return 0 <= Ticket.now(self.guide).slot - self.slot < FRESH_SLOTS


def comes_from_our_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this site; browsers too old to say so are believed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
