"""The staff who sit before the browsers."""

from tests.integration.conftest import (
    colleague,
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
    "colleague",
    "editor",
    "leader",
    "officer",
    "other_village",
    "second_officer",
    "stranger",
    "team_member",
    "village",
]
