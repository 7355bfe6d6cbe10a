"""The staff of the register, who also do the work around the games."""

from tests.integration.register.conftest import (
    Desk,
    colleague,
    desk_of,
    editor,
    leader,
    officer,
    other_village,
    second_officer,
    stranger,
    team_member,
    village,
)

__all__ = [
    "Desk",
    "colleague",
    "desk_of",
    "editor",
    "leader",
    "officer",
    "other_village",
    "second_officer",
    "stranger",
    "team_member",
    "village",
]
