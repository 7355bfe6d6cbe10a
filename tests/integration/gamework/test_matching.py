"""Whose entry it is: likely families by one tap, for all entries of one name, with a way back."""

import pytest
from django.urls import reverse

from portal.campaign.models import Entry, EntryMatch
from portal.campaign.selectors.entries import matched_households
from portal.campaign.selectors.matching import matching_groups, unmatched_entries
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import drawn, over, send
from tests.integration.gamework.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return RoundFactory()


@pytest.fixture
def household(village):
    return HouseholdFactory(head_name="Phạm Văn Đền", village=village)


def nameless(round_, village, name="Phạm Văn Đền", **given):
    """An entry without household code."""
    return send(round_, head_name=name, village_id=village.pk, **given)


def page(round_, name="matching"):
    return reverse(f"gameprizes:{name}", args=[round_.pk])


def owner(round_, entry):
    return matched_households(round_, Entry.objects.filter(pk=entry.pk))[entry.code]


def test_entries_of_one_name_in_one_village_are_one_group_with_its_likely_family(round_, village, household):
    first = nameless(round_, village)
    again = nameless(round_, village, "phạm văn đền")
    other = nameless(round_, village, "Đinh Thị Lạ")
    send(round_, household)
    groups = matching_groups(round_)
    assert [group.codes for group in groups] == [[first.code, again.code], [other.code]]
    assert [item.household for item in groups[0].likely] == [household]
    assert groups[1].likely == []


def test_nothing_is_told_before_the_close(round_, village, officer):
    entry = nameless(round_, village)
    answer = officer.get(page(round_))
    assert entry.code not in words_of(answer)
    assert "Vòng đóng rồi mới khớp hộ" in words_of(answer)


def test_one_tap_matches_the_whole_group_and_undo_takes_one_back(round_, village, household, officer):
    entries = [nameless(round_, village), nameless(round_, village)]
    with over(round_):
        assert household.code in words_of(officer.get(page(round_)))
        sent = {"bai": [entry.code for entry in entries], "ho": household.code}
        answer = officer.post(page(round_, "match"), sent, follow=True)
        assert f"của hộ {household.code}" in words_of(answer)
        assert [owner(round_, entry) for entry in entries] == [household.pk, household.pk]
        officer.post(page(round_, "undo_match"), {"bai": entries[0].code})
        assert [entry.code for entry in unmatched_entries(round_)] == [entries[0].code]
    assert EntryMatch.objects.count() == 3


def test_none_of_the_register_leaves_the_queue_and_has_no_owner(round_, village, officer):
    entry = nameless(round_, village)
    with over(round_):
        officer.post(page(round_, "match"), {"bai": entry.code, "ho": "khong"})
        assert unmatched_entries(round_) == []
        assert owner(round_, entry) is None
        officer.post(page(round_, "undo_match"), {"bai": entry.code})
        assert unmatched_entries(round_) == [entry]


def test_undone_match_gives_back_what_the_family_wrote(round_, household, officer):
    from portal.campaign.services.closing import match_entry, undo_match

    entry = send(round_, household)
    match_entry(round_=round_, code=entry.code, household=None, by=officer.user)
    assert owner(round_, entry) is None
    undo_match(round_=round_, code=entry.code, by=officer.user)
    assert owner(round_, entry) == household.pk


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("BT-9999", "Mã"), ("BT-0412X", "gõ nhầm"), ("bt 999999 k", "gõ nhầm"), ("", "Mã có dạng")],
)
def test_code_that_leads_nowhere_is_told_beside_its_group(round_, village, officer, typed, sentence):
    entry = nameless(round_, village)
    with over(round_):
        answer = officer.post(page(round_, "match"), {"bai": entry.code, "ma": typed})
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert not EntryMatch.objects.exists()


def test_code_looked_up_elsewhere_may_be_typed(round_, village, officer):
    other = HouseholdFactory(head_name="Đinh Văn Rin")
    entry = nameless(round_, village)
    with over(round_):
        officer.post(page(round_, "match"), {"bai": entry.code, "ma": other.code.lower()})
    assert owner(round_, entry) == other.pk


def test_after_the_draw_nothing_is_matched_any_more(round_, village, household, officer):
    entry = nameless(round_, village)
    drawn(round_, officer.user)
    answer = officer.post(page(round_, "match"), {"bai": entry.code, "ho": household.code})
    assert "Đã bốc thăm" in words_of(answer)
    assert owner(round_, entry) is None


def test_entries_of_another_round_are_not_touched(round_, village, household, officer):
    foreign = nameless(RoundFactory(), village)
    with over(round_):
        assert officer.post(page(round_, "match"), {"bai": foreign.code, "ho": household.code}).status_code == 404
        assert officer.post(page(round_, "undo_match"), {"bai": foreign.code}).status_code == 404
