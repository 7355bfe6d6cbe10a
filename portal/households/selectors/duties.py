"""What a member of staff has taken on in the register and not yet finished."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core.models import User
from portal.households.enums import OPEN_HELP_STATES
from portal.households.models import HelpRequest, TeamMembership


def standing_memberships(user: User) -> QuerySet[TeamMembership]:
    """The teams that the account belongs to today or will."""
    return TeamMembership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()), user=user)


def taken_help(user: User) -> QuerySet[HelpRequest]:
    """Requests for help that families wait for this person to answer."""
    return HelpRequest.objects.filter(taken_by=user, state__in=OPEN_HELP_STATES)


def open_duties(user: User) -> list[tuple[str, int]]:
    """[(what, how many), …], zeros included."""
    return [
        ("tổ công nghệ số đang tham gia", standing_memberships(user).count()),
        ("yêu cầu giúp đang nhận", taken_help(user).count()),
    ]
