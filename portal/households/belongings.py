"""What rooms above the register keep of a family: how it is erased, and what the family is told of it (row F28).

The register sits below those rooms and cannot name them; they come to it when the site starts.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Belongings:
    """One room's part. Both are given the root of the household, which stands for all that was merged into it.

    `erase` runs in the transaction of the register's own erasure: all of it goes, or nothing. `follow_consents` is
    called after every yes and no of the family, and takes back what is no longer allowed.
    """

    title: str
    told: Callable[[int], list[str]]
    erase: Callable[[int], None]
    follow_consents: Callable[[int], None] | None = None


_rooms: list[Belongings] = []


def add_belongings(room: Belongings) -> None:
    """Called once by each room as the site starts."""
    _rooms.append(room)


def erase_belongings(root: int) -> None:
    """Erase what every room keeps of the family."""
    for room in _rooms:
        room.erase(root)


def follow_consents(root: int) -> None:
    """Let every room bring what it shows of the family in line with what the family allows now."""
    for room in _rooms:
        if room.follow_consents is not None:
            room.follow_consents(root)


def told_belongings(root: int) -> list[tuple[str, list[str]]]:
    """[(what it is, a line for each), …] for the family's copy of its data."""
    return [(room.title, room.told(root)) for room in _rooms]
