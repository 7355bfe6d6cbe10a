"""Written text comes out as it is said; whatever is written, nothing is left that a voice cannot say."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.channels.numerals import Dialect
from portal.core.channels.sayings import SAYINGS, Saying
from portal.core.channels.spoken import spelt, spoken
from portal.core.syllables import is_syllable

TABLE = [
    tuple(line.split(" → "))
    for line in Path(__file__).with_name("said.txt").read_text(encoding="utf-8").splitlines()
    if " → " in line and not line.startswith("#")
]
CAPITALS = re.compile(r"\b[A-ZĐ]{2,6}\b")


def unsayable(text: str) -> list[str]:
    """Figures, signs and abbreviations that are still there."""
    signs = re.findall(r"[^\w\s.,:;?!'-]|_|\d", text)
    return signs + [word for word in CAPITALS.findall(text) if not is_syllable(word)]


def test_table_is_long_enough():
    assert len({written for written, _said in TABLE}) == len(TABLE) >= 200


@pytest.mark.parametrize(("written", "said"), TABLE, ids=[written for written, _said in TABLE])
def test_written_text_is_said(written, said):
    assert spoken(written, year=2026) == said


@pytest.mark.parametrize("said", [said for _written, said in TABLE])
def test_table_itself_can_be_said(said):
    assert not unsayable(said)


PIECES = st.one_of(
    st.sampled_from([written for written, _said in TABLE]),
    st.from_regex(r"[0-9]{1,14}([.,/:–-][0-9]{1,4}){0,3}(%|đ|h|k| km²| phút| hộ)?", fullmatch=True),
    st.text(alphabet="aăbđeghiknouyABCĐXYZ0123456789.,:;/()%&+–-@#*“” ", max_size=12),
)


@given(st.lists(PIECES, min_size=1, max_size=8).map(" ".join))
def test_nothing_unsayable_is_left_of_any_text(written):
    assert not unsayable(spoken(written, year=2026))


@given(st.lists(st.sampled_from([said for _written, said in TABLE]), min_size=1, max_size=4).map(". ".join))
def test_what_is_said_can_be_said_again(said):
    once = spoken(said, year=2026)
    assert spoken(once, year=2026) == once


def test_name_is_explained_once():
    said = spoken("Quét mã QR. Mã QR ở trên bảng. Không đọc mã OTP, mã OTP là của nhà mình.", year=2026)
    assert said.count("mã vuông") == 1
    assert said.count("mã số ngân hàng nhắn tới máy") == 1


def test_announcer_replaces_a_row():
    assert spoken("Mở Zalo.", year=2026, sayings=[*SAYINGS, Saying("Zalo", "gia lô")]) == "Mở gia lô."


def test_north_says_it_its_own_way():
    assert spoken("1.005 hộ", year=2026, dialect=Dialect(gap="linh", thousand="nghìn")).startswith("một nghìn")


def test_lines_stay_lines():
    assert spoken("Bước 1\nBước 2", year=2026) == "Bước một\nBước hai"


def test_code_is_spelt_by_the_names_of_its_letters():
    assert spelt("BT") == "bê tê"
