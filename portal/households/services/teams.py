"""Who is on which village's team, from one day to another."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from portal.core.audit import record
from portal.core.models import User
from portal.households.models import TeamMembership, Village


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
def leave_team(*, membership: TeamMembership, valid_to: date, by: User) -> TeamMembership:
    """On the team until the end of that day."""
    locked = TeamMembership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if locked.valid_to is not None:
        raise MembershipRefused("Người này đã ra khỏi tổ rồi.")
    if valid_to < locked.valid_from:
        raise MembershipRefused(f"Ngày ra không được trước ngày vào tổ ({locked.valid_from:%d/%m/%Y}).")
    locked.valid_to = valid_to
    locked.save(update_fields=["valid_to"])
    record("team.leave", by=by, subject=locked.user.username, data={"village": locked.village_id})
    return locked
