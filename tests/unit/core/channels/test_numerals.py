"""Every number is said as people say it; a second reading, written the other way round, gets the number back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.channels.numerals import Dialect, decimal_in_words, digit_by_digit, in_words, ordinal, roman_value

ONES = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8,
        "chín": 9}  # fmt: skip
SCALES = {"ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(words: str) -> int:
    """The number that a listener writes down."""
    total = group = digit = 0
    for word in words.split():
        if word in ONES:
            digit = ONES[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in SCALES:
            counted, kept = (total + group + digit, 0) if word == "tỷ" else (group + digit, total)
            total, group, digit = kept + counted * SCALES[word], 0, 0
        else:
            assert word == "lẻ"
    return total + group + digit


NUMBERS = st.one_of(
    st.integers(0, 10**12),
    st.integers(0, 2_000),
    st.builds(lambda head, zeros: head * 10**zeros, st.integers(0, 999), st.integers(0, 9)),
)


@given(NUMBERS)
def test_number_is_heard_as_it_was_written(number):
    assert heard(in_words(number)) == number


@given(NUMBERS)
def test_number_is_said_as_people_say_it(number):
    words = in_words(number)
    assert not re.search(r"mươi (một|năm)\b", words), "mốt and lăm after mươi"
    assert not re.search(r"mười (mốt|năm)\b", words), "mười một, mười lăm"
    assert not re.search(r"(một|không) mươi", words)
    assert not re.search(r"trăm (?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín)$", words), "lẻ before a lone digit"
    assert not re.search(r"\b(linh|nghìn|tư)\b", words)
    assert words == " ".join(words.split())


def test_every_number_of_four_digits():
    assert [heard(in_words(number)) for number in range(10_000)] == list(range(10_000))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (55, "năm mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm lẻ một"),
        (105, "một trăm lẻ năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1_000, "một ngàn"),
        (1_005, "một ngàn không trăm lẻ năm"),
        (1_015, "một ngàn không trăm mười lăm"),
        (2_026, "hai ngàn không trăm hai mươi sáu"),
        (2_450, "hai ngàn bốn trăm năm mươi"),
        (10_000, "mười ngàn"),
        (21_001, "hai mươi mốt ngàn không trăm lẻ một"),
        (105_000, "một trăm lẻ năm ngàn"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm lẻ năm"),
        (1_005_000, "một triệu không trăm lẻ năm ngàn"),
        (2_530_000, "hai triệu năm trăm ba mươi ngàn"),
        (1_000_000_001, "một tỷ không trăm lẻ một"),
        (1_001_000_000, "một tỷ không trăm lẻ một triệu"),
        (10**12, "một ngàn tỷ"),
    ],
)
def test_number_in_words(number, words):
    assert in_words(number) == words


def test_north_says_it_its_own_way():
    assert in_words(1_005, Dialect(gap="linh", thousand="nghìn")) == "một nghìn không trăm linh năm"


def test_number_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        in_words(-1)


def test_fractions_digits_ordinals_and_roman():
    assert decimal_in_words("0", "5") == "không phẩy năm"
    assert decimal_in_words("52", "95") == "năm mươi hai phẩy chín mươi lăm"
    assert decimal_in_words("3", "05") == "ba phẩy không năm"
    assert decimal_in_words("3", "142") == "ba phẩy một bốn hai"
    assert digit_by_digit("0356") == "không ba năm sáu"
    assert [ordinal(number) for number in (1, 2, 4, 5)] == ["nhất", "hai", "tư", "năm"]
    assert [roman_value(text) for text in ("I", "IV", "IX", "XIV", "XL", "mai", "")] == [1, 4, 9, 14, 40, 0, 0]
