"""What the staff's layout asks of the register: whose desk it is, and which doors lead from it."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from portal.core.models import User
from portal.households.access import staff_of
from portal.households.permissions import can_read_log, is_leader, is_officer, is_team_member, villages_of

register = template.Library()

TEAM_DOORS = (
    ("Việc hôm nay", "team:today"),
    ("Hộ trong thôn", "team:households"),
    ("Danh sách đề nghị", "team:proposals"),
)
OFFICE_DOORS = (
    ("Sổ hộ", "office:index"),
    ("Danh hiệu", "titles:index"),
    ("Excel", "exchange:index"),
)
LOG_DOORS = (("Nhật ký", "office:log"),)


@dataclass(frozen=True)
class Door:
    """One link of the staff's menu."""

    label: str
    url: str
    is_here: bool
    is_inside: bool


@register.simple_tag(takes_context=True)
def desk_doors(context: Any) -> list[Door]:
    """Links for the roles of whoever is signed in; a room that is not built has no door."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return []
    doors = []
    for label, name in _names_for(staff_of(request)):
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        doors.append((label, url))
    # The longest address that fits is where the reader is: the log stands inside the register.
    inside = max((url for _label, url in doors if request.path.startswith(url)), key=len, default="")
    return [Door(label, url, request.path == url, url == inside) for label, url in doors]


@register.simple_tag(takes_context=True)
def desk_owner(context: Any) -> str:
    """`tổ thôn Thôn 3`, `cán bộ sổ hộ`, `lãnh đạo`: on whose desk the page lies."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return ""
    user = staff_of(request)
    if is_officer(user):
        return "Cán bộ sổ hộ"
    if is_team_member(user):
        names = [village.name for village in villages_of(user).order_by("number")[:3]]
        return "Tổ công nghệ số, " + ", ".join(names) if names else "Tổ công nghệ số"
    return "Lãnh đạo" if is_leader(user) else "Cán bộ"


def _names_for(user: User) -> list[tuple[str, str]]:
    names: list[tuple[str, str]] = []
    if is_team_member(user):
        names += TEAM_DOORS
    if is_officer(user):
        names += OFFICE_DOORS
    if can_read_log(user):
        names += LOG_DOORS
    return names
