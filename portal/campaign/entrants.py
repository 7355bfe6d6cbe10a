"""Who is playing, as far as a round needs to know: a family keeps its questions, and its limit. Pure."""

import hmac
from hashlib import sha256

from portal.core.text import fold


def who_of(*, household_code: str = "", head_name: str = "", village_id: int | None = None) -> str:
    """What a question set is drawn for: the household's code, or without one the head's name and the village.

    However the name is typed, with marks or without, it is the same family and gets the same questions.
    """
    return household_code or f"{fold(head_name)}|{village_id or ''}"


def entrant_key(secret: str, *, root_id: int | None, head_name: str, village_id: int | None) -> str:
    """One family in one round, 32 hexadecimal digits that say nothing of it; “” where nothing is known of the sender.

    `secret` is the round's, so that the keys of two rounds cannot be laid side by side.
    """
    if root_id is None and not head_name:
        return ""
    who = f"ho {root_id}" if root_id is not None else who_of(head_name=head_name, village_id=village_id)
    return hmac.new(secret.encode(), who.encode(), sha256).hexdigest()[:32]
