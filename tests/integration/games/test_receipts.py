"""An entry is read again by its code, opened with its secret number, and changed until the round closes."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.campaign.enums import CashlessWay, EntryChannel
from portal.campaign.models import Entry
from portal.campaign.services.closing import exclude_entry, seal_round
from portal.campaign.services.entries import secret_of_entry
from portal.core.tries import MAX_TRIES
from tests.factories.core import UserFactory
from tests.factories.games import EntryFactory, RoundFactory
from tests.integration.games.phone import Phone, codes_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(household):
    """(phone, code, secret) of a family that has just sent its entry."""
    phone = Phone.at(RoundFactory())
    phone.walk_to_review(code=household.code, shown_as="viet-gon")
    return phone, *codes_of(phone.send())


def open_entry(client, code, secret):
    return client.post(f"/minigame/bai/{code}/", {"secret": secret})


@pytest.mark.parametrize("typed", ["{}", "  {} ", "{lower}", "{bare}", "{spaced}", "{alike}"])
def test_code_is_found_however_it_is_typed(client, sent, typed):
    _phone, code, _secret = sent
    alike = code.translate(str.maketrans("0158", "OISB"))
    forms = {"lower": code.lower(), "bare": code.replace("-", ""), "spaced": code.replace("-", " "), "alike": alike}
    answer = client.get("/minigame/bai/", {"ma": typed.format(code, **forms)})
    assert answer.headers["Location"] == f"/minigame/bai/{code}/"


def test_code_alone_tells_the_round_the_hour_the_version_and_no_more(client, sent, household):
    _phone, code, _secret = sent
    answer = client.get(f"/minigame/bai/{code}/")
    text = text_of(answer)
    entry = Entry.objects.get()
    assert f"vòng {entry.round.number}" in text
    assert "Xã đã nhận bài này." in text
    for hidden in (household.code, household.head_name, household.village.name, "Cúp máy", "Đọc mã OTP", "viết gọn"):
        assert hidden not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_misspelt_and_unknown_codes_are_told_apart_from_nothing_else(client, sent):
    _phone, code, _secret = sent
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert "gõ nhầm một chữ" in text_of(client.get("/minigame/bai/", {"ma": wrong}))
    assert "Xin gõ mã dự thi" in text_of(client.get("/minigame/bai/", {"ma": ""}))
    unknown = client.get(f"/minigame/bai/{EntryFactory.build(round=None).code}/")
    assert unknown.status_code == 404
    assert "Không thấy mã này." in text_of(unknown)


def test_secret_opens_the_answers_in_words_and_the_times_of_all_versions(client, sent):
    _phone, code, secret = sent
    text = text_of(open_entry(client, code, f"{secret[:3]} {secret[3:]}"))
    for question in Entry.objects.get().round.questions.all():
        asked = str(question.pk) in Entry.objects.get().content["answers"]
        assert (question.text in text) is asked
    assert "Bản 1, bài được tính" in text
    assert "Tên viết gọn" in text
    assert "Câu nào đúng thì công bố cùng kết quả" in text


def test_secret_is_tried_five_times_and_then_rests(client, sent):
    _phone, code, secret = sent
    for left in range(MAX_TRIES - 1, 0, -1):
        assert f"Còn {left} lần thử." in text_of(open_entry(client, code, "000000"))
    open_entry(client, code, "000000")
    assert "Xin đợi 15 phút" in text_of(open_entry(client, code, secret))


def test_many_codes_from_one_address_rest_too(client, sent, monkeypatch):
    monkeypatch.setattr("portal.core.tries.MAX_TRIES_PER_ADDRESS", 3)
    _phone, code, secret = sent
    for _ in range(3):
        open_entry(client, EntryFactory.build(round=None).code, "000000")
    assert "Xin đợi 15 phút" in text_of(open_entry(client, code, secret))


def change(phone, code, secret):
    """Open the entry and press “Sửa bài”."""
    import re

    phone.page = open_entry(phone.client, code, secret)
    ticket = re.search(r'name="ticket" value="([^"]+)"', phone.html).group(1)
    phone.page = phone.client.post(phone.path, {"di": "sua", "ticket": ticket})
    if not phone.has_cookies:
        phone.client.cookies.clear()
    return phone


@pytest.mark.parametrize("has_cookies", [True, False])
def test_entry_is_changed_under_the_same_code_and_older_versions_are_kept(sent, has_cookies):
    phone, code, secret = sent
    phone.has_cookies = has_cookies
    change(phone, code, secret)
    assert "câu 1/3" in phone.text
    assert "Nhà mình là ai" not in phone.html
    other = list(phone.options)[1]  # the first one stands in the entry
    phone.answer(other)
    phone.press("den", "xem-lai")
    assert other in phone.text
    assert "viết gọn" in phone.text
    receipt = phone.send()
    assert "Xã đã nhận bài sửa." in phone.text
    assert codes_of(receipt) == (code, "")
    first, second = Entry.objects.order_by("version")
    assert (first.code, second.code, second.version) == (code, code, 2)
    assert first.content != second.content
    assert (second.household, second.shown_as, second.entrant) == (first.household, "viet-gon", first.entrant)
    text = text_of(open_entry(phone.client, code, secret))
    assert "Bản 2, bài được tính" in text
    assert other in text
    assert secret_of_entry(second) == secret


def test_two_changes_at_once_do_not_hide_one_another(sent):
    phone, code, secret = sent
    other = change(Phone(phone.path), code, secret)
    change(phone, code, secret)
    for device in (phone, other):
        device.press("den", "xem-lai")
    phone.send()
    other.send()
    assert "vừa được sửa ở chỗ khác" in other.text
    assert Entry.objects.count() == 2


def test_ticket_of_an_opened_page_ends(sent):
    import re

    phone, code, secret = sent
    page = open_entry(phone.client, code, secret).content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page).group(1)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=True):
        stale = phone.client.post(phone.path, {"di": "sua", "ticket": ticket})
    assert "Trang mở đã lâu." in text_of(stale)
    assert "Trang mở đã lâu." in text_of(phone.client.post(phone.path, {"di": "sua", "ticket": "khong-co"}))


def test_entry_is_not_changed_after_the_close(client, sent):
    _phone, code, secret = sent
    with time_machine.travel(timezone.now() + timedelta(hours=4), tick=True):
        assert "Sửa bài" not in text_of(open_entry(client, code, secret))


def test_paper_is_changed_on_paper(client, household):
    entry = EntryFactory(channel=EntryChannel.PAPER, household=household)
    assert "Sửa bài" not in text_of(open_entry(client, entry.code, secret_of_entry(entry)))


def test_days_and_story_come_back_for_changing(household):
    phone = Phone.at(RoundFactory(cashless=True, takes_photo=False))
    phone.open()
    phone.tell_who(code=household.code)
    today = f"d{timezone.localdate():%Y%m%d}"
    phone.on({today: [CashlessWay.QR, CashlessWay.BILL]})
    phone.on(story="Bà ngoại quét mã.")
    phone.on(shown_as="chi-ma")
    code, secret = codes_of(phone.send())
    change(phone, code, secret)
    assert f'name="{today}" type="checkbox" value="hoa-don" checked' in phone.html
    phone.on({today: [CashlessWay.QR]})
    assert "Bà ngoại quét mã." in phone.html


def test_what_became_of_an_entry_is_told_with_the_published_list(client, sent):
    _phone, code, _secret = sent
    round_, clerk = Entry.objects.get().round, UserFactory()
    with time_machine.travel(round_.times.ends_at + timedelta(minutes=1), tick=True):
        seal_round(round_=round_, by=clerk)
        assert "có trong danh sách đã chốt và được xét giải" in text_of(client.get(f"/minigame/bai/{code}/"))
        exclude_entry(round_=round_, code=code, reason="ban-to-chuc", by=clerk)
        assert "không xét giải: người trong ban tổ chức" in text_of(client.get(f"/minigame/bai/{code}/"))


def test_square_code_leads_to_the_entry_and_is_drawn_for_any_code(client, sent, settings):
    import io

    import zxingcpp
    from PIL import Image

    _phone, code, _secret = sent
    for one in (code, EntryFactory.build(round=None).code):
        answer = client.get(f"/minigame/bai/{one}/ma-vuong.svg")
        assert answer.headers["Content-Type"] == "image/svg+xml"
    assert client.get("/minigame/bai/DT-0000-000X/ma-vuong.svg").status_code == 404
    import segno

    picture = io.BytesIO()
    segno.make(f"{settings.BASE_URL}/minigame/bai/{code}/", error="m", micro=False).save(picture, kind="png", scale=4)
    assert zxingcpp.read_barcode(Image.open(picture)).text == f"{settings.BASE_URL}/minigame/bai/{code}/"
