"""Which questions a household gets: random between households, the same for one household at every try. Pure."""

import hmac
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import zip_longest
from typing import TypeVar

Key = TypeVar("Key")


def drawn_set(questions: Iterable[tuple[Key, int]], *, count: int, secret: str, who: str) -> list[Key]:
    """`count` of the (question, difficulty) pairs, easier ones first, taken in turn from every difficulty.

    `who` is the household's code, or what else the entry is known by; `secret` belongs to the round, so that nobody
    outside can work out a set beforehand.
    """
    by_difficulty: dict[int, list[Key]] = {}
    for key, difficulty in sorted(questions, key=lambda pair: _weight(secret, who, pair[0])):
        by_difficulty.setdefault(difficulty, []).append(key)
    levels = sorted(by_difficulty)
    turns = zip_longest(*([(level, key) for key in by_difficulty[level]] for level in levels))
    taken = [pair for turn in turns for pair in turn if pair is not None][:count]
    return [key for _level, key in sorted(taken, key=lambda pair: (pair[0], _weight(secret, who, pair[1])))]


def shuffled(options: Sequence[Key], *, secret: str, who: str, question: object) -> list[Key]:
    """The options of a question in this household's own order."""
    return sorted(options, key=lambda option: _weight(secret, who, f"{question} {option}"))


def _weight(secret: str, who: str, thing: object) -> bytes:
    return hmac.new(secret.encode(), f"{who}|{thing}".encode(), sha256).digest()
