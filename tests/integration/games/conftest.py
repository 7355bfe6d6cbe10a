"""What the games' tests share: a family whose secret number is known, and rounds of both kinds."""

import pytest

from portal.households.services.secret_numbers import digest_of_secret
from tests.factories.households import HouseholdFactory

SECRET = "123456"


@pytest.fixture
def household(db):
    """A family whose secret number is SECRET."""
    household = HouseholdFactory(head_name="Phạm Văn Đền")
    household.secret_digest = digest_of_secret(household.code, SECRET)
    household.save()
    return household
