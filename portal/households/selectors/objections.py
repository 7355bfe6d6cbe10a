"""Questions about lists and results."""

from django.db.models import QuerySet

from portal.households.models import Household, Objection, Village


def open_objections() -> QuerySet[Objection]:
    """What waits for an answer, the nearest day first."""
    waiting = Objection.objects.filter(answered_at=None)
    return waiting.select_related("household__root__village", "proposal__village").order_by("answer_by", "pk")


def open_objections_in(villages: QuerySet[Village]) -> QuerySet[Objection]:
    """Questions that these villages have to answer before they send their list."""
    return open_objections().filter(proposal__village__in=villages)


def objections_of(household: Household) -> list[Objection]:
    """All that a family ever asked again, the newest first."""
    root_id = household.root_id or household.pk
    return list(Objection.objects.filter(household__root=root_id).order_by("-received_on", "-pk"))
