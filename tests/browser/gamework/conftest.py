"""Browsers that need no running site; and the staff who sit before them."""

from collections.abc import Iterator

import pytest

from tests.browser.gamework.inhouse import Window
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
    "window",
]


@pytest.fixture
def window(browser, db) -> Iterator[object]:
    """Opens windows; at the end none of them may have complained."""
    opened = []

    def open_window(client, **how):
        opened.append(Window.open(browser, client, **how))
        return opened[-1]

    yield open_window
    for one in opened:
        one.page.context.close()
    assert not [error for one in opened for error in one.errors]
