"""Winners: by code, or by the name that the entry chose and the ledger still allows."""

import pytest

from portal.campaign.enums import EntryChannel, SeedSource
from portal.campaign.selectors.winners import winners_of
from portal.campaign.services.closing import exclude_entry, match_entry, seal_round
from portal.campaign.services.results import DrawRefused, OutsideNumber, draw_round, publish_results
from portal.households.enums import ConsentMeans, NameForm, Purpose
from portal.households.models import Consent
from portal.households.services.consents import Saying, record_consents
from tests.factories.core import UserFactory
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import NUMBER, drawn, number_known, over, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return UserFactory()


@pytest.fixture
def family():
    return HouseholdFactory(head_name="Phạm Văn Đền", village__name="Thôn 3 (mẫu)")


def published(round_, clerk, **given):
    drawn(round_, clerk)
    publish_results(round_=round_, by=clerk, **given)
    round_.refresh_from_db()
    return winners_of(round_)


def win(family, clerk, *, shown_as=NameForm.FULL, is_confirmed=True, **given):
    """The only entry of a round with one prize."""
    round_ = RoundFactory(prizes=[1])
    send(round_, family, shown_as=shown_as, is_confirmed=is_confirmed, **given)
    return round_


@pytest.mark.parametrize(
    ("form", "name"),
    [(NameForm.FULL, "Phạm Văn Đền"), (NameForm.SHORT, "Phạm V. Đ."), (NameForm.VILLAGE, "Một gia đình")],
)
def test_winner_is_named_as_the_entry_chose(family, clerk, form, name):
    [winner] = published(win(family, clerk, shown_as=form), clerk)
    assert (winner.name, winner.village) == (name, "Thôn 3 (mẫu)")


def test_publication_writes_the_consent_as_said_with_the_entry(family, clerk):
    round_ = win(family, clerk)
    published(round_, clerk)
    row = Consent.objects.get(purpose=Purpose.WINNER)
    entry = round_.entries.get()
    assert (row.household, row.is_granted, row.name_form) == (family, True, NameForm.FULL)
    assert (row.means, row.said_at, row.recorded_by) == (ConsentMeans.WEB, entry.received_at, clerk)


def test_nobody_is_named_before_the_publication(family, clerk):
    round_ = win(family, clerk)
    drawn(round_, clerk)
    assert [winner.name for winner in winners_of(round_)] == [""]
    assert not Consent.objects.filter(purpose=Purpose.WINNER).exists()


@pytest.mark.parametrize("given", [{"is_confirmed": False}, {"shown_as": ""}])
def test_guessed_code_and_silence_show_the_code_alone(family, clerk, given):
    [winner] = published(win(family, clerk, **given), clerk)
    assert (winner.name, winner.village) == ("", "")
    assert not Consent.objects.filter(purpose=Purpose.WINNER).exists()


def test_sheet_that_staff_matched_is_named_as_signed(family, clerk):
    round_ = RoundFactory(prizes=[1])
    entry = send(round_, head_name="Phạm Văn Đền", shown_as=NameForm.SHORT, channel=EntryChannel.PAPER)
    match_entry(round_=round_, code=entry.code, household=family, by=clerk)
    [winner] = published(round_, clerk)
    assert winner.name == "Phạm V. Đ."
    assert Consent.objects.get(purpose=Purpose.WINNER).means == ConsentMeans.SIGNED


def test_clerk_may_hold_a_name_back(family, clerk):
    round_ = win(family, clerk)
    [winner] = published(round_, clerk, code_only=[round_.entries.get().code])
    assert winner.name == ""
    assert not Consent.objects.filter(purpose=Purpose.WINNER).exists()


def say(family, is_granted, form=None):
    sayings = [Saying(Purpose.WINNER, is_granted, name_form=form)]
    record_consents(household=family, sayings=sayings, means=ConsentMeans.WEB, by=None)


def test_withdrawal_takes_the_name_down_and_stands_before_the_publication_too(family, clerk):
    round_ = win(family, clerk)
    published(round_, clerk)
    say(family, False)
    assert [winner.name for winner in winners_of(round_)] == [""]

    another = win(family, clerk)
    say(family, False)
    assert [winner.name for winner in published(another, clerk)] == [""]


def test_later_consent_narrows_and_never_widens(family, clerk):
    round_ = win(family, clerk, shown_as=NameForm.SHORT)
    published(round_, clerk)
    for form, name in ((NameForm.FULL, "Phạm V. Đ."), (NameForm.VILLAGE, "Một gia đình"), (None, "Phạm V. Đ.")):
        say(family, True, form)
        assert [winner.name for winner in winners_of(round_)] == [name]


def test_one_entry_of_each_household_must_be_settled_before_the_draw(family, clerk):
    round_ = RoundFactory()
    send(round_, family)
    send(round_, family)
    send(round_)
    with over(round_):
        seal_round(round_=round_, by=clerk)
    with number_known(round_), pytest.raises(DrawRefused, match="2 bài chưa xét"):
        draw_round(round_=round_, outside=NUMBER, by=clerk)


def test_stale_page_excludes_nobody_after_the_draw(family, clerk):
    from portal.campaign.enums import ExclusionReason
    from portal.campaign.services.closing import ExclusionRefused

    round_ = win(family, clerk)
    stale = type(round_).objects.get(pk=round_.pk)
    drawn(round_, clerk)
    with pytest.raises(ExclusionRefused):
        exclude_entry(round_=stale, code=round_.entries.get().code, reason=ExclusionReason.FALSE, by=clerk)


def test_dice_need_witnesses(family, clerk):
    round_ = win(family, clerk)
    round_.seed_source = SeedSource.DICE
    round_.save()
    with over(round_):
        seal_round(round_=round_, by=clerk)
    with number_known(round_):
        with pytest.raises(DrawRefused, match="chứng kiến"):
            draw_round(round_=round_, outside=OutsideNumber("142536", "nhà văn hóa"), by=clerk)
        seen = OutsideNumber("142536", "nhà văn hóa", witnesses="Già làng A, trưởng thôn B")
        assert draw_round(round_=round_, outside=seen, by=clerk).witnesses == "Già làng A, trưởng thôn B"
