"""Requests of families about their own data."""

from django.db.models import QuerySet

from portal.households.models import DataRequest, Household


def open_data_requests() -> QuerySet[DataRequest]:
    """What waits for an answer, the nearest day first."""
    return DataRequest.objects.filter(answered_at=None).select_related("household__root__village").order_by("answer_by")


def data_requests_of(household: Household) -> list[DataRequest]:
    """All that a family ever asked, the newest first."""
    root_id = household.root_id or household.pk
    return list(DataRequest.objects.filter(household__root=root_id).order_by("-received_at", "-pk"))
