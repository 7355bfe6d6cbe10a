"""A text of the commune has a code; anybody holds what they got against what really went out."""

import logging
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from portal.campaign.messages import PROMISE
from portal.campaign.models import KnownScam, OfficialMessage
from portal.core.models import AuditEntry, SiteProfile
from portal.core.tries import MAX_TRIES_PER_ADDRESS
from tests.factories.games import AwardFactory, KnownScamFactory, OfficialMessageFactory, RoundFactory
from tests.integration.gamework.pages import boxes_of, tree_of, words_of

pytestmark = pytest.mark.django_db

CHECK = "/minigame/tin-that/"
PLAIN = "Kính báo nhà có mã bài DT-7KRD-24MX được giải nhất. Mời đến nhà văn hóa thôn sáng thứ Bảy."
FAKE = "Chúc mừng gia đình đã trúng thưởng một xe máy, chuyển khoản ngay năm trăm nghìn đồng phí để nhận giải hôm nay"


@pytest.fixture(autouse=True)
def no_tries_before():
    caches["counts"].clear()


def typed(**given):
    until = timezone.localdate() + timedelta(days=20)
    return {"channel": "zalo", "text": PLAIN, "valid_until": f"{until:%d/%m/%Y}", **given}


@pytest.fixture
def message(officer):
    officer.post(reverse("gameprizes:issue_message"), typed())
    return OfficialMessage.objects.get()


def answer_to(client, **given):
    answer = client.post(CHECK, given)
    tree_of(answer)
    return words_of(answer)


def test_a_text_gets_a_code_a_promise_and_words_for_the_loudspeaker(message, officer):
    assert message.text.startswith(PLAIN)
    assert PROMISE in message.text
    assert message.code in message.text
    page = officer.get(reverse("gameprizes:message", args=[message.code]))
    tree_of(page)
    aloud = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)[1]
    assert message.code not in aloud
    assert "DT-7KRD" not in aloud
    assert "/" not in aloud
    assert "đường đường dẫn" not in aloud
    assert "đê tê" in aloud.lower()
    assert "ô tê pê" in aloud
    assert message.code in words_of(officer.get(reverse("gameprizes:messages")))
    assert AuditEntry.objects.filter(action="message.issue", subject=message.code).exists()


@pytest.mark.parametrize(
    ("added", "named"),
    [
        ("Xem tại https://qua-tang.example/nhan", "https://qua-tang.example/nhan"),
        ("Vào quatang.vn để nhận", "quatang.vn"),
        ("Xin chuyển khoản trước", "chuyển khoản"),
        ("Xin dong phi van chuyen", "dong phi"),
        ("Đọc mã OTP cho cán bộ", "OTP"),
        ("Gửi số tài khoản của nhà mình", "tài khoản"),
        ("Gọi 0912 345 678 để nhận", "0912 345 678"),
    ],
)
def test_a_text_that_a_swindler_might_send_is_refused_with_its_words(added, named, officer):
    answer = officer.post(reverse("gameprizes:issue_message"), typed(text=f"{PLAIN} {added}."))
    assert answer.status_code == 422
    assert f"“{named}”" in words_of(answer)
    assert added in boxes_of(answer)["text"], "what was typed is still there"
    assert not OfficialMessage.objects.exists()


def test_the_hotline_of_the_commune_may_stand_in_a_text(officer):
    SiteProfile.objects.create(site=Site.objects.get(is_default_site=True), hotline="0255 3000 111")
    officer.post(reverse("gameprizes:issue_message"), typed(text=f"{PLAIN} Hỏi xã: 02553000111."))
    assert OfficialMessage.objects.count() == 1


def test_the_text_for_a_rounds_winners_begins_with_their_codes_and_its_gaps_must_be_filled(officer):
    award = AwardFactory(prize__round=RoundFactory(prizes=[], results_at=timezone.now(), results_by=officer.user))
    page = officer.get(reverse("gameprizes:issue_message"), {"vong": award.prize.round_id})
    boxes = boxes_of(page)
    assert award.entry.code in boxes["text"]
    assert boxes["round"] == str(award.prize.round_id)
    answer = officer.post(reverse("gameprizes:issue_message"), {**boxes, "channel": "loa"})
    assert "Còn chỗ “…” chưa điền" in words_of(answer)


def test_the_right_code_or_the_whole_text_is_ours(message, client):
    for given in ({"code": message.code.lower().replace("-", " ")}, {"text": message.text.replace("\n", "  ")}):
        words = answer_to(client, **given)
        assert "Đúng là tin của xã" in words
        assert "giải nhất" in words
        assert "Xã không bao giờ" in words


def test_a_right_code_under_other_words_is_told_apart(message, client):
    changed = message.text.replace("nhà văn hóa thôn", "nhà ông Lạ ngoài chợ")
    words = answer_to(client, text=changed)
    assert "Mã đúng nhưng lời khác" in words
    assert "Chữ lạ, không phải của xã: ông Lạ ngoài chợ" in words
    assert "Đúng là tin của xã" not in words


def test_a_known_fake_is_known_without_marks_and_even_with_a_stolen_code(message, client):
    KnownScamFactory(text=FAKE, advice="Đừng chuyển tiền. Báo trưởng thôn.")
    bare = (
        "chuc mung gia dinh da trung thuong mot xe may, chuyen khoan ngay chin tram nghin dong phi de nhan giai hom nay"
    )
    for given in ({"text": bare}, {"text": f"{bare} Mã {message.code}"}):
        words = answer_to(client, **given)
        assert "Giống tin giả đã biết" in words
        assert "Báo trưởng thôn" in words


def test_anything_else_is_none_of_ours_and_an_old_text_is_old(client):
    assert "Xã không phát tin này" in answer_to(client, text="Nhà mình họp lúc bảy giờ tối mai nhé.")
    assert "Xã không phát tin này" in answer_to(client, code="TB-0000-0000")
    old = OfficialMessageFactory(valid_until=timezone.localdate() - timedelta(days=1))
    assert "đã hết hạn" in answer_to(client, code=old.code)


def test_nothing_typed_is_kept_anywhere(client, caplog):
    before = AuditEntry.objects.count()
    secret = "Chuyện riêng nhà tôi 0912345678"
    with caplog.at_level(logging.DEBUG):
        answer = client.post(CHECK, {"text": secret})
    assert secret not in caplog.text
    assert AuditEntry.objects.count() == before
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_empty_and_endless_questions_get_a_sentence(client):
    answer = client.post(CHECK, {"code": "", "text": ""})
    assert answer.status_code == 422
    assert "Xin gõ mã ở cuối tin" in words_of(answer)
    answer = client.post(CHECK, {"text": "dài " * 2000})
    assert answer.status_code == 422
    assert "nhận tối đa" in words_of(answer)
    tree_of(client.get(CHECK))


def test_who_asks_too_fast_is_asked_to_wait_with_the_words_still_there(client):
    for _ in range(MAX_TRIES_PER_ADDRESS):
        client.post(CHECK, {"code": "TB-0000-0000"})
    answer = client.post(CHECK, {"code": "TB-0000-0000"})
    assert answer.status_code == 429
    assert "đợi 15 phút" in words_of(answer)
    assert 'value="TB-0000-0000"' in answer.content.decode()


def test_fakes_are_noted_and_dropped_at_the_desk(officer):
    page = reverse("gameprizes:note_scam")
    tree_of(officer.get(page))
    assert officer.post(page, {"text": FAKE}).status_code == 422
    officer.post(page, {"text": FAKE, "advice": "Đừng làm theo.", "seen_on": f"{timezone.localdate():%d/%m/%Y}"})
    scam = KnownScam.objects.get()
    listed = officer.get(reverse("gameprizes:messages"))
    tree_of(listed)
    assert "Đừng làm theo." in words_of(listed)
    officer.post(reverse("gameprizes:drop_scam", args=[scam.pk]))
    assert not KnownScam.objects.exists()
