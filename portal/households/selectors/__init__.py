"""Reads of the register for the rooms above."""

from django.utils import timezone

from portal.households.models import Village
from portal.households.models.village import VillageQuerySet


def villages_today() -> VillageQuerySet:
    """Villages that stand today, in the commune's own order."""
    return Village.objects.standing_on(timezone.localdate())
