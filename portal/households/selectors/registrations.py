"""Registrations as they were sent."""

from uuid import UUID

from portal.households.models import Registration


def registration_of(token: UUID) -> Registration | None:
    """The registration that a form became, with what its receipt shows."""
    return Registration.objects.select_related("household__village").filter(token=token).first()
