"""Who meets the register and the games: a village's team, a colleague of another, office, leader, editor, strangers."""

import pytest
from django.test import Client

from portal.core.catalogue import compile_stale
from portal.home.desk.roles import ADMINISTRATOR
from portal.households.models import Village
from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from tests.desks import Desk, desk_of
from tests.factories.households import VillageFactory

# Django reads a catalogue once per process, so it must be there before the first screen.
compile_stale()

EDITOR_GROUP = "Biên tập viên"


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


@pytest.fixture
def keeper(db: None) -> Desk:
    """Keeps accounts and machine."""
    return desk_of(ADMINISTRATOR, full_name="Trần Văn Quản")
