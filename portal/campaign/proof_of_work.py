"""A small sum that a browser does before it sends, while a round is being flooded. Pure.

A nonce is right when SHA-256(challenge + ":" + nonce) begins with `BITS` zero bits. The challenge is the form's own
token, which is good for one entry only, so nothing has to be remembered about it.
"""

import re
from hashlib import sha256

#: About 130,000 tries: a second on a cheap phone, a day and a half of one core for 100,000 entries.
BITS = 17
_NONCE = re.compile(r"[0-9]{1,12}")


def is_solved(challenge: str, nonce: str, bits: int = BITS) -> bool:
    """Whether the work was done for this challenge."""
    if not _NONCE.fullmatch(nonce):
        return False
    digest = int.from_bytes(sha256(f"{challenge}:{nonce}".encode()).digest(), "big")
    return digest >> (256 - bits) == 0
