"""Which rooms of the register lead from somebody's desk."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from portal.core.models import User
from portal.households.permissions import (
    LEADER_GROUP,
    OFFICER_GROUP,
    TEAM_GROUP,
    can_read_log,
    is_leader,
    is_officer,
    is_team_member,
    role_names,
)

TEAM_DOORS = (
    ("Việc hôm nay", "team:today"),
    ("Hộ trong thôn", "team:households"),
    ("Danh sách đề nghị", "team:proposals"),
    ("Hoạt động", "progress:activities"),
    ("Tập huấn", "signupdesk:index"),
    ("Phiếu thi", "gamepaper:index"),
    ("Báo cáo quý", "progress:reports"),
)
OFFICE_DOORS = (
    ("Việc đang chờ", "desk:office"),
    ("Sổ hộ", "office:index"),
    ("Danh hiệu", "titles:index"),
    ("Tiến độ", "progress:board"),
    ("Tập huấn", "signupdesk:index"),
    ("Excel", "exchange:index"),
    ("Minigame", "gamedesk:index"),
)
READING_DOORS = (("Tiến độ", "progress:board"), ("Sổ hộ", "office:index"))
LOG_DOORS = (("Nhật ký", "office:log"),)
REGISTER_GROUPS = {TEAM_GROUP, OFFICER_GROUP, LEADER_GROUP}


@dataclass(frozen=True)
class Door:
    """One link of the staff's menu."""

    label: str
    url: str
    is_here: bool = False
    is_inside: bool = False


def doors_of(user: User, path: str = "") -> list[Door]:
    """Rooms that this account's roles open; a room that is not there has no door."""
    doors = []
    for label, name in _names_for(user):
        try:
            doors.append((label, reverse(name)))
        except NoReverseMatch:
            continue
    # The longest address that fits is where the reader is: one room may stand inside another.
    inside = max((url for _label, url in doors if path.startswith(url)), key=len, default="")
    return [Door(label, url, path == url, url == inside) for label, url in doors]


def home_of(user: User) -> str:
    """Where somebody whose whole work is the register begins the day; “” for everybody else."""
    roles = role_names(user)
    if not roles or not roles <= REGISTER_GROUPS:
        return ""
    doors = doors_of(user)
    return doors[0].url if doors else ""


def _names_for(user: User) -> list[tuple[str, str]]:
    names: list[tuple[str, str]] = []
    if is_team_member(user):
        names += TEAM_DOORS
    if is_officer(user):
        names += OFFICE_DOORS
    elif is_leader(user):
        names += READING_DOORS
    if can_read_log(user):
        names += LOG_DOORS
    return names
