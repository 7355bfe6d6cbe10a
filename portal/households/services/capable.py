"""Who in the house can use digital services: said on a day, kept with the day; the household's column is a cache."""

from datetime import date

from django.db import transaction

from portal.core.models import User
from portal.households.enums import Basis, CapableMember
from portal.households.models import CapableStatement, Household, Visit
from portal.households.services.progress import refresh_progress


@transaction.atomic
def state_capable_member(
    *,
    household: Household,
    who: CapableMember,
    said_on: date,
    by: User | None,
    basis: Basis | None = None,
    visit: Visit | None = None,
) -> CapableStatement | None:
    """Note it, unless that is what the register already says of that day; then there is nothing new, and None."""
    if who == CapableMember.UNKNOWN:
        basis = None  # not knowing rests on nothing
    known = _last_by(household, said_on)
    said = (known.who, known.basis) if known else (CapableMember.UNKNOWN, "")
    if who == said[0] and (basis is None or basis == said[1]):
        return None
    statement = CapableStatement(
        household=household, said_on=said_on, who=who, basis=basis or "", visit=visit, recorded_by=by
    )
    statement.save()
    refresh_capable(household)
    refresh_progress(household)
    return statement


def refresh_capable(household: Household) -> None:
    """Write the last word into the column of the household and of what it was merged into."""
    last = _last_by(household, date.max)
    root_id = household.root_id or household.pk
    Household.objects.filter(pk=root_id).update(capable_member=last.who if last else CapableMember.UNKNOWN)


def _last_by(household: Household, day: date) -> CapableStatement | None:
    root_id = household.root_id or household.pk
    said: CapableStatement | None = (
        CapableStatement.objects.filter(household__root=root_id, said_on__lte=day).order_by("said_on", "pk").last()
    )
    return said
