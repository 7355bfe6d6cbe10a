"""The first and the last second of a round, whatever zone the server's own clock is in."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from portal.campaign.models import Entry
from tests.factories.games import GamePageFactory, RoundFactory
from tests.factories.home import HomePageFactory
from tests.integration.games.phone import Phone, text_of

pytestmark = pytest.mark.django_db

#: Midnight here, Saturday to Sunday, and a week later.
OPENS, CLOSES = datetime(2026, 11, 21, 17, tzinfo=UTC), datetime(2026, 11, 29, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["UTC", "Asia/Ho_Chi_Minh", "America/Los_Angeles"], autouse=True)
def _zone_of_the_server(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    os.environ.setdefault("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()


@pytest.fixture
def round_():
    HomePageFactory()
    with time_machine.travel(OPENS - timedelta(days=1), tick=False):
        return RoundFactory(
            game=GamePageFactory(slug="nha-toi-gioi-so"), opens_at=OPENS, closes_at=CLOSES, grace_minutes=10
        )


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_pages_say_the_hours_as_people_here_say_them(client, round_):
    with at(CLOSES - timedelta(hours=3)):
        text = text_of(client.get("/minigame/nha-toi-gioi-so/"))
    assert "hết ngày Chủ\xa0nhật 29/11/2026" in text.replace("Chủ nhật", "Chủ\xa0nhật")
    assert "còn 3 giờ" not in text
    assert "3 giờ" in text


def test_form_opens_with_the_first_second(round_):
    phone = Phone.at(round_)
    with at(OPENS - SECOND):
        phone.open()
        assert "Vòng này chưa mở." in phone.text
        assert "chưa tới 1 phút" in phone.text
    with at(OPENS):
        phone.open()
        assert phone.title == "Nhà mình là ai?"


def test_last_second_counts_and_the_next_is_marked(round_, household):
    phones = [Phone.at(round_) for _ in range(2)]
    with at(CLOSES - timedelta(minutes=5)):
        for phone in phones:
            phone.walk_to_review(code=household.code)
    for phone, moment in zip(phones, (CLOSES - SECOND, CLOSES), strict=True):
        with at(moment):
            phone.press("di", "gui")
        assert "Xã đã nhận bài của nhà mình." in phone.text
    assert "ghi là “gửi trễ”" not in phones[0].text
    assert "ghi là “gửi trễ”" in phones[1].text
    assert list(Entry.objects.order_by("received_at").values_list("is_late", flat=True)) == [False, True]


def test_grace_is_for_what_was_begun_in_time_and_ends_to_the_second(round_, household):
    in_time, too_late = Phone.at(round_), Phone.at(round_)
    with at(CLOSES - SECOND):
        in_time.walk_to_review(code=household.code)
    with at(CLOSES):
        too_late.open()
        assert "Vòng này đã đóng." in too_late.text
        in_time.open()
        assert "Đã hết giờ. Bài mở trước giờ đóng còn 10 phút để gửi" in in_time.text
    with at(CLOSES + timedelta(minutes=10)):
        in_time.press("di", "gui")
        assert "Vòng này đã đóng" in in_time.text
    assert not Entry.objects.exists()
    with at(CLOSES + timedelta(minutes=10) - SECOND):
        in_time.press("di", "gui", {"draft": in_time_draft(round_, household)})
    assert Entry.objects.get().is_late


def in_time_draft(round_, household):
    """The signed draft of a form that was finished in the last second."""
    phone = Phone.at(round_)
    with at(CLOSES - SECOND):
        phone.walk_to_review(code=household.code)
    return phone.draft


def test_stored_page_does_not_outlive_the_close(client, round_):
    for path in ("/", "/minigame/", "/minigame/nha-toi-gioi-so/"):
        for moment in (CLOSES - timedelta(seconds=20), CLOSES - SECOND):
            with at(moment):
                assert "Vào chơi" in client.get(path).content.decode(), (path, moment)
        with at(CLOSES):
            assert "Vào chơi" not in client.get(path).content.decode(), path


def test_round_without_grace_ends_at_once(household):
    with at(OPENS - SECOND):
        round_ = RoundFactory(opens_at=OPENS, closes_at=CLOSES, grace_minutes=0)
    phone = Phone.at(round_)
    with at(CLOSES - 5 * SECOND):
        phone.walk_to_review(code=household.code)
    with at(CLOSES):
        phone.press("di", "gui")
    assert "Vòng này đã đóng" in phone.text
    assert not Entry.objects.exists()
