"""The family behind a code that staff typed, as far as their reach goes (invariant 9)."""

from portal.core.codes import read_numbered_code
from portal.core.models import User
from portal.households.models import Household
from portal.households.models.household import CODE_PREFIX, HouseholdQuerySet
from portal.households.permissions import villages_of


def reachable_household(user: User, typed: str) -> Household | None:
    """The family as it stands today; None for another village's as for none. CodeRefused for a misspelt code."""
    code = read_numbered_code(CODE_PREFIX, typed)
    found = (
        Household.objects.select_related("root__village").filter(code=code, root__village__in=villages_of(user)).first()
    )
    return found.root if found else None


def reachable_households(user: User) -> HouseholdQuerySet:
    """Families on the register today within the reach of this account, by given name."""
    listed = Household.objects.listed().in_villages(villages_of(user)).select_related("village")
    return listed.order_by("village__number", "sort_key", "pk")
