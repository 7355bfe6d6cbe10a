"""How alike two texts are, and what in a text a person should look at. Pure.

Texts are compared by runs of three syllables without marks: a name or a number changed here and there, or marks left
out, still gives the same text; two families that tell of the same market do not.
"""

import re
from collections.abc import Iterator

from portal.core.text import fold, words

RUN = 3
_DIGITS = re.compile(r"\d(?:[\s.\-]?\d){5,}")


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of three syllables; a text of one or two is its own run."""
    syllables = [fold(word) for word in words(text)]
    if not syllables:
        return frozenset()
    count = max(len(syllables) - RUN + 1, 1)
    return frozenset(tuple(syllables[start : start + RUN]) for start in range(count))


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of runs that both texts have (Jaccard)."""
    mine, theirs = runs_of(one), runs_of(other)
    every = mine | theirs
    return len(mine & theirs) / len(every) if every else 0.0


def number_flags(text: str) -> list[str]:
    """What the numbers in a text look like, in words for whoever looks at it."""
    return sorted(set(_number_flags(text)))


def _number_flags(text: str) -> Iterator[str]:
    for run in _DIGITS.findall(text):
        digits = re.sub(r"\D", "", run)
        if len(digits) == 12 and not digits.startswith("84"):
            yield "có dãy số giống số căn cước"
        elif len(digits) in {10, 11, 12} and digits.startswith(("0", "84")):
            yield "có dãy số giống số điện thoại"
        else:
            yield "có dãy số dài"
