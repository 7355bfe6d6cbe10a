"""Machines that send forms by the thousand: nothing of theirs is counted, and no family stands behind them."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.campaign.drafts import Draft, Family
from portal.campaign.kinds import kind_of
from portal.campaign.models import Entry
from portal.campaign.proof_of_work import BITS, is_solved
from portal.campaign.selectors.closing import running_entries
from portal.campaign.services.closing import seal_round, settle_households
from portal.campaign.services.entries import MAX_PER_FAMILY
from tests.factories.core import UserFactory
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory, VillageFactory
from tests.integration.games.conftest import SECRET
from tests.integration.games.phone import Phone, text_of

pytestmark = pytest.mark.django_db

FORMS = 1000
#: Everybody in the house of culture, machine and families alike, comes from one address.
ADDRESS = "203.0.113.7"


def finished_draft(round_, family, number):
    """A form that has walked all the screens, opened a minute ago."""
    form = kind_of(round_).form(round_, family.who)
    boxes = {f"q{question.pk}": [str(question.options[0][0])] for question in form.questions}
    opened = timezone.now() - timedelta(minutes=1)
    return Draft(UUID(int=number), opened, "xem-lai", family, boxes, shown_as="")


def family_of(household, **given):
    return Family(household.code, household.pk, household.pk, household.code, is_sound=True, **given)


def bot(round_, families):
    """Posts one form after another, one every thirtieth of a second; returns what it was told."""
    phone, client = Phone.at(round_), Client(REMOTE_ADDR=ADDRESS)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number, family in enumerate(families, start=1):
            draft = finished_draft(round_, family, number)
            answer = client.post(phone.path, {"draft": draft.signed_for(round_), "di": "gui"})
            assert answer.status_code == 200
            clock.shift(0.033)
    return answer


def counted(round_):
    """The entries in the running once staff have closed the round."""
    clerk = UserFactory()
    with time_machine.travel(round_.times.ends_at + timedelta(minutes=1), tick=True):
        seal_round(round_=round_, by=clerk)
        settle_households(round_=round_, by=clerk)
        return running_entries(round_)


def solved(challenge):
    return next(str(number) for number in count() if is_solved(challenge, str(number)))


def test_thousand_forms_for_one_household_are_three_and_the_family_itself_is_counted(household):
    round_ = RoundFactory()
    last = bot(round_, [family_of(household)] * FORMS)
    assert Entry.objects.count() == MAX_PER_FAMILY
    assert "Đã có 3 bài gửi bằng mã hộ này." in text_of(last)
    phone = Phone.at(round_, client=Client(REMOTE_ADDR=ADDRESS))
    phone.walk_to_review(code=household.code, secret=SECRET)
    phone.send()
    assert "Xã đã nhận bài của nhà mình." in phone.text
    own = Entry.objects.get(is_confirmed=True)
    assert [entry.code for entry in counted(round_)] == [own.code]


def test_thousand_invented_families_are_held_and_not_counted_while_a_family_beside_them_is(household, settings):
    settings.MINIGAME_FLOOD_PER_MINUTE = 30
    round_, village = RoundFactory(), VillageFactory()
    invented = (Family(head_name=f"Nguyễn Văn Máy {n}", village_id=village.pk, is_sound=True) for n in range(FORMS))
    with_script, without_script = HouseholdFactory(), HouseholdFactory()
    start = timezone.now()
    bot(round_, invented)
    held = Entry.objects.filter(is_held=True).count()
    # The first thirty, and what came within the five seconds before the next look.
    assert FORMS - held <= 30 + 5 * 31
    with time_machine.travel(start + timedelta(seconds=34), tick=True):
        phones = []
        for family, secret in ((with_script, ""), (without_script, ""), (household, SECRET)):
            phone = Phone.at(round_, client=Client(REMOTE_ADDR=ADDRESS))
            phone.walk_to_review(code=family.code, secret=secret)
            phones.append(phone)
        challenge = Draft.read(phones[0].draft, round_).token.hex
        assert f'data-work="{challenge}" data-work-bits="{BITS}"' in phones[0].html
        nonces = [solved(challenge), "", ""]
        with time_machine.travel(timezone.now() + timedelta(seconds=5), tick=True):
            for phone, nonce in zip(phones, nonces, strict=True):
                phone.press("di", "gui", {"nonce": nonce})
    assert all("Xã đã nhận bài của nhà mình." in phone.text for phone in phones)
    assert "người của xã xem lại bài rồi mới tính" in phones[1].text
    taken = {entry.household_id: entry.is_held for entry in Entry.objects.exclude(household=None)}
    assert taken == {with_script.pk: False, without_script.pk: True, household.pk: False}
    assert {entry.household_id for entry in counted(round_)} == {with_script.pk, household.pk}


def test_calm_round_asks_for_no_sum_and_holds_nobody(household):
    phone = Phone.at(RoundFactory())
    phone.walk_to_review(code=household.code)
    assert "data-work" not in phone.html.replace("data-work-words", "")
    phone.send()
    assert not Entry.objects.get().is_held


def test_flood_of_one_round_does_not_touch_another(household, settings):
    settings.MINIGAME_FLOOD_PER_MINUTE = 1
    flooded, calm, village = RoundFactory(), RoundFactory(), VillageFactory()
    bot(flooded, (Family(head_name=f"Máy {n}", village_id=village.pk, is_sound=True) for n in range(5)))
    phone = Phone.at(calm)
    phone.walk_to_review(code=household.code)
    phone.send()
    assert not Entry.objects.get(round=calm).is_held


def test_box_that_only_machines_fill_stops_the_sending_and_keeps_all(household):
    phone = Phone.at(RoundFactory())
    phone.walk_to_review(code=household.code)
    phone.send(website="http://ban-hang.example")
    assert "Chưa gửi được. Đợi 1 phút" in phone.text
    assert household.code in phone.text
    assert not Entry.objects.exists()
    phone.send()
    assert Entry.objects.count() == 1


def test_form_that_comes_back_at_once_is_a_machine(household):
    round_ = RoundFactory()
    with time_machine.travel(timezone.now(), tick=False):
        phone = Phone.at(round_)
        phone.walk_to_review(code=household.code)
        phone.press("di", "gui")
        assert "Chưa gửi được. Đợi 1 phút" in phone.text
    assert not Entry.objects.exists()


def test_fourth_entry_of_a_family_is_refused_in_words_and_nothing_is_lost(household):
    round_, village = RoundFactory(), VillageFactory()
    for _number in range(MAX_PER_FAMILY + 1):
        phone = Phone.at(round_)
        phone.walk_to_review(head_name="Phạm Thị Sen", village=str(village.pk))
        phone.send()
    assert "Nhà mình đã gửi 3 bài trong vòng." in phone.text
    assert "Phạm Thị Sen" in phone.text
    assert Entry.objects.count() == MAX_PER_FAMILY


def test_change_of_a_held_entry_stays_held(household):
    from portal.campaign.services.entries import Sending, submit_entry
    from tests.factories.games import EntryFactory

    round_ = RoundFactory()
    held = EntryFactory(round=round_, is_held=True)
    sending = Sending(token=UUID(int=7), opened_at=timezone.now(), content={"answers": {}}, changes=held)
    assert submit_entry(round_=round_, sending=sending, now=timezone.now()).is_held
