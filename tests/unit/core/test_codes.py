"""Codes survive the phone, the pencil and the tired eye."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.core.codes import (
    CHECK_LETTERS,
    DRAWN_ALPHABET,
    CodeRefused,
    drawn_code,
    numbered_code,
    read_drawn_code,
    read_numbered_code,
)

numbers = st.integers(min_value=1, max_value=999_999)


@given(numbers)
def test_numbered_code_reads_back_however_it_is_typed(number):
    code = numbered_code("BT", number)
    for typed in (code, code.lower(), f" {code.replace('-', ' ')} ", code.replace("-", ""), code[3:]):
        assert read_numbered_code("BT", typed) == code


@given(numbers)
def test_look_alikes_in_the_number_are_understood(number):
    code = numbered_code("BT", number)
    digits = code[3:-1].replace("0", "O").replace("1", "l").replace("8", "B").replace("5", "S")
    assert read_numbered_code("BT", f"BT-{digits}{code[-1]}") == code


@given(numbers, st.data())
def test_one_wrong_digit_is_caught(number, data):
    code = numbered_code("BT", number)
    place = data.draw(st.integers(3, len(code) - 2))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != code[place])
    with pytest.raises(CodeRefused):
        read_numbered_code("BT", code[:place] + digit + code[place + 1 :])


@given(numbers, st.data())
def test_two_digits_that_changed_places_are_caught(number, data):
    code = numbered_code("BT", number)
    place = data.draw(st.integers(3, len(code) - 3))
    assume(code[place] != code[place + 1])
    with pytest.raises(CodeRefused):
        read_numbered_code("BT", code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(st.data())
def test_drawn_code_reads_back_and_catches_a_slip(data):
    code = drawn_code("CN")
    assert read_drawn_code("CN", code.lower().replace("-", " ")) == code
    body = code.removeprefix("CN-").replace("-", "")
    place = data.draw(st.integers(0, len(body) - 1))
    char = data.draw(st.sampled_from(DRAWN_ALPHABET))
    assume(char != body[place])
    with pytest.raises(CodeRefused):
        read_drawn_code("CN", body[:place] + char + body[place + 1 :])


def understood(read, typed):
    """The code, or the sentence with which it was refused."""
    try:
        return read("BT", typed)
    except CodeRefused as refusal:
        return str(refusal)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(typed):
    for read in (read_numbered_code, read_drawn_code):
        answer = understood(read, typed)
        assert answer.startswith("BT-") or answer.endswith(".")


def test_no_code_holds_a_look_alike():
    assert not set("BILOQSZ") & (set(CHECK_LETTERS) | set(DRAWN_ALPHABET))
