"""Reads of the register for the rooms above."""

from django.utils import timezone

from portal.core.codes import read_numbered_code
from portal.households.models import Household, Village
from portal.households.models.household import CODE_PREFIX
from portal.households.models.village import VillageQuerySet


def villages_today() -> VillageQuerySet:
    """Villages that stand today, in the commune's own order."""
    return Village.objects.standing_on(timezone.localdate())


def household_of_code(typed: str) -> Household | None:
    """The household whose code this is or was, with its root; raises CodeRefused for what cannot be a code."""
    code = read_numbered_code(CODE_PREFIX, typed)
    return Household.objects.select_related("root").filter(code=code).first()
