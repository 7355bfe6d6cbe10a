"""Who is on which village's team, from one day to another."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.households.enums import OPEN_HELP_STATES, HelpState
from portal.households.models import HelpRequest, TeamMembership, Village


class MembershipRefused(Exception):
    """The membership makes no sense; the message is what the clerk reads."""


@transaction.atomic
def join_team(*, user: User, village: Village, valid_from: date, by: User) -> TeamMembership:
    """On the team from that day on."""
    overlapping = Q(valid_to=None) | Q(valid_to__gte=valid_from)
    if TeamMembership.objects.filter(overlapping, user=user, village=village).exists():
        raise MembershipRefused(f"{user} đã ở tổ {village} rồi.")
    membership = TeamMembership.objects.create(user=user, village=village, valid_from=valid_from)
    record("team.join", by=by, subject=user.username, data={"village": village.pk})
    return membership


@transaction.atomic
def leave_team(*, membership: TeamMembership, valid_to: date, by: User, successor: User | None = None) -> int:
    """On the team until the end of that day; how many unfinished requests for help were passed on.

    A successor takes them over, joining the team where that is needed; without one they are everybody's again.
    """
    locked = TeamMembership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if locked.valid_to is not None:
        raise MembershipRefused("Người này đã ra khỏi tổ rồi.")
    if valid_to < locked.valid_from:
        raise MembershipRefused(f"Ngày ra không được trước ngày vào tổ ({locked.valid_from:%d/%m/%Y}).")
    locked.valid_to = valid_to
    locked.save(update_fields=["valid_to"])
    passed_on = _pass_on_help(locked, successor, by)
    data = {"village": locked.village_id, "passed_on": passed_on}
    record("team.leave", by=by, subject=locked.user.username, data=data)
    return passed_on


def _pass_on_help(membership: TeamMembership, successor: User | None, by: User) -> int:
    if successor is not None and not _is_on_team(successor, membership.village):
        join_team(user=successor, village=membership.village, valid_from=timezone.localdate(), by=by)
    taken = HelpRequest.objects.filter(village=membership.village, taken_by=membership.user, state__in=OPEN_HELP_STATES)
    state = HelpState.TAKEN if successor else HelpState.OPEN
    return taken.update(taken_by=successor, state=state)


def _is_on_team(user: User, village: Village) -> bool:
    standing = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate())
    return TeamMembership.objects.filter(standing, user=user, village=village).exists()
