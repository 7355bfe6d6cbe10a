"""Texts that are nearly the same are found, whatever marks and names were changed; different ones are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.campaign.likeness import likeness, number_flags

STORY = "Nhà tôi quét mã mua gạo ở chợ phiên. Bà bán hàng cũng có tấm bảng mã vuông, trả tiền rất nhanh."
TEXTS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạ.,", max_size=200)


@pytest.mark.parametrize(
    "other",
    [
        STORY,
        STORY.upper(),
        "Nha toi quet ma mua gao o cho phien. Ba ban hang cung co tam bang ma vuong, tra tien rat nhanh.",
        STORY.replace("gạo", "cá"),
        STORY + " Tôi rất vui.",
    ],
)
def test_copied_story_is_found(other):
    assert likeness(STORY, other) >= 0.5


@pytest.mark.parametrize(
    "other",
    [
        "",
        "Con gái tôi chỉ cho bà nội cách trả tiền điện trên điện thoại, từ nay không phải đi xa.",
        "Chợ phiên có thêm tấm bảng mã vuông. Hôm qua nhà tôi bán được hai buồng chuối.",
    ],
)
def test_another_familys_story_is_another_story(other):
    assert likeness(STORY, other) < 0.5


@given(TEXTS, TEXTS)
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(TEXTS.filter(lambda text: any(char.isalpha() for char in text)))
def test_text_is_like_itself(text):
    assert likeness(text, text) == 1


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Gọi tôi số 0356 123 456 nhé", ["có dãy số giống số điện thoại"]),
        ("số +84 356 123 456", ["có dãy số giống số điện thoại"]),
        ("căn cước 051 200 001 234", ["có dãy số giống số căn cước"]),
        ("tài khoản 4605205012345", ["có dãy số dài"]),
        ("mã 482 913", ["có dãy số dài"]),
        ("mua 2 con gà năm 2026", []),
        ("", []),
    ],
)
def test_numbers_to_look_at_are_named(text, flags):
    assert number_flags(text) == flags
