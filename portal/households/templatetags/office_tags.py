"""The rooms of the register office."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from portal.households.access import staff_of
from portal.households.permissions import is_officer

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
    rooms = [(text, reverse(room)) for text, room in ROOMS] + [(label, reverse(name, args=arguments))]
    return [Room(text, url, request.path == url) for text, url in rooms]
