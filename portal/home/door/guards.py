"""Who may enter the pages about accounts."""

import time

from django.http import HttpRequest

from portal.core.models import User
from portal.households.access import guarded_by

CONFIRMED = "xac-nhan-luc"
#: A code counts for this long for what may be done with it.
CONFIRMED_FOR = 10 * 60


def is_staff_member(user: User) -> bool:
    """Everybody who has come through the door."""
    return user.is_active


def can_keep_accounts(user: User) -> bool:
    """Administrators."""
    return user.has_perm("core.change_user")


own_account_view = guarded_by(is_staff_member)
accounts_view = guarded_by(can_keep_accounts)


def confirm_now(request: HttpRequest) -> None:
    """A right code was given for something that matters."""
    request.session[CONFIRMED] = time.time()


def confirmed_lately(request: HttpRequest) -> bool:
    """Whether that was in this session and not long ago."""
    return time.time() - float(request.session.get(CONFIRMED, 0)) < CONFIRMED_FOR
