"""The announcer's sheet: greeting, order, hour and place twice, and a clock that is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.channels.script import BREATH, GREETING, MAX_SECONDS, THANKS, Announcement, sentences, write_script
from portal.core.text import syllables

TRAINING = Announcement(
    title="Tổ công nghệ số mời bà con học trả tiền bằng điện thoại",
    paragraphs=("Bà con mang theo điện thoại, không phải đóng tiền. Ai chưa có điện thoại cũng mời đến xem.",),
    when="8 giờ sáng thứ Bảy, 28/11",
    where="nhà văn hóa thôn",
    phone="0900 000 345",
)
WORDS = st.sampled_from("bà con đem điện thoại tới nhà văn hóa thôn, và hỏi 12 hộ lúc 8h30 mã QR.".split())
PARAGRAPHS = st.lists(st.lists(WORDS, max_size=120).map(" ".join), max_size=6).map(tuple)


def test_training_is_announced_whole():
    script = write_script(TRAINING, year=2026)
    assert script.lines == (
        "Kính thưa bà con!",
        "Tổ công nghệ số mời bà con học trả tiền bằng điện thoại.",
        "Bắt đầu lúc tám giờ sáng thứ Bảy, ngày hai mươi tám tháng mười một.",
        "Tại nhà văn hóa thôn.",
        "Bà con mang theo điện thoại, không phải đóng tiền.",
        "Ai chưa có điện thoại cũng mời đến xem.",
        "Xin nhắc lại: tám giờ sáng thứ Bảy, ngày hai mươi tám tháng mười một, tại nhà văn hóa thôn.",
        "Hỏi thêm, xin gọi số không chín không không, không không không, ba bốn năm.",
        "Xin nhắc lại số: không chín không không, không không không, ba bốn năm.",
        "Xin cảm ơn bà con.",
    )
    assert script.left_out == 0
    assert script.syllables == sum(map(syllables, script.lines))
    assert script.seconds == -(-script.syllables * 60 // 150)


def test_hours_from_and_to_need_no_beginning():
    script = write_script(Announcement("Tập huấn", when="từ 8 giờ đến 10 giờ sáng 28/11"), year=2026)
    assert "Từ tám giờ đến mười giờ sáng ngày hai mươi tám tháng mười một." in script.lines


@given(PARAGRAPHS)
def test_clock_and_order_are_kept_whatever_the_article(paragraphs):
    article = Announcement(TRAINING.title, paragraphs, TRAINING.when, TRAINING.where, TRAINING.phone)
    script = write_script(article, year=2026)
    assert script.seconds <= MAX_SECONDS
    assert (script.lines[0], script.lines[-1]) == (GREETING, THANKS)
    assert script.text.count("nhà văn hóa thôn.") >= 2
    assert script.text.count("ba bốn năm.") == 2


def test_article_that_is_too_long_says_how_much_was_left_out():
    script = write_script(Announcement("Tin", ("Bà con xem lại bài này giúp xã với ạ. " * 60,)), year=2026)
    assert script.left_out > 0
    assert 80 < script.seconds <= MAX_SECONDS


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("một câu ngắn", ["Một câu ngắn."]),
        ("Đi đâu? Về nhà!", ["Đi đâu?", "Về nhà!"]),
        (
            "Bà con nào chưa cài được ứng dụng trên máy của nhà mình, tổ của thôn sẽ đến tận nhà để chỉ",
            ["Bà con nào chưa cài được ứng dụng trên máy của nhà mình.", "Tổ của thôn sẽ đến tận nhà để chỉ."],
        ),
    ],
)
def test_sentences_are_cut_where_one_breathes(written, said):
    assert list(sentences(written)) == said


def test_sentence_that_cannot_be_cut_is_named():
    endless = "rất " * (BREATH + 1) + "dài"
    assert write_script(Announcement(endless), year=2026).breathless
