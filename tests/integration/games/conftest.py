"""Who meets the games: the same people as the register."""

import pytest

from tests.integration.register.conftest import (  # noqa: F401
    editor,
    leader,
    officer,
    second_officer,
    stranger,
    team_member,
    village,
)


@pytest.fixture
def clerk(officer):  # noqa: F811
    """The officer who works at the games' desk."""
    return officer.user
