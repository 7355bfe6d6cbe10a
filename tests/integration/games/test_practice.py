"""Practice: an answer at once, with the reason and the guide; nothing kept, and nothing of the counted entry in it."""

import re

import pytest
from django.utils import timezone

from portal.campaign.models import Entry
from tests.factories.games import GamePageFactory, QuestionFactory, RoundFactory
from tests.factories.stories import GuidePageFactory
from tests.integration.games.phone import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def game():
    return GamePageFactory()


def path_of(game):
    return f"/minigame/{game.slug}/tap/"


def answers_on(page):
    """{text: value} of the radio buttons."""
    return {
        text: value
        for value, text in re.findall(r'name="tra-loi" value="(\w+)"><span>(.*?)</span>', page.content.decode())
    }


def test_right_and_wrong_are_told_with_the_reason_and_the_guide(client, game):
    guide = GuidePageFactory(title="Khóa màn hình")
    QuestionFactory(practice=True, text="Có người hỏi mã OTP?", guide=guide)
    page = client.get(path_of(game))
    options = answers_on(page)
    assert set(options) == {"Cúp máy", "Bấm vào", "Đọc mã OTP"}
    for chosen, verdict in (("Cúp máy", "Đúng rồi."), ("Đọc mã OTP", "Chưa đúng.")):
        told = client.post(path_of(game), {"tra-loi": options[chosen]})
        assert verdict in text_of(told)
        assert "Câu đúng: Cúp máy" in text_of(told)
        assert "Vì như thế thì không mất tiền." in text_of(told)
        assert guide.url in told.content.decode()
    assert not Entry.objects.exists()


def test_no_answer_is_asked_for_again(client, game):
    QuestionFactory(practice=True)
    assert "Xin chọn một câu trả lời." in text_of(client.post(path_of(game), {}))
    assert "Xin chọn một câu trả lời." in text_of(client.post(path_of(game), {"tra-loi": "999999"}))


def test_questions_follow_one_another_to_the_end(client, game):
    for number in range(3):
        QuestionFactory(practice=True, text=f"Câu tập {number}")
    assert "câu 2/3" in text_of(client.get(path_of(game), {"cau": "2"}))
    assert "tập hết 3 câu" in text_of(client.get(path_of(game), {"cau": "4"}))
    assert "câu 1/3" in text_of(client.get(path_of(game), {"cau": "x"}))


def test_questions_of_a_running_round_are_not_given_away(client, game):
    round_ = RoundFactory(game=game)
    assert client.get(path_of(game)).status_code == 404
    QuestionFactory(practice=True, text="Câu tập")
    page = client.get(path_of(game)).content.decode()
    assert not [row.text for row in round_.questions.all() if row.text in page]


def test_questions_of_a_round_may_be_practised_once_its_results_are_out(client, game):
    now = timezone.now()
    round_ = RoundFactory(game=game, over=True, questions=2, sealed_at=now)
    assert client.get(path_of(game)).status_code == 404
    type(round_).objects.filter(pk=round_.pk).update(drawn_at=now, results_at=now, results_by=round_.announced_by)
    from portal.core.page_cache import _new_generation

    _new_generation()
    assert round_.questions.first().text in text_of(client.get(path_of(game)))


def test_retired_questions_rest_and_other_kinds_of_game_have_no_practice(client, game):
    QuestionFactory(practice=True, is_retired=True)
    assert client.get(path_of(game)).status_code == 404
    QuestionFactory(practice=True)
    assert client.get(path_of(GamePageFactory(cashless=True, slug="ngay-khong-tien-mat"))).status_code == 404
