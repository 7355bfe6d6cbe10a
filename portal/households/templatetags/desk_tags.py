"""What the staff's layout asks of the register: whose desk it is, and which doors lead from it."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from portal.core.handbook import book_url, place_of
from portal.households.access import staff_of
from portal.households.doors import Door, doors_of
from portal.households.permissions import is_leader, is_officer, is_team_member, role_names, villages_of

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_doors(context: Any) -> list[Door]:
    """Links for the roles of whoever is signed in."""
    request: HttpRequest = context["request"]
    return doors_of(staff_of(request), request.path) if request.user.is_authenticated else []


@register.simple_tag(takes_context=True)
def desk_owner(context: Any) -> str:
    """“Tổ công nghệ số, Thôn 3”, “Cán bộ sổ hộ”: on whose desk the page lies."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return ""
    user = staff_of(request)
    if is_officer(user):
        return "Cán bộ sổ hộ"
    if is_team_member(user):
        names = [village.name for village in villages_of(user).order_by("number")[:3]]
        return ", ".join(["Tổ công nghệ số", *names])
    return "Lãnh đạo" if is_leader(user) else "Cán bộ"


@register.simple_tag(takes_context=True)
def desk_handbook(context: Any) -> str:
    """Where the handbook tells of this screen; the list of handbooks where none does."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return ""
    match = request.resolver_match
    place = place_of(match.view_name, role_names(staff_of(request))) if match else None
    return book_url(*place) if place else reverse("handbook:index")
