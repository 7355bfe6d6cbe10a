"""Phone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.phones import NEW_PREFIXES, PhoneRefused, masked, national, read_phone, spaced


@pytest.mark.parametrize(
    "typed",
    ["0356123456", "0356 123 456", "0356.123.456", "+84 356 123 456", "84356123456", "356123456", "+840356123456"],
)
def test_one_number_in_many_spellings(typed):
    assert read_phone(typed) == "+84356123456"


def test_nothing_is_no_number():
    assert read_phone("  ") == ""


def test_landline_of_the_province():
    assert read_phone("0255 3822 123") == "+842553822123"


@pytest.mark.parametrize("old", NEW_PREFIXES)
def test_old_number_is_asked_about_not_converted(old):
    with pytest.raises(PhoneRefused) as refusal:
        read_phone(f"{old}1234567")
    assert refusal.value.suggestion == f"{NEW_PREFIXES[old]}1234567"
    assert read_phone(refusal.value.suggestion)


@pytest.mark.parametrize(
    ("typed", "words"), [("035612345", "Ô này có 9"), ("03561234567", "Ô này có 11"), ("12", "Ô này có 3")]
)
def test_wrong_length_is_counted_aloud(typed, words):
    with pytest.raises(PhoneRefused, match=words):
        read_phone(typed)


def test_number_with_an_unknown_prefix_is_refused():
    with pytest.raises(PhoneRefused, match="Không có đầu số 010"):
        read_phone("0101234567")


@given(st.one_of(st.text(), st.text(alphabet="0123456789+໐１ -.")))
def test_anything_typed_is_a_number_or_refused(typed):
    try:
        phone = read_phone(typed)
    except PhoneRefused:
        return
    assert phone == "" or read_phone(national(phone)) == phone


def test_number_in_wide_digits_is_the_same():
    assert read_phone("０３５６ １２３ ４５６") == "+84356123456"


def test_shown_and_hidden():
    assert spaced("+84356123456") == "0356 123 456"
    assert national("+84356123456") == "0356123456"
    assert masked("+84356123456") == "03•• ••• 456"
    assert masked("") == ""
