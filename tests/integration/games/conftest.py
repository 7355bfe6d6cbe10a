"""Who meets the games: the same people as the register, and a family whose secret number is known."""

import pytest

from portal.households.services.secret_numbers import digest_of_secret
from tests.factories.households import HouseholdFactory
from tests.integration.register.conftest import (  # noqa: F401
    editor,
    leader,
    officer,
    second_officer,
    stranger,
    team_member,
    village,
)

SECRET = "123456"


@pytest.fixture
def clerk(officer):  # noqa: F811
    """The officer who works at the games' desk."""
    return officer.user


@pytest.fixture
def household(db):
    """A family whose secret number is SECRET."""
    household = HouseholdFactory(head_name="Phạm Văn Đền")
    household.secret_digest = digest_of_secret(household.code, SECRET)
    household.save()
    return household
