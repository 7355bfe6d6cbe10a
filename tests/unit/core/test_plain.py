"""The plain-language check: finds officialese with its proposal, and has nothing to say to good writing."""

import re
from importlib import import_module

import pytest

from portal.core.plain import LONGEST, Swap, remarks, sentences
from portal.home.demo.content import load

WORDS = import_module("portal.core.migrations.0009_usual_plain_words").WORDS
USUAL = [Swap(office, plain.strip()) for office, _arrow, plain in (line.partition(" →") for line in WORDS)]
#: As plans of communes are written; our own words.
OFFICIALESE = (
    "Nhằm đẩy mạnh việc ứng dụng công nghệ số đến từng hộ dân, Ủy ban nhân dân xã ban hành kế hoạch triển khai phong "
    "trào trên địa bàn xã. Các đơn vị phối hợp tuyên truyền, hỗ trợ người dân thực hiện thanh toán không dùng tiền "
    "mặt, sử dụng dịch vụ công trực tuyến; phấn đấu hoàn thành chỉ tiêu. Đề nghị nghiêm túc triển khai thực hiện."
)


def words_of(text: str) -> dict[str, str]:
    return {remark.word.lower(): remark.proposal for remark in remarks(text, USUAL) if remark.word}


def test_usual_list_is_long_and_says_each_word_once():
    offices = [swap.office for swap in USUAL]
    assert len(offices) == len(set(offices)) >= 60
    assert not {swap.office for swap in USUAL} & {swap.plain for swap in USUAL}


def test_officialese_is_found_with_words_that_a_grandmother_uses():
    found = words_of(OFFICIALESE)
    assert found["hỗ trợ"] == "giúp"
    assert found["người dân"] == "bà con"
    assert found["thanh toán không dùng tiền mặt"] == "trả tiền bằng điện thoại"
    assert found["dịch vụ công trực tuyến"] == "làm giấy tờ trên mạng"
    assert found["triển khai"] == "làm"
    assert len(found) >= 12


def test_first_sentence_is_too_long_to_say_in_one_breath():
    long = [remark for remark in remarks(OFFICIALESE, USUAL) if not remark.word]
    assert long
    assert long[0].sentence.startswith("Nhằm đẩy mạnh")
    assert "Tách thành câu ngắn" in long[0].proposal


@pytest.mark.parametrize("story", load("stories")["stories"], ids=lambda story: story["slug"])
def test_check_is_silent_on_a_well_written_story(story):
    text = re.sub(r"\]\([^)]*\)", "]", f"{story['title']}\n{story['lead']}\n{story['body']}")
    assert remarks(text, USUAL) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tổ công nghệ số giúp bà con tại nhà văn hóa thôn.",
        "Nhà nào cần người chỉ thì báo trước thứ Tư, 25/11. Tổ sẽ hẹn ngày đến.",
        "Nhập mã 6 số ngân hàng nhắn tới máy (mã OTP). Không đọc mã này cho ai.",
        "Còn một việc: trả tiền bằng điện thoại. Tổ công nghệ số sẽ đến chỉ.",
    ],
)
def test_check_is_silent_on_the_models_of_our_own_voice(text):
    assert remarks(text, USUAL) == []


def test_longer_phrase_goes_before_the_shorter_one_inside_it():
    assert words_of("Thanh toán không dùng tiền mặt.") == {"thanh toán không dùng tiền mặt": "trả tiền bằng điện thoại"}


def test_tones_tell_words_apart():
    assert words_of("Chị ấy thức hiền.") == {}
    assert "thực hiện" in words_of("THỰC HIỆN")
    assert "hoàn thành" in words_of("hoàn tha\u0300nh")


def test_word_is_told_once():
    assert len(remarks("Hỗ trợ. Hỗ trợ. Hỗ trợ.", USUAL)) == 1


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_sentence_may_have_twenty_five_syllables(length):
    assert bool(remarks(" ".join(["ba"] * length) + ".", [])) is (length > LONGEST)


def test_sentences_end_at_signs_and_lines_not_inside_numbers():
    text = "Có 5.000.000 đồng. Anh hỏi: “Ở đâu?” Ở TP. Quảng Ngãi\nXã Ba Tô"
    assert list(sentences(text)) == ["Có 5.000.000 đồng.", "Anh hỏi: “Ở đâu?”", "Ở TP. Quảng Ngãi", "Xã Ba Tô"]
