"""A round is set up at the desk: every page keeps what was typed, says what is missing, and leads on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.campaign.enums import Part, QuestionUse, Ranking, SeedSource
from portal.campaign.models import Question, Round, RulesChange
from portal.core.enums import Need
from tests.factories.core import UserFactory
from tests.factories.games import (
    GamePageFactory,
    JudgeFactory,
    QuestionFactory,
    RoundFactory,
    SponsorshipFactory,
)

pytestmark = pytest.mark.django_db
WRITTEN = "%d/%m/%Y %H:%M"


def at(**given):
    """An hour from now, to the minute, as it is typed."""
    return timezone.localtime(timezone.now() + timedelta(**given)).strftime(WRITTEN)


def day(**given):
    return (timezone.localdate() + timedelta(**given)).strftime("%d/%m/%Y")


def hours(**changed):
    given = {"opens_at": at(days=1), "closes_at": at(days=3), "grace_minutes": "10", "erase_on": day(days=120)}
    return given | {"title": "", "paper_until": ""} | changed


def part_url(round_, part):
    return reverse("gamedesk:part", args=[round_.pk, part])


def prizes(*rows, initial=0):
    data = {"giai-TOTAL_FORMS": len(rows), "giai-INITIAL_FORMS": initial}
    for number, (name, gift, quantity) in enumerate(rows):
        data |= {f"giai-{number}-name": name, f"giai-{number}-gift": gift, f"giai-{number}-quantity": quantity}
    return data


def test_desk_without_a_game_says_who_makes_one(officer):
    text = officer.get(reverse("gamedesk:index")).text
    assert "Chưa có trang minigame nào" in text


def test_whole_set_up_leads_from_page_to_page_to_the_announcement(officer):
    for number in range(12):
        QuestionFactory(difficulty=number % 3 + 1)
    game = GamePageFactory()
    answer = officer.post(reverse("gamedesk:new_round", args=[game.pk]), hours())
    round_ = Round.objects.get()
    assert answer.url == part_url(round_, Part.RULES)
    rules = {"question_count": "3", "prediction_of": "", "ranking": "diem", "by_time": "on"}
    answer = officer.post(answer.url, rules | {"counting_rule": "bai-sau-cung"})
    assert answer.url == part_url(round_, Part.QUESTIONS)
    assert officer.post(answer.url, {"chon-giup": "1", "so-cau": "9"}).url == answer.url
    answer = officer.post(answer.url, {"cau": list(round_.questions.values_list("question", flat=True))})
    assert answer.url == part_url(round_, Part.NUMBER)
    number = {"seed_source": "xo-so", "seed_words": "Giải đặc biệt", "seed_known_at": at(days=4)}
    answer = officer.post(answer.url, number)
    assert answer.url == part_url(round_, Part.PRIZES)
    answer = officer.post(answer.url, prizes(("Giải nhất", "Bình giữ nhiệt", "1"), ("", "", "1")))
    assert answer.url == reverse("gamedesk:round", args=[round_.pk])
    assert "Công bố vòng" in officer.get(answer.url).text
    answer = officer.post(reverse("gamedesk:announce", args=[round_.pk]))
    round_.refresh_from_db()
    assert (round_.announced_by, round_.questions.exclude(text="").count()) == (officer.user, 9)
    assert officer.get(round_.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("box", "typed", "sentence"),
    [
        ("opens_at", "31/02/2027 07:00", "Không có ngày này trên lịch"),
        ("opens_at", "30/11/27 07:00", "đủ 4 chữ số của năm"),
        ("opens_at", "30/11/2027 25:00", "Không có giờ này"),
        ("opens_at", "mai tám giờ", "Chưa đọc được ngày giờ này"),
        ("opens_at", "", "Xin điền giờ mở."),
        ("closes_at", "01/01/2020 07:00", "Giờ đóng phải sau giờ mở."),
        ("grace_minutes", "mười", "chỉ nhận chữ số"),
        ("grace_minutes", "61", "nhiều nhất là 60"),
        ("paper_until", "01/01/2020 07:00", "từ giờ đóng trở đi"),
        ("erase_on", "01/01/2020", "Ngày xóa phải sau ngày đóng."),
        ("title", "x" * 121, "nhận tối đa 120 ký tự"),
    ],
)
def test_wrong_hours_are_explained_and_nothing_typed_is_lost(officer, box, typed, sentence):
    game = GamePageFactory()
    answer = officer.post(reverse("gamedesk:new_round", args=[game.pk]), hours(**{box: typed}))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert any(sentence in error for error in form.errors[box])
    assert form[box].value() == typed
    assert not Round.objects.exists()


@pytest.mark.parametrize("typed", ["30/11/2027 20h", "30.11.2027 20h00", "30-11-2027, 20 giờ", "30/11/2027 20:00"])
def test_hour_is_read_as_people_write_it(officer, typed):
    game = GamePageFactory()
    officer.post(reverse("gamedesk:new_round", args=[game.pk]), hours(closes_at=typed, erase_on="30/12/2027"))
    closes_at = timezone.localtime(Round.objects.get().closes_at)
    assert closes_at.strftime(WRITTEN) == "30/11/2027 20:00"


def test_closing_hour_that_has_passed_is_refused(officer):
    game = GamePageFactory()
    typed = hours(opens_at="01/01/2020 07:00", closes_at="02/01/2020 07:00")
    answer = officer.post(reverse("gamedesk:new_round", args=[game.pk]), typed)
    assert "đã qua" in answer.context["form"].errors["closes_at"][0]


def test_checklist_names_what_is_missing_and_leads_to_its_page(officer):
    round_ = RoundFactory(draft=True, questions=0, prizes=[], seed_source="", seed_words="", seed_known_at=None)
    text = officer.get(reverse("gamedesk:round", args=[round_.pk])).text
    for sentence in ("mới chọn 0", "Chưa có giải nào", "số bốc thăm lấy từ đâu"):
        assert sentence in text
    for part in (Part.QUESTIONS, Part.PRIZES, Part.NUMBER):
        assert part_url(round_, part) in text
    answer = officer.post(reverse("gamedesk:announce", args=[round_.pk]))
    assert answer.status_code == 422
    assert "Còn 3 chỗ thiếu" in answer.text


def test_number_must_come_after_the_seal(officer):
    round_ = RoundFactory(draft=True)
    early = timezone.localtime(round_.closes_at + timedelta(minutes=1)).strftime(WRITTEN)
    typed = {"seed_source": "xuc-xac", "seed_words": "Gieo 8 lần", "seed_known_at": early}
    answer = officer.post(part_url(round_, Part.NUMBER), typed)
    assert "sau khi chốt danh sách: sớm nhất" in answer.context["form"].errors["seed_known_at"][0]


@pytest.mark.parametrize("source", SeedSource.values)
def test_sample_sentence_is_filled_in_and_not_yet_saved(officer, source):
    round_ = RoundFactory(draft=True, seed_source="", seed_words="", seed_known_at=None)
    typed = {"seed_source": source, "seed_words": "", "seed_known_at": at(days=5), "mau": "1"}
    answer = officer.post(part_url(round_, Part.NUMBER), typed)
    words = answer.context["form"]["seed_words"].value()
    assert 20 < len(words) <= 200
    round_.refresh_from_db()
    assert round_.seed_words == ""
    answer = officer.post(part_url(round_, Part.NUMBER), typed | {"seed_words": words, "mau": []})
    round_.refresh_from_db()
    assert round_.seed_words == words


def test_sample_sentence_asks_for_source_and_hour_first(officer):
    round_ = RoundFactory(draft=True, seed_source="", seed_words="", seed_known_at=None)
    answer = officer.post(part_url(round_, Part.NUMBER), {"mau": "1", "seed_words": "đang viết dở"})
    assert answer.context["form"]["seed_words"].value() == "đang viết dở"


def test_prizes_are_replaced_row_by_row_and_half_a_row_is_explained(officer):
    round_ = RoundFactory(draft=True, prizes=[1])
    gift = SponsorshipFactory()
    data = prizes(("Giải nhất", "Xe đạp", "1"), ("Giải nhì", "", "2"), initial=1)
    answer = officer.post(part_url(round_, Part.PRIZES), data)
    assert answer.status_code == 422
    assert "Xin ghi phần thưởng là gì" in answer.context["prizes"][1].errors["gift"][0]
    data |= {"giai-1-gift": "Bình giữ nhiệt", "giai-1-gift_from": gift.pk}
    officer.post(part_url(round_, Part.PRIZES), data)
    assert list(round_.prizes.values_list("name", "gift", "quantity", "gift_from")) == [
        ("Giải nhất", "Xe đạp", 1, None),
        ("Giải nhì", "Bình giữ nhiệt", 2, gift.pk),
    ]


def test_questions_outside_the_filter_stay_chosen(officer):
    round_ = RoundFactory(draft=True, questions=0)
    safe, paid = QuestionFactory(need=Need.SAFETY), QuestionFactory(need=Need.PAYMENT)
    url = part_url(round_, Part.QUESTIONS)
    officer.post(url, {"cau": [safe.pk]})
    page = officer.get(url, {"viec": Need.PAYMENT})
    assert [question.pk for question in page.context["questions"]] == [paid.pk]
    assert f'type="hidden" name="cau" value="{safe.pk}"' in page.text


def test_suggestion_spreads_over_needs_and_difficulties_and_spares_what_was_asked(officer):
    needs = (Need.SAFETY, Need.PAYMENT, Need.PAPERS)
    for need in needs:
        for difficulty in (1, 2, 3):
            for _ in range(3):
                QuestionFactory(need=need, difficulty=difficulty)
    asked = QuestionFactory(need=Need.SAFETY, difficulty=1)
    other = RoundFactory(questions=0)
    other.questions.create(question=asked, text="đã hỏi", options=[[1, "a"]], right=1)
    QuestionFactory(practice=True)
    QuestionFactory(is_retired=True)
    round_ = RoundFactory(draft=True, questions=0)
    officer.post(part_url(round_, Part.QUESTIONS), {"chon-giup": "1", "so-cau": "18"})
    chosen = Question.objects.filter(rounds__round=round_)
    assert chosen.count() == 18
    assert {(one.need, one.difficulty) for one in chosen} == {(need, level) for need in needs for level in (1, 2, 3)}
    assert asked not in chosen
    assert set(chosen.values_list("use", "is_retired")) == {(QuestionUse.COUNTED, False)}


def test_judged_round_asks_for_judges(officer):
    game = GamePageFactory(cashless=True)
    round_ = RoundFactory(draft=True, cashless=True, game=game, ranking=Ranking.JUDGED)
    assert "ít nhất 2 giám khảo" in officer.get(reverse("gamedesk:round", args=[round_.pk])).text
    one, two = UserFactory(), UserFactory()
    officer.post(part_url(round_, Part.JUDGES), {"judges": [one.pk, two.pk]})
    assert set(round_.judges.values_list("user", flat=True)) == {one.pk, two.pk}


def test_part_that_a_game_does_not_have_is_not_there(officer):
    round_ = RoundFactory(draft=True, cashless=True)
    for part in (Part.QUESTIONS, Part.JUDGES):
        assert officer.get(part_url(round_, part)).status_code == 404
    assert officer.get(part_url(round_, "khong-co")).status_code == 404


def test_days_lie_within_the_round(officer):
    round_ = RoundFactory(draft=True, cashless=True)
    typed = {"ranking": "diem", "counting_rule": "bai-sau-cung", "days_from": day(), "days_to": day(days=9)}
    answer = officer.post(part_url(round_, Part.RULES), typed)
    assert "Vòng đóng ngày" in answer.context["form"].errors["days_to"][0]


def test_open_round_is_put_off_with_a_reason_and_nothing_else_moves(officer):
    round_ = RoundFactory()
    typed = hours(
        opens_at=at(days=-5),
        closes_at=at(days=3),
        seed_words=round_.seed_words,
        seed_known_at=at(days=5),
    )
    answer = officer.post(part_url(round_, Part.HOURS), typed)
    assert answer.context["form"].errors["reason"] == ["Xin ghi vì sao đổi; bà con cần biết."]
    answer = officer.post(part_url(round_, Part.HOURS), typed | {"reason": "Mất điện cả xã"})
    assert answer.status_code == 302
    before = round_.opens_at
    round_.refresh_from_db()
    assert round_.opens_at == before
    assert timezone.localtime(round_.closes_at).strftime(WRITTEN) == typed["closes_at"]
    assert RulesChange.objects.get().reason == "Mất điện cả xã"
    assert "Mất điện cả xã" in officer.get(round_.get_absolute_url()).text


def test_prizes_of_an_announced_round_stand_still(officer):
    round_ = RoundFactory(prizes=[1])
    answer = officer.post(part_url(round_, Part.PRIZES), prizes(("Giải khác", "Quà khác", "1"), initial=1))
    assert answer.status_code == 422
    assert "không đổi được nữa" in answer.text
    assert round_.prizes.get().name == "Giải 1"


def test_closed_round_offers_no_change(officer):
    round_ = RoundFactory(over=True)
    text = officer.get(reverse("gamedesk:round", args=[round_.pk])).text
    assert "Đổi thể lệ" not in text
    answer = officer.post(part_url(round_, Part.HOURS), hours(reason="muộn rồi"))
    assert not RulesChange.objects.exists()
    assert answer.status_code in {302, 422}


def test_preview_shows_the_round_and_a_set_of_questions_to_the_desk_alone(officer, stranger):
    round_ = RoundFactory(draft=True, questions=0, question_count=1)
    question = QuestionFactory(text="Ai được hỏi mã OTP?", options=["Không ai cả", "Ngân hàng"])
    round_.questions.create(question=question)
    url = reverse("gamedesk:preview", args=[round_.pk])
    text = officer.get(url).text
    for words in ("Xem trước", "Ai được hỏi mã OTP?", "Không ai cả", round_.seed_words):
        assert words in text
    assert stranger.get(url).status_code == 302
    assert stranger.get(round_.get_absolute_url()).status_code == 404


def test_index_puts_what_waits_for_a_person_first(officer):
    game = GamePageFactory()
    running = RoundFactory(game=game, number=1)
    draft = RoundFactory(game=game, number=2, draft=True, closes_at=timezone.now() + timedelta(days=30))
    tasks = officer.get(reverse("gamedesk:index")).context["tasks"]
    assert [(round_, bool(task.verb)) for round_, task in tasks] == [(draft, True), (running, False)]


def test_judges_of_a_round_are_shown_ticked(officer):
    round_ = RoundFactory(draft=True, cashless=True, ranking=Ranking.JUDGED)
    judge = JudgeFactory(round=round_)
    form = officer.get(part_url(round_, Part.JUDGES)).context["form"]
    assert list(form["judges"].value()) == [judge.user_id]
