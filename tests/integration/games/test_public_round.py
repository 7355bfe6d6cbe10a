"""A round's public page at every hour: what it tells, and what it keeps to itself."""

import re
import subprocess
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
import zxingcpp
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from PIL import Image

from portal.campaign.enums import EntryChannel, ExclusionReason, PredictionOf
from portal.campaign.models import Draw, Round
from portal.campaign.services.closing import exclude_entry, seal_round
from portal.campaign.services.results import publish_results
from portal.campaign.services.rounds import change_round
from portal.households.enums import ConsentMeans, NameForm, Purpose
from portal.households.services.consents import Saying, record_consents
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.games.course import answers, drawn, over, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(site_tree):
    """A reader without an account."""
    return Client()


def page(public, round_, more=""):
    return public.get(f"{round_.get_absolute_url()}{more}")


def words(public, round_, more=""):
    text = re.sub(r"<[^>]+>", " ", page(public, round_, more).text)
    return " ".join(text.split())


def sealed_round(clerk, households=4, **given):
    round_ = RoundFactory(prizes=[1], **given)
    sent = [send(round_, HouseholdFactory(), is_confirmed=True) for _ in range(households)]
    with over(round_):
        seal_round(round_=round_, by=clerk)
    round_.refresh_from_db()
    return round_, sent


def published_round(clerk, **given):
    round_ = RoundFactory(prizes=[1], prediction_of=PredictionOf.ALL_RIGHT, **given)
    family = HouseholdFactory(head_name="Phạm Văn Đền", village__name="Thôn 3 (mẫu)")
    best = send(round_, family, is_confirmed=True, shown_as=NameForm.FULL)
    worse = send(round_, HouseholdFactory(), content=answers(round_, right=1))
    drawn(round_, clerk)
    publish_results(round_=round_, by=clerk)
    round_.refresh_from_db()
    return round_, family, best, worse


def test_round_is_there_once_announced(public):
    draft = RoundFactory(draft=True)
    assert page(public, draft).status_code == 404
    assert page(public, draft, "boc-tham/").status_code == 404
    assert page(public, RoundFactory()).status_code == 200


def test_rules_say_hours_prizes_number_and_use_of_data(public):
    round_ = RoundFactory(paper_until=timezone.now() + timedelta(hours=8))
    said = words(public, round_)
    for sentence in (
        "Đóng lúc",
        "theo đồng hồ của xã",
        round_.seed_words,
        "Thể lệ (bản 1)",
        "Phiếu giấy nộp trước giờ đóng",
        f"Ngày xóa của vòng này: {round_.erase_on:%d/%m/%Y}",
        "Xã không bao giờ hỏi mã OTP",
        "đúng nhiều câu hơn, rồi gửi sớm hơn; còn bằng nhau thì bốc thăm",
    ):
        assert sentence in said


def test_change_of_rules_is_told_with_its_reason(public, clerk):
    round_ = RoundFactory()
    moved = {"closes_at": round_.closes_at + timedelta(hours=2)}
    change_round(round_=round_, values=moved, by=clerk, reason="Mất điện cả xã")
    said = words(public, round_)
    assert "Thể lệ (bản 2)" in said
    assert "Vì: Mất điện cả xã." in said
    assert "Đóng lúc: trước là" in said


@pytest.mark.parametrize("phase", ["open", "grace", "closed"])
def test_nothing_before_the_seal_tells_how_many_entered(public, phase):
    """The page of a round with nine entries is, byte for byte, the page of the same round with none."""
    round_ = RoundFactory()
    moment = {
        "open": round_.closes_at - timedelta(minutes=1),
        "grace": round_.closes_at + timedelta(minutes=1),
        "closed": round_.times.ends_at + timedelta(minutes=1),
    }[phase]
    with time_machine.travel(moment, tick=False):
        empty = page(public, round_).content
    for _ in range(9):
        send(round_, HouseholdFactory())
    with time_machine.travel(moment, tick=False):
        answer = Client().get(round_.get_absolute_url(), headers={"Cache-Control": "no-cache"}, query_params={"x": "1"})
        for more in ("danh-sach.txt", "danh-sach.pdf", "boc-tham/"):
            assert page(public, round_, more).status_code == 404
    assert answer.content.replace(b"?x=1", b"").replace(b"%3Fx%3D1", b"") == empty


def at(text):
    return timezone.make_aware(timezone.datetime.fromisoformat(text))


def test_stored_page_speaks_the_truth_at_the_very_second(public):
    """23:59:59 is open, 00:00:00 is not, although the page was stored a second before."""
    round_ = RoundFactory(opens_at=at("2026-12-01 00:00:00"), closes_at=at("2026-12-05 00:00:00"), grace_minutes=0)
    with time_machine.travel(at("2026-11-30 23:59:59"), tick=False):
        assert "Mở lúc" in words(public, round_)
    with time_machine.travel(at("2026-12-01 00:00:00"), tick=False):
        assert "Dự thi cho nhà mình" in words(public, round_)
    with time_machine.travel(at("2026-12-04 23:59:59"), tick=False):
        assert "Dự thi cho nhà mình" in words(public, round_)
    with time_machine.travel(at("2026-12-05 00:00:00"), tick=False):
        said = words(public, round_)
    assert "Dự thi cho nhà mình" not in said
    assert "Xã đang chốt danh sách" in said


def test_published_list_is_the_text_that_was_hashed(public, clerk):
    round_, sent = sealed_round(clerk)
    answer = page(public, round_, "danh-sach.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert sha256(answer.content).hexdigest() == round_.sealed_list.digest
    lines = [f"{entry.code} {entry.digest[:16]}" for entry in sorted(sent, key=lambda entry: entry.code)]
    assert answer.text.splitlines() == lines
    said = words(public, round_)
    assert round_.sealed_list.digest in said
    assert "Có 4 bài" in said


def test_long_list_is_leafed_through(public, clerk):
    round_, sent = sealed_round(clerk, households=65)
    last = max(entry.code for entry in sent)
    assert last not in words(public, round_)
    assert last in words(public, round_, "?trang=2")


def test_exclusion_is_told_with_its_reason_and_without_the_offices_note(public, clerk):
    round_, sent = sealed_round(clerk)
    with over(round_):
        exclude_entry(
            round_=round_, code=sent[0].code, reason=ExclusionReason.ORGANISER, by=clerk, note="cháu bà Sáu kế toán"
        )
    said = words(public, round_)
    assert f"{sent[0].code} người trong ban tổ chức" in said
    assert "bà Sáu" not in said


def test_family_finds_its_own_code(public, clerk):
    round_, sent = sealed_round(clerk)
    code = sent[0].code
    answer = page(public, round_, f"?ma={code.lower().replace('-', '')}")
    assert answer.headers["Cache-Control"] == "private, no-store"
    said = words(public, round_, f"?ma={code}")
    place = sorted(entry.code for entry in sent).index(code) + 1
    assert f"{code} đứng thứ {place} trong danh sách" in said
    assert sent[0].digest[:16] in said
    assert "Xin xem lại trên giấy" in words(public, round_, "?ma=xyz")
    other = RoundFactory()
    stranger_code = send(other).code
    assert f"không có mã {stranger_code}" in words(public, round_, f"?ma={stranger_code}")


def test_after_the_draw_winners_stand_by_code_alone(public, clerk):
    round_ = RoundFactory(prizes=[1])
    family = HouseholdFactory(head_name="Phạm Văn Đền")
    entry = send(round_, family, is_confirmed=True, shown_as=NameForm.FULL)
    drawn(round_, clerk)
    said = words(public, round_)
    assert f"Giải 1 {entry.code}" in said
    assert "042317" in said
    assert "Phạm Văn Đền" not in said
    assert "Đáp án" not in said


def test_published_round_names_winners_and_explains_right_answers(public, clerk):
    round_, _family, best, _worse = published_round(clerk)
    said = words(public, round_)
    assert f"Phạm Văn Đền, Thôn 3 (mẫu). Mã bài {best.code}" in said
    assert re.search(r"Có 2 bài được tính ?, 1 bài đúng tất cả các câu\. Đáp số câu dự đoán: 1 ?\.", said)
    assert "Vì như thế thì không mất tiền." in said
    assert "Cúp máy" in said


def test_wrong_answers_and_ranks_of_others_are_never_told(public, clerk):
    round_, _family, _best, worse = published_round(clerk)
    everything = words(public, round_) + words(public, round_, "boc-tham/") + words(public, round_, f"?ma={worse.code}")
    for wrong in ("Bấm vào", "Đọc mã OTP"):
        assert wrong not in everything
    place = words(public, round_, f"?ma={worse.code}")
    assert "chưa được thưởng" in place
    assert not re.search(r"hạng\s*\d|điểm", place)


def test_withdrawn_name_is_gone_from_the_stored_page_at_once(public, clerk, django_capture_on_commit_callbacks):
    round_, family, best, _worse = published_round(clerk)
    assert "Phạm Văn Đền" in words(public, round_)
    with django_capture_on_commit_callbacks(execute=True):
        record_consents(household=family, sayings=[Saying(Purpose.WINNER, False)], means=ConsentMeans.PHONE, by=clerk)
    said = words(public, round_)
    assert "Phạm Văn Đền" not in said
    assert "Thôn 3 (mẫu)" not in said
    assert best.code in said


def test_stored_page_follows_the_draw_at_once(public, clerk, django_capture_on_commit_callbacks):
    round_, _sent = sealed_round(clerk)
    assert "042317" not in words(public, round_)
    with django_capture_on_commit_callbacks(execute=True):
        drawn(round_, clerk)
    assert "042317" in words(public, round_)


def test_server_draws_again_and_agrees(public, clerk):
    round_, *_rest = published_round(clerk)
    said = words(public, round_, "boc-tham/?so=042317")
    assert "Khớp." in said
    order = Draw.objects.get().order
    assert " ".join(order) in re.sub(r"\d+\. ", "", said)


def test_server_names_the_first_place_that_was_tampered_with(public, clerk):
    round_, _sent = sealed_round(clerk, households=6)
    drawn(round_, clerk)
    order = Draw.objects.get().order
    swapped = [*order[:2], order[3], order[2], *order[4:]]
    QuerySet.update(Draw.objects.all(), order=swapped)
    said = words(public, round_, "boc-tham/?so=042317")
    assert f"Không khớp ở chỗ thứ 3: tính lại ra {order[2]}, xã công bố {order[3]}" in said


def test_another_number_is_only_a_try(public, clerk):
    round_, _sent = sealed_round(clerk)
    assert "Chỉ là thử. Vòng này chưa bốc thăm." in words(public, round_, "boc-tham/?so=111111")
    assert "Giải đặc biệt có 5 hoặc 6 chữ số" in words(public, round_, "boc-tham/?so=12")
    drawn(round_, clerk)
    assert "Số 111111 không phải số bốc thăm" in words(public, round_, "boc-tham/?so=111111")


def read_paper(content, folder):
    (folder / "list.pdf").write_bytes(content)
    subprocess.run(["pdftoppm", "-r", "120", "-png", "list.pdf", "page"], cwd=folder, check=True)
    text = subprocess.run(["pdftotext", "-layout", "list.pdf", "-"], cwd=folder, check=True, capture_output=True).stdout
    return text.decode(), sorted(Path(folder).glob("page*.png"))


def test_paper_for_the_notice_board_holds_every_code_and_leads_to_the_draw(public, clerk, tmp_path, settings):
    round_, sent = sealed_round(clerk, households=130)
    answer = page(public, round_, "danh-sach.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    text, pages = read_paper(answer.content, tmp_path)
    assert len(pages) >= 2
    for entry in sent:
        assert re.search(rf"{entry.code}\s+{entry.digest[:16]}", text)
    assert round_.sealed_list.digest in text.replace(" ", "").replace("\n", "")
    assert " ".join(round_.seed_words.split()[:6]) in " ".join(text.split())
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(pages[0].read_bytes())))
    assert code.text == f"{settings.BASE_URL}{round_.get_absolute_url()}boc-tham/"


def test_paper_entry_is_told_from_no_other(public, clerk):
    round_ = RoundFactory(prizes=[1])
    handed_in_at = round_.opens_at + timedelta(minutes=1)
    entry = send(round_, HouseholdFactory(), channel=EntryChannel.PAPER, handed_in_at=handed_in_at)
    with over(round_):
        seal_round(round_=round_, by=clerk)
    assert "giấy" not in page(public, Round.objects.get(), "danh-sach.txt").text
    assert entry.code in words(public, round_)
