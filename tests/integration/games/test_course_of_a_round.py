"""From the last entry to the winners: each step once, in order, and provable afterwards."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from portal.campaign.enums import CountingRule, EntryChannel, ExclusionReason, PredictionOf
from portal.campaign.models import Award, Entry, Exclusion
from portal.campaign.selectors.closing import exclusions_of, running_entries, seal_is_whole
from portal.campaign.selectors.results import ranked_entries
from portal.campaign.services.closing import (
    ExclusionRefused,
    SealingRefused,
    exclude_entry,
    lift_exclusion,
    match_entry,
    seal_round,
    settle_households,
)
from portal.campaign.services.entries import EntryLimitReached, RoundClosed
from portal.campaign.services.results import DrawRefused, OutsideNumber, draw_round, publish_results
from tests.factories.core import UserFactory
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import NUMBER, answers, drawn, number_known, over, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return UserFactory()


def test_same_form_twice_is_one_entry():
    round_, token = RoundFactory(), uuid4()
    first = send(round_, token=token)
    again = send(round_, token=token, content=answers(round_, right=0))
    assert again == first
    assert Entry.objects.count() == 1


def test_change_keeps_the_older_version_and_the_code():
    round_ = RoundFactory()
    first = send(round_)
    second = send(round_, content=answers(round_, right=1), changes=first)
    assert (second.code, second.version) == (first.code, 2)
    assert Entry.objects.filter(code=first.code).count() == 2


@pytest.mark.parametrize(
    ("offset", "opened", "taken", "late"),
    [
        (-1, -60, True, False),
        (0, -60, True, True),
        (0, 0, False, None),
        (599, -1, True, True),
        (600, -1, False, None),
    ],
)
def test_hour_of_arrival_decides(offset, opened, taken, late):
    round_ = RoundFactory()
    now = round_.closes_at + timedelta(seconds=offset)
    with time_machine.travel(now, tick=False):
        given = {"now": now, "opened_at": round_.closes_at + timedelta(seconds=opened)}
        if not taken:
            with pytest.raises(RoundClosed):
                send(round_, **given)
        else:
            assert send(round_, **given).is_late is late


def test_household_sends_three_and_no_more():
    round_, household = RoundFactory(), HouseholdFactory()
    for _ in range(3):
        send(round_, household)
    with pytest.raises(EntryLimitReached):
        send(round_, household)
    assert Entry.objects.count() == 3


def test_list_is_not_sealed_before_the_last_hour(clerk):
    round_ = RoundFactory()
    with pytest.raises(SealingRefused):
        seal_round(round_=round_, by=clerk)
    with time_machine.travel(round_.closes_at + timedelta(minutes=5)), pytest.raises(SealingRefused):
        seal_round(round_=round_, by=clerk)


def test_list_is_not_sealed_once_the_number_is_known(clerk):
    round_ = RoundFactory()
    with number_known(round_), pytest.raises(SealingRefused):
        seal_round(round_=round_, by=clerk)


def test_sealed_list_names_the_last_version_of_each_code(clerk):
    round_ = RoundFactory()
    first = send(round_)
    second = send(round_, content=answers(round_, right=1), changes=first)
    with over(round_):
        sealed = seal_round(round_=round_, by=clerk)
    assert sealed.text == f"{second.code} {second.digest[:16]}\n"
    assert seal_is_whole(round_)


def test_changed_entry_breaks_the_seal_and_stops_the_draw(clerk):
    from django.db.models import QuerySet

    round_ = RoundFactory()
    entry = send(round_, HouseholdFactory())
    with over(round_):
        seal_round(round_=round_, by=clerk)
    QuerySet.update(Entry.objects.filter(pk=entry.pk), content=answers(round_, right=0))
    assert not seal_is_whole(round_)
    round_.refresh_from_db()
    with number_known(round_), pytest.raises(DrawRefused):
        draw_round(round_=round_, outside=NUMBER, by=clerk)


@pytest.mark.parametrize(
    ("rule", "counted"),
    [(CountingRule.LAST, 2), (CountingRule.FIRST, 0), (CountingRule.PAPER, 1)],
)
def test_one_entry_of_a_household_counts_by_the_rule(clerk, rule, counted):
    round_, household = RoundFactory(counting_rule=rule), HouseholdFactory()
    channels = [EntryChannel.WEB, EntryChannel.PAPER, EntryChannel.WEB]
    entries = [send(round_, household, channel=channel) for channel in channels]
    with over(round_):
        seal_round(round_=round_, by=clerk)
        settle_households(round_=round_, by=clerk)
        assert settle_households(round_=round_, by=clerk) == 0
    assert [entry.code for entry in running_entries(round_)] == [entries[counted].code]
    assert set(exclusions_of(round_)) == {entry.code for n, entry in enumerate(entries) if n != counted}


def test_stranger_with_the_code_does_not_put_the_familys_own_entry_aside(clerk):
    round_, household = RoundFactory(), HouseholdFactory()
    own = send(round_, household, is_confirmed=True)
    send(round_, household)
    with over(round_):
        seal_round(round_=round_, by=clerk)
        settle_households(round_=round_, by=clerk)
    assert [entry.code for entry in running_entries(round_)] == [own.code]


def test_entry_without_household_counts_once_staff_know_whose_it_is(clerk):
    round_, household = RoundFactory(), HouseholdFactory()
    entry = send(round_, head_name="Phạm Văn Đền")
    with over(round_):
        seal_round(round_=round_, by=clerk)
        settle_households(round_=round_, by=clerk)
        assert running_entries(round_) == []
        match_entry(round_=round_, code=entry.code, household=household, by=clerk)
        settle_households(round_=round_, by=clerk)
    assert [running.code for running in running_entries(round_)] == [entry.code]


def test_ranks_follow_answers_then_prediction_then_time_then_draw(clerk):
    round_ = RoundFactory(prediction_of=PredictionOf.ENTRIES, prizes=[1, 2])
    start = round_.opens_at
    far, near = {"prediction": 90}, {"prediction": 4}
    sent = [
        send(round_, HouseholdFactory(), content={**answers(round_, 2), **near}, now=start),
        send(round_, HouseholdFactory(), content={**answers(round_, 3), **far}, now=start),
        send(round_, HouseholdFactory(), content={**answers(round_, 3), **near}, now=start + timedelta(seconds=9)),
        send(round_, HouseholdFactory(), content={**answers(round_, 3), **near}, now=start + timedelta(seconds=3)),
    ]
    drawn(round_, clerk)
    assert [place.entry.code for place in ranked_entries(round_)] == [sent[n].code for n in (3, 2, 1, 0)]
    won = list(Award.objects.order_by("rank").values_list("prize__name", "entry__code"))
    assert won == [("Giải 1", sent[3].code), ("Giải 2", sent[2].code), ("Giải 2", sent[1].code)]


def test_draw_once_only_in_time_and_with_a_number_of_its_kind(clerk):
    round_ = RoundFactory()
    send(round_, HouseholdFactory())
    with number_known(round_), pytest.raises(DrawRefused, match="chốt"):
        draw_round(round_=round_, outside=NUMBER, by=clerk)
    with over(round_):
        seal_round(round_=round_, by=clerk)
        round_.refresh_from_db()
        with pytest.raises(DrawRefused, match="giờ"):
            draw_round(round_=round_, outside=NUMBER, by=clerk)
    with number_known(round_):
        with pytest.raises(DrawRefused, match="chữ số"):
            draw_round(round_=round_, outside=OutsideNumber("12", "ở xã"), by=clerk)
        draw_round(round_=round_, outside=NUMBER, by=clerk)
        with pytest.raises(DrawRefused, match="một lần"):
            draw_round(round_=round_, outside=NUMBER, by=clerk)


def test_nobody_is_dropped_after_the_draw(clerk):
    round_ = RoundFactory()
    entry = send(round_, HouseholdFactory())
    drawn(round_, clerk)
    with pytest.raises(ExclusionRefused):
        exclude_entry(round_=round_, code=entry.code, reason=ExclusionReason.FALSE, by=clerk)
    with pytest.raises(ExclusionRefused):
        match_entry(round_=round_, code=entry.code, household=None, by=clerk)


def test_exclusion_is_lifted_by_a_further_row(clerk):
    round_ = RoundFactory()
    entry = send(round_, HouseholdFactory())
    with over(round_):
        seal_round(round_=round_, by=clerk)
        exclude_entry(round_=round_, code=entry.code, reason=ExclusionReason.ORGANISER, by=clerk, note="cháu cán bộ")
        assert running_entries(round_) == []
        lift_exclusion(round_=round_, code=entry.code, by=clerk)
    assert [running.code for running in running_entries(round_)] == [entry.code]
    assert Exclusion.objects.count() == 2


def test_results_are_published_once_and_after_the_draw(clerk):
    round_ = RoundFactory()
    send(round_, HouseholdFactory())
    drawn(round_, clerk)
    published = publish_results(round_=round_, by=clerk)
    again = publish_results(round_=round_, by=UserFactory())
    assert again.results_by == published.results_by == clerk
