"""The register's part of a colleague's leaving."""

from django.db import transaction
from django.utils import timezone

from portal.core.models import User
from portal.households.enums import HelpState
from portal.households.permissions import is_officer, is_team_member
from portal.households.selectors.duties import standing_memberships, taken_help
from portal.households.services.teams import leave_team


@transaction.atomic
def hand_over_duties(*, user: User, successor: User, by: User) -> None:
    """Memberships end today; requests for help go to the successor, if the role lets him answer them.

    Otherwise they are everybody's again, so that no family waits for somebody who cannot see it.
    """
    today = timezone.localdate()
    heir = successor if is_team_member(successor) else None
    for membership in standing_memberships(user):
        if membership.valid_to is None:
            leave_team(membership=membership, valid_to=max(today, membership.valid_from), by=by, successor=heir)
    if is_officer(successor):
        taken_help(user).update(taken_by=successor)
    else:
        taken_help(user).update(taken_by=None, state=HelpState.OPEN)
