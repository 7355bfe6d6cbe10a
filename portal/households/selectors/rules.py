"""What the commune decided about the register."""

from portal.households.models import Holiday, RegisterRules
from portal.households.workdays import Holidays, holidays_of


def register_rules() -> RegisterRules:
    """The rules of today; the usual ones until somebody changes them."""
    return RegisterRules.objects.first() or RegisterRules()


def public_holidays() -> Holidays:
    """Days on which the office rests."""
    return holidays_of(Holiday.objects.values_list("first_day", "last_day", "is_yearly"))
