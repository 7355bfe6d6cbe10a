"""Looking twice: which visits deserve a question, who is visited again, and how far two visits agree. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import groupby

#: A visit that took less is hardly a visit.
QUICK_SECONDS = 60
#: A team visits so many again and no more, however large its village.
MOST_IN_A_VILLAGE = 20
#: So many families one after the other with the very same answers on one day.
ALIKE_IN_A_ROW = 5


@dataclass(frozen=True)
class VisitSign:
    """What is looked at of a visit, never its family."""

    pk: int
    by: int
    visited_at: datetime
    answers: tuple[tuple[str, str, str], ...]


def rows_alike(signs: Iterable[VisitSign]) -> list[list[VisitSign]]:
    """Families that one member visited one after the other on one day and of which all answers are the same."""
    in_order = sorted(signs, key=lambda sign: (sign.by, sign.visited_at, sign.pk))
    rows = (list(row) for _key, row in groupby(in_order, key=lambda sign: (sign.by, _day(sign), sign.answers)))
    return [row for row in rows if len(row) >= ALIKE_IN_A_ROW and row[0].answers]


def _day(sign: VisitSign) -> object:
    return sign.visited_at.date()


def drawn(visited: Mapping[int, Iterable[str]], percent: int, seed: str) -> dict[int, list[str]]:
    """{village: codes} to visit again: of each village so many per cent, at least one, at most 20.

    `visited` has the codes of the households that were visited, by village. Anyone with the seed (the digest of the
    closed quarter, which nobody could choose) gets the same households: those whose SHA-256 of `seed:code` is lowest.
    """
    chosen = {}
    for village, codes in visited.items():
        in_order = sorted(codes, key=lambda code: sha256(f"{seed}:{code}".encode()).hexdigest())
        if in_order:
            number = max(-(-len(in_order) * percent // 100), 1)
            chosen[village] = in_order[: min(number, MOST_IN_A_VILLAGE)]
    return chosen


@dataclass(frozen=True)
class Agreement:
    """How far second visits say what the first ones said."""

    cases: int = 0
    done: int = 0
    compared: int = 0
    differing: int = 0

    @property
    def share(self) -> float | None:
        """Answers that differ, in per cent of those that both visits gave; None while there are none."""
        return 100 * self.differing / self.compared if self.compared else None


def differing(first: Mapping[str, str], again: Mapping[str, str]) -> tuple[int, list[str]]:
    """(how many answers both gave, the keys of those that differ); what one of them could not see is not compared."""
    both = sorted(first.keys() & again.keys())
    return len(both), [key for key in both if first[key] != again[key]]


def agreement_of(pairs: Sequence[tuple[Mapping[str, str], Mapping[str, str] | None]]) -> Agreement:
    """Over all cases: first answers, and those of the second visit or None where it has not been made."""
    done = [(first, again) for first, again in pairs if again is not None]
    found = [differing(first, again) for first, again in done]
    return Agreement(len(pairs), len(done), sum(both for both, _ in found), sum(len(keys) for _, keys in found))
