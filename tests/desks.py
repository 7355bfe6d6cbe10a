"""A browser in which a member of staff is signed in."""

from django.test import Client

from portal.core.models import User
from portal.households.models import Village
from tests.factories.core import UserFactory
from tests.factories.households import TeamMembershipFactory


class Desk(Client):
    """A browser in which somebody is signed in."""

    user: User


def desk_of(*groups: str, full_name: str, village: Village | None = None) -> Desk:
    """The browser of a new member of staff, on the team of `village` if one is named."""
    browser = Desk()
    browser.user = UserFactory(groups=list(groups), full_name=full_name)
    if village is not None:
        TeamMembershipFactory(user=browser.user, village=village)
    browser.force_login(browser.user)
    return browser
