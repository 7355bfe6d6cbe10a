"""Who can use digital services is said on a day: past days stay what they were (row L3, plan's target b)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.appendonly import FactChanged
from portal.households.enums import Basis, CapableMember, ConsentMeans, DataRequestKind
from portal.households.models import CapableStatement, Household
from portal.households.progress.counting import Counted, Heap, MeasureKind
from portal.households.progress.measures import Definition
from portal.households.selectors.progress import figures_on
from portal.households.services.capable import state_capable_member
from portal.households.services.data_requests import ask_about_data
from portal.households.services.erasure import carry_out_erasure
from portal.households.services.merging import merge_households, undo_merge
from tests.factories.core import UserFactory
from tests.factories.households import HouseholdFactory

pytestmark = pytest.mark.django_db

CAPABLE = Definition("nguoi-biet", "x", Counted(MeasureKind.CAPABLE))


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


def say(home, who, ago, **more):
    return state_capable_member(household=home, who=CapableMember(who), said_on=days_ago(ago), by=None, **more)


def heaps(ago):
    return dict(figures_on([days_ago(ago)], [CAPABLE]).of(CAPABLE, days_ago(ago)).heaps)


def column(home):
    return Household.objects.get(pk=home.pk).capable_member


def test_word_of_a_day_holds_from_that_day_on():
    home = HouseholdFactory(listed_from=days_ago(30))
    say(home, "chua-co", 20)
    say(home, "con-lon", 5, basis=Basis.SEEN)
    assert [heaps(ago) for ago in (25, 20, 6, 5, 0)] == [
        {Heap.UNSEEN: 1},
        {Heap.UNMET: 1},
        {Heap.UNMET: 1},
        {Heap.MET_SEEN: 1},
        {Heap.MET_SEEN: 1},
    ]
    assert column(home) == "con-lon"


def test_word_entered_late_does_not_rule_over_a_later_one():
    home = HouseholdFactory(listed_from=days_ago(30))
    say(home, "con-lon", 5)
    say(home, "chua-co", 20)
    assert column(home) == "con-lon"
    assert heaps(10) == {Heap.UNMET: 1}


def test_same_word_again_adds_nothing_and_a_stronger_basis_does():
    home = HouseholdFactory(listed_from=days_ago(30))
    assert say(home, "chua-ro", 9) is None
    assert say(home, "con-lon", 8, basis=Basis.TOLD)
    assert say(home, "con-lon", 7) is None
    assert say(home, "con-lon", 6, basis=Basis.SEEN)
    assert heaps(7) == {Heap.MET_TOLD: 1}
    assert heaps(6) == {Heap.MET_SEEN: 1}


def test_words_are_neither_changed_nor_deleted():
    said = say(HouseholdFactory(), "con-lon", 0)
    with pytest.raises(FactChanged):
        said.save()
    with pytest.raises(FactChanged):
        CapableStatement.objects.all().delete()


def test_merged_households_have_the_last_word_of_both_and_their_own_again_after_undo():
    kept, gone = HouseholdFactory(listed_from=days_ago(30)), HouseholdFactory(listed_from=days_ago(30))
    say(kept, "chua-co", 9)
    say(gone, "chu-ho", 5)
    merge = merge_households(survivor=kept, absorbed=gone, by=UserFactory())
    assert column(kept) == "chu-ho"
    assert (heaps(7), heaps(5)) == ({Heap.UNMET: 1}, {Heap.MET: 1})
    undo_merge(merge=merge, by=UserFactory())
    assert (column(kept), column(gone)) == ("chua-co", "chu-ho")
    assert heaps(5) == {Heap.UNMET: 1, Heap.MET: 1}


def test_erasure_forgets_who_it_was_and_keeps_the_figures_of_past_days():
    home = HouseholdFactory(listed_from=days_ago(30))
    say(home, "vo-chong", 9, basis=Basis.SEEN)
    asked = ask_about_data(
        household=home, kind=DataRequestKind.ERASE, asked_by="Chủ hộ", means=ConsentMeans.SIGNED, by=UserFactory()
    )
    carry_out_erasure(request=asked, outcome="Đã xóa", by=UserFactory())
    assert CapableStatement.objects.get().who == CapableMember.OTHER
    assert heaps(5) == {Heap.MET_SEEN: 1}
    assert heaps(0) == {}
