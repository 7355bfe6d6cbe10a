"""The draw: an order of all listed codes that follows from the sealed list and an outside number alone. Pure.

position key = SHA-256(list digest + "|" + number + "|" + code), hexadecimal, smallest first. Whoever holds the
published list and the number finds the same order by hand, with our page, or with any script.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest

from portal.campaign.sealing import codes_of, list_digest


@dataclass(frozen=True)
class Rerun:
    """A draw done again from the published list and a number."""

    digest: str
    order: list[str]


@dataclass(frozen=True)
class Difference:
    """The first place, counted from 1, where two orders differ; “” where one of them has ended."""

    place: int
    ours: str
    theirs: str


def draw_key(list_digest: str, number: str, code: str) -> str:
    """What a code is ordered by: 64 hexadecimal digits."""
    return sha256(f"{list_digest}|{number}|{code}".encode()).hexdigest()


def draw_order(list_digest: str, number: str, codes: Iterable[str]) -> list[str]:
    """All codes, the first drawn first."""
    return sorted(codes, key=lambda code: draw_key(list_digest, number, code))


def rerun(list_text: str, number: str) -> Rerun:
    """Digest and order from nothing but the published text and the number."""
    digest = list_digest(list_text)
    return Rerun(digest, draw_order(digest, number, codes_of(list_text)))


def first_difference(ours: Sequence[str], theirs: Sequence[str]) -> Difference | None:
    """Where the orders part, or None when they are the same."""
    pairs = enumerate(zip_longest(ours, theirs, fillvalue=""), start=1)
    return next((Difference(place, one, other) for place, (one, other) in pairs if one != other), None)
