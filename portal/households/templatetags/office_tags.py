"""The rooms of the register office."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from portal.households.access import staff_of
from portal.households.permissions import is_leader, is_officer

register = template.Library()

ROOMS: tuple[tuple[str, str], ...] = (
    ("Sổ hộ", "office:index"),
    ("Nghi trùng", "office:duplicates"),
    ("Đã gộp", "office:merges"),
    ("Việc cần hai người", "office:approvals"),
    ("Nhờ giúp", "office:help_queue"),
    ("Hỏi lại", "office:objections"),
    ("Dữ liệu", "office:data_requests"),
    ("Bộ tiêu chí", "office:criteria_sets"),
    ("Tổ công nghệ số", "office:teams"),
    ("Ngày nghỉ lễ", "holidays:index"),
)
#: A screen of the admin that is addressed by what it edits.
RULES = ("Quy tắc của sổ", "wagtailsettings:edit", ("households", "registerrules"))


PROGRESS_ROOMS: tuple[tuple[str, str], ...] = (
    ("Bảng tiến độ", "progress:board"),
    ("Báo cáo, chốt kỳ", "progress:periods"),
    ("Hoạt động của thôn", "progress:activities"),
    ("Việc nên làm", "progress:next_steps"),
    ("Soát lại", "progress:doubts"),
    ("Cách tính", "progress:definitions"),
)


@dataclass(frozen=True)
class Room:
    """A link to one kind of work."""

    label: str
    url: str
    is_here: bool


@register.simple_tag(takes_context=True)
def office_rooms(context: Any) -> list[Room]:
    """Links for an officer; a reader of the list or the log needs none."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated or not is_officer(staff_of(request)):
        return []
    label, name, arguments = RULES
    return [*_rooms(ROOMS, request), _room(request, label, reverse(name, args=arguments))]


@register.simple_tag(takes_context=True)
def progress_rooms(context: Any) -> list[Room]:
    """Links for officers and leaders; a team has its doors."""
    request: HttpRequest = context["request"]
    user = staff_of(request)
    reads = request.user.is_authenticated and (is_officer(user) or is_leader(user))
    return _rooms(PROGRESS_ROOMS, request) if reads else []


def _rooms(rooms: tuple[tuple[str, str], ...], request: HttpRequest) -> list[Room]:
    return [_room(request, label, reverse(name)) for label, name in rooms]


def _room(request: HttpRequest, label: str, url: str) -> Room:
    return Room(label, url, request.path == url)
