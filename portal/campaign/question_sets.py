"""Which questions a round draws from, and which of them a household gets: random between households, the same for
one household at every try. Pure.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Generic, TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True)
class Banked(Generic[Key]):
    """A question of the bank, as far as choosing needs it."""

    key: Key
    difficulty: int
    need: str
    uses: int


def spread_choice(bank: Iterable[Banked[Key]], *, count: int) -> list[Key]:
    """`count` questions in turn from every difficulty and every need, those that were asked least often first."""
    groups: dict[tuple[int, str], list[Banked[Key]]] = {}
    for question in sorted(bank, key=lambda one: one.uses):
        groups.setdefault((question.difficulty, question.need), []).append(question)
    in_turn = zip_longest(*(groups[key] for key in sorted(groups)))
    return [one.key for turn in in_turn for one in turn if one is not None][:count]


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
    return hmac.digest(secret.encode(), f"{who}|{thing}".encode(), "sha256")
