"""A family enters a round: screen by screen, with or without cookies, and nothing typed is ever lost."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.campaign.drafts import COOKIE
from portal.campaign.enums import PredictionOf
from portal.campaign.models import Entry
from portal.campaign.services.entries import secret_of_entry
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory, VillageFactory
from tests.integration.games.conftest import SECRET
from tests.integration.games.phone import Phone, codes_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["cookies", "no cookies"])
def phone(request):
    round_ = RoundFactory(prediction_of=PredictionOf.ENTRIES)
    return Phone.at(round_, has_cookies=request.param)


def test_family_enters_by_code_and_gets_a_receipt(phone, household):
    phone.open()
    assert phone.title == "Nhà mình là ai?"
    phone.tell_who(code=household.code.lower().replace("-", " "), secret=SECRET)
    assert "câu 1/3" in phone.text
    for number in (1, 2, 3):
        assert f"câu {number}/3" in phone.text
        phone.answer("Cúp máy")
    phone.on(prediction="1.200")
    assert "Xin viết số bài" not in phone.text
    assert "hiện tên nhà mình thế nào" in phone.text
    assert "checked" not in phone.html
    phone.on(shown_as="viet-gon")
    assert phone.title == "Xem lại rồi gửi"
    assert f"Mã hộ {household.code}, đã xác nhận bằng số bí mật" in phone.text
    assert phone.text.count("Cúp máy") == 3
    phone.send()
    entry = Entry.objects.get()
    assert codes_of(phone.page) == (entry.code, secret_of_entry(entry))
    assert (entry.household, entry.is_confirmed, entry.shown_as) == (household, True, "viet-gon")
    assert (entry.head_name, entry.village, entry.phone) == ("", None, "")
    assert entry.content["prediction"] == 1200
    assert len(entry.content["answers"]) == 3
    assert COOKIE not in phone.client.cookies or not phone.client.cookies[COOKIE].value


def test_family_without_a_code_enters_by_name_and_village(phone):
    village = VillageFactory()
    phone.walk_to_review(head_name="Phạm  Thị Sen", village=str(village.pk), phone="0356 123 456")
    assert "Phạm Thị Sen" in phone.text
    phone.send()
    entry = Entry.objects.get()
    assert (entry.household, entry.head_name, entry.village) == (None, "Phạm Thị Sen", village)
    assert entry.phone == "+84356123456"
    assert not entry.is_confirmed


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ({}, "không có mã thì điền họ và tên chủ hộ"),
        ({"head_name": "Phạm Thị Sen"}, "Xin chọn thôn."),
        ({"code": "BT-0001"}, "Xin xem lại"),
        ({"code": "BT-9999X"}, "gõ nhầm một chữ"),
        ({"head_name": "051234567890", "village": "1"}, "giống số căn cước"),
        ({"secret": "123456"}, "xin điền cả mã hộ"),
        ({"head_name": "Phạm Thị Sen", "phone": "0165 123 4567"}, "Đầu số 0165 đã đổi"),
    ],
)
def test_mistake_on_the_first_screen_is_said_beside_the_box_and_nothing_is_lost(who, sentence):
    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(**who)
    assert phone.title == "Nhà mình là ai?"
    assert sentence in phone.text
    for typed in who.values():
        assert f'value="{typed}"' in phone.html or typed == "1"


def test_code_that_nobody_has_is_told(household):
    from portal.core.codes import numbered_code

    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(code=numbered_code("BT", 98765))
    assert "Không thấy mã này trong sổ" in phone.text


def test_wrong_secret_is_told_and_may_be_left_out(household):
    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(code=household.code, secret="000000")
    assert "Còn 4 lần thử. Không nhớ thì để trống ô này." in phone.text
    phone.tell_who(code=household.code)
    assert "câu 1/3" in phone.text


def test_question_without_an_answer_is_asked_again(phone, household):
    phone.open()
    phone.tell_who(code=household.code)
    phone.on()
    assert "Xin chọn một câu trả lời." in phone.text
    assert "câu 1/3" in phone.text


def test_going_back_keeps_what_was_chosen(phone, household):
    phone.open()
    phone.tell_who(code=household.code)
    first, chosen = phone.question, phone.options["Bấm vào"]
    phone.answer("Bấm vào")
    second, half = phone.question, phone.options["Cúp máy"]
    phone.back(**{second: half})
    assert f'name="{first}" type="radio" value="{chosen}" checked' in phone.html
    phone.answer("Bấm vào")
    assert f'name="{second}" type="radio" value="{half}" checked' in phone.html


def test_review_leads_to_any_screen_and_back(phone, household):
    phone.walk_to_review(code=household.code)
    phone.press("den", "2")
    assert "câu 2/3" in phone.text
    phone.answer("Đọc mã OTP")
    phone.press("den", "xem-lai")
    assert "Đọc mã OTP" in phone.text


def test_closed_browser_resumes_at_the_same_screen(household):
    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(code=household.code, secret=SECRET)
    phone.answer("Cúp máy")
    later = Phone(phone.path, client=phone.client)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        later.open()
    assert "câu 2/3" in later.text
    later.back()
    assert "câu 1/3" in later.text
    assert "checked" in later.html


def test_phones_own_back_key_leads_to_the_screen_before(household):
    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(code=household.code)
    phone.answer("Cúp máy")
    phone.open("?buoc=1")
    assert "câu 1/3" in phone.text
    assert "checked" in phone.html


def test_address_of_a_screen_tells_nothing_to_another_phone(household):
    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(code=household.code)
    other = Phone(phone.path)
    other.open("?buoc=1")
    assert other.title == "Nhà mình là ai?"
    assert household.code not in other.html


def test_draft_cookie_is_closed_to_scripts_other_pages_and_other_sites(household):
    phone = Phone.at(RoundFactory())
    phone.open()
    cookie = phone.client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", phone.path)
    for page in (phone.page, phone.tell_who(code=household.code)):
        assert "no-store" in page.headers["Cache-Control"]
        assert "ETag" not in page.headers
    phone.client.cookies.clear()
    answer = phone.client.post(phone.path, {"di": "toi"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert COOKIE not in answer.cookies


def test_altered_draft_is_not_believed(household):
    phone = Phone.at(RoundFactory(), has_cookies=False)
    phone.open()
    phone.tell_who(code=household.code)
    altered = phone.draft[:-3] + "abc"
    page = phone.client.post(phone.path, {"draft": altered, "di": "gui"})
    assert "Nhà mình là ai?" in page.content.decode()
    assert not Entry.objects.exists()


def test_draft_of_one_round_is_none_of_another(household):
    phone, other = Phone.at(RoundFactory(), has_cookies=False), Phone.at(RoundFactory(), has_cookies=False)
    phone.walk_to_review(code=household.code)
    page = other.client.post(other.path, {"draft": phone.draft, "di": "gui"})
    assert "Nhà mình là ai?" in page.content.decode()
    assert not Entry.objects.exists()


def test_draft_is_thrown_away_by_a_button(household):
    phone = Phone.at(RoundFactory())
    phone.open()
    phone.tell_who(code=household.code)
    phone.press("di", "xoa")
    assert "Đã xóa bài đang làm trên máy này." in phone.text
    phone.open()
    assert phone.title == "Nhà mình là ai?"
    assert household.code not in phone.html


def test_same_form_sent_again_is_one_entry_and_the_same_receipt(phone, household):
    phone.walk_to_review(code=household.code)
    draft = phone.draft
    first = codes_of(phone.send())
    again = phone.resend(draft)
    assert codes_of(again) == first
    assert "Xã đã nhận bài này rồi." in again.content.decode()
    assert Entry.objects.count() == 1


def test_receipt_after_the_close_is_that_of_the_entry_sent_in_time(phone, household):
    phone.walk_to_review(code=household.code)
    draft, first = phone.draft, codes_of(phone.send())
    assert codes_of(phone.resend(draft, timedelta(hours=5))) == first


def test_secret_is_not_shown_again_days_later(household):
    round_ = RoundFactory(closes_at=timezone.now() + timedelta(days=6))
    phone = Phone.at(round_)
    phone.walk_to_review(code=household.code)
    draft, (code, secret) = phone.draft, codes_of(phone.send())
    again = phone.resend(draft, timedelta(hours=25))
    assert codes_of(again) == (code, "")
    assert secret not in again.content.decode()


def test_same_family_gets_the_same_questions_and_another_family_its_own(household):
    round_ = RoundFactory(questions=30)
    seen = []
    for who in ({"code": household.code}, {"code": household.code}, {"code": HouseholdFactory().code}):
        phone = Phone.at(round_)
        phone.open()
        phone.tell_who(**who)
        order = []
        while phone.is_asked:
            order.append((phone.question, tuple(phone.options.values())))
            phone.answer()
        seen.append(order)
    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


def test_name_typed_with_and_without_marks_is_the_same_family():
    round_, village = RoundFactory(questions=30), VillageFactory()
    firsts = set()
    for name in ("Phạm Thị Sen", "pham  thi sen", "PHẠM THỊ SEN"):
        phone = Phone.at(round_)
        phone.open()
        phone.tell_who(head_name=name, village=str(village.pk))
        firsts.add(phone.question)
    assert len(firsts) == 1


def test_code_of_a_merged_household_plays_for_the_survivor(household):
    old = HouseholdFactory(survivor=household, root=household)
    round_ = RoundFactory(questions=30)
    questions = []
    for code in (old.code, household.code):
        phone = Phone.at(round_)
        phone.open()
        phone.tell_who(code=code)
        questions.append(phone.question)
    assert questions[0] == questions[1]


def test_unknown_round_and_draft_round_are_not_there(client):
    round_ = RoundFactory(draft=True)
    assert client.get(f"/minigame/{round_.game.slug}/vong-{round_.number}/du-thi/").status_code == 404
    assert client.get("/minigame/khong-co/vong-1/du-thi/").status_code == 404


def test_round_that_has_not_opened_says_when():
    now = timezone.now()
    round_ = RoundFactory(opens_at=now + timedelta(hours=5), closes_at=now + timedelta(hours=9))
    phone = Phone.at(round_)
    phone.open()
    assert "Vòng này chưa mở." in phone.text
    assert "4 giờ 59 phút" in phone.text


def test_largest_draft_fits_into_a_cookie():
    import random

    from portal.campaign.drafts import MAX_COOKIE, Draft, Family
    from portal.campaign.kinds.cashless import MAX_DAYS, MAX_STORY

    chance = random.Random(7)
    words = "nhà mình trả tiền điện bằng mã vuông ở chợ, cháu Nguyệt bấm giúp, bà cười suốt buổi sáng thứ Bảy".split()
    story = " ".join(chance.choice(words) + chance.choice("ăâđêôơư") for _ in range(200))[:MAX_STORY]
    boxes = {f"d202612{day:02d}": ["ma-qr", "vi", "ngan-hang", "the", "hoa-don"] for day in range(1, MAX_DAYS + 1)}
    boxes |= {f"q{chance.randrange(10**7)}": [str(chance.randrange(4))] for _ in range(20)}
    family = Family("", None, None, "", False, "Nguyễn Thị Phương Ngọc " * 5, 14, "0356 123 456", True)
    draft = Draft.new(
        step="xem-lai", family=family, boxes={**boxes, "story": [story]}, photo=("m/" + "a" * 60, "b" * 64)
    )
    assert len(draft.signed_for(RoundFactory())) < MAX_COOKIE


def test_screen_that_is_only_opened_blames_nobody(phone, household):
    phone.open()
    assert "_error" not in phone.html
    phone.tell_who(code=household.code)
    while phone.is_asked:
        assert "_error" not in phone.html
        phone.answer()
    phone.press("den", "1")
    assert "_error" not in phone.html


def test_unfinished_entry_is_led_to_the_first_gap(phone, household):
    phone.open()
    phone.tell_who(code=household.code)
    phone.answer("Cúp máy")
    phone.send()
    assert "câu 2/3" in phone.text
    assert "Xin chọn một câu trả lời." in phone.text
    assert not Entry.objects.exists()
