"""Rooms of the games that another desk keeps: named by their addresses, and not there where nobody has built them."""

from django.urls import NoReverseMatch, reverse

from portal.campaign.models import Round

MATCHING, JUDGING, HANDOVER = "gameprizes:matching", "gameprizes:judging", "gameprizes:handover"
#: On the floor above, which knows stories and games alike.
STORIES = "entrystories:round"


def room_of(name: str, round_: Round) -> str:
    """Address of the room for this round; “” where there is none."""
    try:
        return reverse(name, args=[round_.pk])
    except NoReverseMatch:
        return ""
