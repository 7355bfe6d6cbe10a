"""Who has a seat and who waits, from the order of arrival alone. Pure.

Nobody is passed over: once a family waits, all that come later wait behind it, even where a smaller one would fit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.campaign.enums import SignupState


@dataclass(frozen=True)
class Seating:
    """Where one sign-up stands. `turn`: the how-manieth of those who wait, 0 for everybody else."""

    state: SignupState
    turn: int = 0

    @property
    def words(self) -> str:
        """“có chỗ”, “danh sách chờ, thứ 3”."""
        return f"danh sách chờ, thứ {self.turn}" if self.turn else str(self.state.label)


def seatings_of(signups: Iterable[tuple[int, int]], seats: int) -> dict[int, Seating]:
    """{key: where it stands} of (key, number of people) in order of arrival, those who cancelled left out."""
    found: dict[int, Seating] = {}
    people = turn = 0
    for key, count in signups:
        people += count
        turn += people > seats
        found[key] = Seating(SignupState.WAITING, turn) if turn else Seating(SignupState.SEATED)
    return found


def seats_left(seats: int, people: int) -> int:
    """Seats that the next family finds: none while anybody waits."""
    return max(seats - people, 0)
