"""Pages around erasing, stories and sign-ups are valid HTML, full and empty, with mistakes and without."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from portal.campaign.models import Signup
from portal.campaign.services.erasing import erase_round
from tests.factories.games import SignupFactory
from tests.html import nu_messages, parse_errors
from tests.integration.games.test_entry_stories import address_of as stories_of
from tests.integration.games.test_entry_stories import make, say
from tests.integration.games.test_signups import DESK, address_of, by_name, fill_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_pages_of_the_sign_up_are_valid(training, village, officer, tmp_path):
    session = f"{DESK}{training.pk}/"
    texts = {"form": Client().get(address_of(training)), "mistakes": fill_in(training, people="x", phone="01636123456")}
    texts |= {"seat": by_name(training, village, people="3"), "wait": by_name(training, village, name="Nhà khác")}
    codes = list(Signup.objects.values_list("code", flat=True))
    texts |= {code: Client().get(f"/hoat-dong/dang-ky/{code}/") for code in codes}
    SignupFactory(activity=training, village=village, phone="+84356987123")
    texts |= {"code": Client().get("/hoat-dong/dang-ky/?ma=x"), "public": Client().get(training.url)}
    texts |= {"index": officer.get(DESK), "session": officer.get(session), "print": officer.get(f"{session}in/")}
    texts |= {"wrong": officer.post(session, {"people": "x"}), "phone": officer.post(f"{session}so/{codes[0]}/")}
    with time_machine.travel(training.ends_at + timedelta(minutes=1), tick=True):
        officer.force_login(officer.user)
        texts |= {"over": officer.get(session), "shut": Client().get(address_of(training))}
    check(texts, tmp_path)


def test_pages_of_stories_and_erasing_are_valid(won, household, officer, tmp_path):
    round_ = won.entry.round
    texts = {"no consent": officer.get(stories_of(won))}
    say(household)
    texts |= {"button": officer.get(stories_of(won)), "mistake": make(officer, won, alt_text="")}
    make(officer, won)
    texts |= {"draft": officer.get(stories_of(won))}
    erase_round(round_)
    texts |= {"erased": officer.get(f"/quan-tri/minigame/vong/{round_.pk}/")}
    texts |= {"proof": officer.get(f"/quan-tri/minigame/da-xoa/{round_.pk}/")}
    texts |= {"entry": Client().get(f"/minigame/bai/{won.entry.code}/"), "stories": officer.get(stories_of(won))}
    check(texts, tmp_path)


def check(answers, folder):
    texts = {name: answer.content.decode() for name, answer in answers.items()}
    assert not [name for name, answer in answers.items() if answer.status_code >= 500]
    assert not parse_errors(texts)
    assert not nu_messages(texts, folder)
