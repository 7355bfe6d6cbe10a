"""Entries of several families, written in one transaction."""

from uuid import uuid4

import pytest
from django.utils import timezone

from portal.campaign.models import Entry
from portal.campaign.services.entries import (
    MAX_PER_FAMILY,
    Arrival,
    EntryLimitReached,
    RoundClosed,
    entry_of,
    take_together,
)
from portal.core.together import NotTogether
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import over, send, sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return RoundFactory(questions=5, question_count=3)


def arrival(round_, household, **given):
    what, now = sending(round_, household, **given), timezone.now()
    return Arrival(round_, what, now, entry_of(round_, what, now), "")


def test_each_gets_its_own_answer(round_):
    known, full, *others = [HouseholdFactory() for _ in range(5)]
    token = uuid4()
    first = send(round_, known, token=token)
    for _ in range(MAX_PER_FAMILY):
        send(round_, full)
    forms = [arrival(round_, known, token=token), arrival(round_, full), *(arrival(round_, one) for one in others)]
    again, refused, *new = take_together(forms)
    assert again == first
    assert isinstance(refused, EntryLimitReached)
    assert [entry.pk for entry in new] == [form.entry.pk for form in forms[2:]]
    stored = Entry.objects.filter(pk__in=[entry.pk for entry in new]).order_by("pk")
    assert [entry.household for entry in stored] == others
    assert [entry.content for entry in stored] == [form.sending.content for form in forms[2:]]
    assert Entry.objects.count() == 1 + MAX_PER_FAMILY + len(others)


def test_two_forms_of_one_family_are_not_judged_beside_each_other(round_):
    household = HouseholdFactory()
    with pytest.raises(NotTogether):
        take_together([arrival(round_, household), arrival(round_, household)])
    assert not Entry.objects.exists()


def test_too_late_for_one_is_not_too_late_for_the_other(round_):
    later = RoundFactory(
        questions=5, question_count=3, closes_at=round_.closes_at + (round_.closes_at - timezone.now())
    )
    with over(round_):
        opened_at = timezone.now()
        late = arrival(round_, HouseholdFactory(), opened_at=opened_at)
        in_time = arrival(later, HouseholdFactory(), opened_at=opened_at)
        refused, taken = take_together([late, in_time])
    assert isinstance(refused, RoundClosed)
    assert Entry.objects.get() == taken
    assert Entry.objects.get().round == later
