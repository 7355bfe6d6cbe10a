"""No private number gets through, and nothing that belongs in an article is stopped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.sensitive import Kind, find_sensitive, numbers_in, secret_in_answer
from tests.unit.core.sensitive_cases import CAUGHT, PASSED

#: What the office prints at the foot of every page.
OFFICE = ["02553851234", "0905999888"]


@pytest.mark.parametrize(("kind", "text"), CAUGHT, ids=[text for _kind, text in CAUGHT])
def test_private_number_is_found(kind, text):
    found = find_sensitive(text, OFFICE)
    assert found, "nothing found"
    assert found[0].kind is Kind[kind]


@pytest.mark.parametrize("text", PASSED)
def test_public_number_passes(text):
    assert find_sensitive(text, OFFICE) == []


def test_the_set_is_as_large_as_was_promised():
    assert len(CAUGHT) >= 100
    assert len(PASSED) >= 100
    assert len({text for _kind, text in CAUGHT} | set(PASSED)) == len(CAUGHT) + len(PASSED)


@pytest.mark.parametrize(("_kind", "text"), CAUGHT, ids=[text for _kind, text in CAUGHT])
def test_private_number_is_found_among_public_ones(_kind, text):
    """In the middle of a paragraph, beside a date, a price and a document number."""
    around = f"Ngày 05/03/2026, theo 16/KH-UBND, giải 5.000.000 đồng.\n{text}\nHạn 30/11/2026, 218 hộ (52,9%)."
    assert [found.text for found in find_sensitive(around, OFFICE)] == [
        found.text for found in find_sensitive(text, OFFICE)
    ]


def test_finding_says_where_it_stands():
    text = "Gọi bà Lan 0905\u200b 123 456, hoặc STK 4500205123456."
    phone, account = find_sensitive(text)
    assert text[phone.start : phone.end] == phone.text == "0905\u200b 123 456"
    assert phone.digits == "0905123456"
    assert account.kind is Kind.ACCOUNT


def test_number_of_the_office_is_private_to_nobody_in_any_spelling():
    for written in ("0905 999 888", "+84 905.999.888", "0905999888"):
        assert find_sensitive(written, OFFICE) == []
        assert find_sensitive(written)


def test_contacts_are_read_one_by_one():
    assert list(numbers_in("0255 3851 234 – 0905.999.888, 113")) == ["02553851234", "0905999888", "113"]


@given(st.text(max_size=200))
def test_any_text_is_read_and_places_are_true(text):
    for found in find_sensitive(text):
        assert text[found.start : found.end] == found.text


@given(
    st.sampled_from(["03", "05", "07", "08", "09"]),
    st.text("0123456789", min_size=8, max_size=8),
    st.lists(st.sampled_from(["", "", " ", ".", "-", "\u00a0", "\u200b"]), min_size=9, max_size=9),
)
def test_no_mobile_number_gets_through_however_it_is_cut(head, rest, gaps):
    digits = head + rest
    written = digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))
    assert find_sensitive(f"Hỏi cô Lan {written} nhé")


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("CCCD 051090001234", Kind.CITIZEN_ID),
        ("０５１０９０００１２３４", Kind.CITIZEN_ID),
        ("051\u200b090001234", Kind.CITIZEN_ID),
        ("mã 482915", Kind.ACCOUNT),
        ("4500205123456", Kind.ACCOUNT),
        ("gọi 0905 123 456", None),
        ("nhà 5 người", None),
    ],
)
def test_answer_of_a_family(typed, kind):
    assert secret_in_answer(typed) is kind
