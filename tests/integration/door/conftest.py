"""Who stands at the door, with the second step demanded as it is in production."""

import pytest
from django.conf import LazySettings

from portal.core.models import User
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP
from tests.factories.core import UserFactory


@pytest.fixture(autouse=True)
def _second_factor_is_required(settings: LazySettings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def clerk(db: None) -> User:
    """An officer: the role must have the second step."""
    return UserFactory(username="so-ho", groups=[OFFICER_GROUP])


@pytest.fixture
def keeper(db: None) -> User:
    """An administrator: so must this one."""
    return UserFactory(username="quan-tri", groups=["Quản trị"])


@pytest.fixture
def chair(db: None) -> User:
    """A leader: may have it."""
    return UserFactory(username="lanh-dao", groups=[LEADER_GROUP])
