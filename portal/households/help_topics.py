"""What a request for help may be about beyond its words: a step of a guide, kept by a room above the register.

The register sits below those rooms and cannot name them; they come to it when the site starts.
"""

from collections.abc import Callable
from dataclasses import dataclass

#: “room:whatever the room calls it”; longer ones are nobody's.
LONGEST = 80


@dataclass(frozen=True)
class HelpTopic:
    """What a key of a room stands for today: words for the family, and the page where it is shown."""

    words: str
    path: str


_rooms: dict[str, Callable[[str], HelpTopic | None]] = {}


def add_help_topics(room: str, find: Callable[[str], HelpTopic | None]) -> None:
    """Called once by a room as the site starts; `find` gets what follows the colon."""
    _rooms[room] = find


def help_topic(key: str) -> HelpTopic | None:
    """What the key stands for; None where it is nothing that is shown today."""
    room, _colon, rest = key.partition(":")
    find = _rooms.get(room) if len(key) <= LONGEST else None
    return find(rest) if find else None
