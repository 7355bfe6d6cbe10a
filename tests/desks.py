"""A browser in which a member of staff is signed in."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.core.models import User
from portal.households.models import Village
from tests.factories.core import UserFactory
from tests.factories.households import TeamMembershipFactory

#: Where a test moves the clock further than this, the person has gone home and comes back.
AT_THE_DESK = timedelta(hours=1)


class Desk(Client):
    """A browser in which somebody is signed in, and signs in again after a long break."""

    user: User
    used_at: datetime | None = None

    def request(self, **request: Any) -> Any:
        now = timezone.now()
        if self.used_at is not None and abs(now - self.used_at) > AT_THE_DESK:
            self.force_login(self.user)
        self.used_at = now
        return super().request(**request)


def desk_of(*groups: str, full_name: str, village: Village | None = None) -> Desk:
    """The browser of a new member of staff, on the team of `village` if one is named."""
    browser = Desk()
    browser.user = UserFactory(groups=list(groups), full_name=full_name)
    if village is not None:
        TeamMembershipFactory(user=browser.user, village=village)
    browser.force_login(browser.user)
    browser.used_at = timezone.now()
    return browser
