"""The list seals itself in time; paper that was handed in before the close is on it, and nothing comes in behind it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from portal.campaign.enums import EntryChannel
from portal.campaign.models import Entry, Round, SealedList
from portal.campaign.services.closing import SealingRefused, seal_due_rounds, seal_round
from portal.campaign.services.entries import RoundClosed
from portal.home.serving import do_what_is_due
from tests.factories.core import UserFactory
from tests.factories.games import RoundFactory
from tests.integration.games.course import number_known, over, send

pytestmark = pytest.mark.django_db


def test_round_seals_itself_once_its_time_is_over():
    round_, still_open = RoundFactory(), RoundFactory(closes_at=timezone.now() + timedelta(days=2))
    entry = send(round_)
    assert seal_due_rounds() == []
    with over(round_):
        out = StringIO()
        call_command("seal_rounds", stdout=out)
        call_command("seal_rounds", stdout=out)
    sealed = SealedList.objects.get()
    assert (sealed.round, sealed.sealed_by) == (round_, None)
    assert entry.code in sealed.text
    assert out.getvalue().count(sealed.digest) == 1
    still_open.refresh_from_db()
    assert still_open.sealed_at is None


def test_clock_of_the_server_seals():
    round_ = RoundFactory()
    with over(round_):
        do_what_is_due()
    assert Round.objects.get(pk=round_.pk).sealed_at is not None


def test_list_waits_for_what_arrived_in_the_last_second():
    round_ = RoundFactory()
    with time_machine.travel(round_.times.ends_at + timedelta(seconds=29), tick=False):
        assert seal_due_rounds() == []
        with pytest.raises(SealingRefused, match="còn được ghi"):
            seal_round(round_=round_, by=UserFactory())
    with time_machine.travel(round_.times.ends_at + timedelta(seconds=30), tick=False):
        assert len(seal_due_rounds()) == 1


def test_round_that_missed_its_number_stops_no_other(caplog):
    missed, due = RoundFactory(), RoundFactory()
    Round.objects.filter(pk=due.pk).update(seed_known_at=missed.seed_known_at + timedelta(days=1))
    with number_known(missed):
        assert [sealed.round for sealed in seal_due_rounds()] == [due]
    assert "was not sealed" in caplog.text


def paper(round_, handed_in_at, **given):
    return send(round_, channel=EntryChannel.PAPER, handed_in_at=handed_in_at, **given)


def test_paper_handed_in_before_the_close_is_typed_in_until_the_seal():
    round_ = RoundFactory()
    round_.paper_until = round_.closes_at + timedelta(hours=12)
    round_.save()
    handed_in_at = round_.closes_at - timedelta(minutes=5)
    with time_machine.travel(round_.paper_until - timedelta(seconds=1), tick=False):
        assert seal_due_rounds() == []
        entry = paper(round_, handed_in_at)
        with pytest.raises(RoundClosed):
            send(round_)
    assert (entry.received_at, entry.is_late) == (handed_in_at, False)
    with over(round_):
        assert entry.code in seal_due_rounds()[0].text
        round_.refresh_from_db()
        with pytest.raises(RoundClosed, match="đã chốt"):
            paper(round_, handed_in_at)


@pytest.mark.parametrize("minutes", [0, 10])
def test_paper_handed_in_after_the_close_is_refused(minutes):
    round_ = RoundFactory()
    handed_in_at = round_.closes_at + timedelta(minutes=minutes)
    with over(round_), pytest.raises(RoundClosed, match="ngoài giờ"):
        paper(round_, handed_in_at)


def test_paper_from_the_future_or_before_the_opening_is_refused():
    round_ = RoundFactory()
    for handed_in_at in (timezone.now() + timedelta(hours=1), round_.opens_at - timedelta(seconds=1)):
        with pytest.raises(RoundClosed):
            paper(round_, handed_in_at)


def test_nothing_comes_in_behind_a_sealed_list():
    """An entry that arrived in time but is written only now meets a list that is sealed meanwhile."""
    round_ = RoundFactory()
    arrived = round_.closes_at - timedelta(seconds=1)
    with over(round_):
        seal_due_rounds()
        with pytest.raises(RoundClosed, match="đã chốt"):
            send(round_, now=arrived, opened_at=arrived)
    assert not Entry.objects.exists()
