"""Who stands before whom once a round is over. Pure and repeatable: the same entries in any order, the same ranks.

More right answers; then the nearer prediction, over or under alike; then sent earlier by the server's clock, to the
second; then the order of the public draw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Scored:
    """One listed entry: right answers or points, what it predicted, when it was in."""

    code: str
    points: int
    prediction: int | None
    received_at: datetime


@dataclass(frozen=True)
class Ranked:
    """An entry with its rank from 1, and how far its prediction was off (None without one)."""

    rank: int
    entry: Scored
    distance: int | None


def right_answers(answers: Mapping[str, str], key: Mapping[str, str]) -> int:
    """How many of the answers, {question: option}, are those of the key. A question outside the key counts nothing."""
    return sum(key.get(question) == option for question, option in answers.items())


def distance(prediction: int | None, actual: int | None) -> int | None:
    """|prediction − actual|; None where either is missing, which stands behind every number."""
    return None if prediction is None or actual is None else abs(prediction - actual)


def ranking(
    entries: Iterable[Scored], *, drawn: Mapping[str, int], actual: int | None = None, by_time: bool = True
) -> list[Ranked]:
    """All entries, best first. `drawn` is {code: place in the draw} and settles what is still equal."""

    def key(entry: Scored) -> tuple[int, bool, int, datetime, int]:
        off = distance(entry.prediction, actual)
        moment = entry.received_at.replace(microsecond=0) if by_time else datetime.min
        return (-entry.points, off is None, off or 0, moment, drawn[entry.code])

    best_first = sorted(entries, key=key)
    return [Ranked(rank, entry, distance(entry.prediction, actual)) for rank, entry in enumerate(best_first, start=1)]


def fully_right(points: Iterable[int], question_count: int) -> int:
    """How many answered everything right: what the prediction question asks for."""
    return sum(point == question_count for point in points)
