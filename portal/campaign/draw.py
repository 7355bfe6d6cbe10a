"""The draw: an order of all listed codes that follows from the sealed list and an outside number alone. Pure.

position key = SHA-256(list digest + "|" + number + "|" + code), hexadecimal, smallest first. Whoever holds the
published list and the number finds the same order by hand, with our page, or with any script.
"""

from collections.abc import Iterable
from hashlib import sha256


def draw_key(list_digest: str, number: str, code: str) -> str:
    """What a code is ordered by: 64 hexadecimal digits."""
    return sha256(f"{list_digest}|{number}|{code}".encode()).hexdigest()


def draw_order(list_digest: str, number: str, codes: Iterable[str]) -> list[str]:
    """All codes, the first drawn first."""
    return sorted(codes, key=lambda code: draw_key(list_digest, number, code))
