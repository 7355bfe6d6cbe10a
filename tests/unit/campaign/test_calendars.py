"""Calendar files keep RFC 5545, letter by Vietnamese letter."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.campaign.calendars import MAX_LINE_OCTETS, escaped, folded, stamp

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
words = st.text(alphabet="aăâđêôơưộễứ, ;\\x", max_size=400)


@given(words)
def test_folded_line_keeps_every_letter(line):
    pieces = list(folded(line))
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(words)
def test_folded_line_stays_within_75_octets(line):
    assert all(len(piece.encode()) <= MAX_LINE_OCTETS for piece in folded(line))


def test_folded_line_continues_with_a_space():
    assert all(piece.startswith(" ") for piece in list(folded("ế" * 100))[1:])


def test_escaped_text_has_no_bare_separator():
    assert escaped("Thôn 6; mang máy, sạc\r\nđến sớm") == "Thôn 6\\; mang máy\\, sạc\\nđến sớm"


def test_stamp_of_a_morning_in_ba_to_is_utc():
    assert stamp(datetime(2026, 11, 28, 8, 0, tzinfo=HANOI)) == "20261128T010000Z"
