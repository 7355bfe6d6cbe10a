"""Who meets the register: the team of a village, a colleague of another, officer, leader, editor, and strangers."""

import pytest
from django.test import Client

from portal.core.catalogue import compile_stale
from portal.core.models import User
from portal.households.models import Village
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from tests.factories.core import UserFactory
from tests.factories.households import TeamMembershipFactory, VillageFactory

# Django reads a catalogue once per process, so it must be there before the first screen.
compile_stale()

EDITOR_GROUP = "Biên tập viên"


class Desk(Client):
    """A browser in which somebody is signed in."""

    user: User


def desk_of(*groups: str, full_name: str, village: Village | None = None) -> Desk:
    """The browser of a new member of staff, on the team of `village` if one is named."""
    browser = Desk()
    browser.user = UserFactory(groups=list(groups), full_name=full_name)
    if village is not None:
        TeamMembershipFactory(user=browser.user, village=village)
    browser.force_login(browser.user)
    return browser


@pytest.fixture
def village(db: None) -> Village:
    """Thôn A."""
    return VillageFactory(name="Thôn A (mẫu)", number=1)


@pytest.fixture
def other_village(db: None) -> Village:
    """Thôn B."""
    return VillageFactory(name="Thôn B (mẫu)", number=2)


@pytest.fixture
def team_member(village: Village) -> Desk:
    """Of the team of thôn A."""
    return desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc", village=village)


@pytest.fixture
def colleague(other_village: Village) -> Desk:
    """Of the team of thôn B."""
    return desk_of(TEAM_GROUP, full_name="Đinh Văn Bông", village=other_village)


@pytest.fixture
def officer(db: None) -> Desk:
    return desk_of(OFFICER_GROUP, full_name="Nguyễn Thị Sổ")


@pytest.fixture
def second_officer(db: None) -> Desk:
    """Approves what the first one asks for."""
    return desk_of(OFFICER_GROUP, full_name="Trần Văn Duyệt")


@pytest.fixture
def leader(db: None) -> Desk:
    return desk_of(LEADER_GROUP, full_name="Phạm Quý Lãnh")


@pytest.fixture
def editor(db: None) -> Desk:
    return desk_of(EDITOR_GROUP, full_name="Phạm Thị Bích")


@pytest.fixture
def stranger(db: None) -> Client:
    """Without an account."""
    return Client()
