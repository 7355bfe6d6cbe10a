"""Cells: whatever stands in one, it is a value that the register can keep or a sentence for the clerk."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.phones import national
from portal.core.text import nfc
from portal.households.exchange.cells import LENGTHS, CellRefused, read_cell
from portal.households.exchange.headings import LABELS, field_of
from portal.households.exchange.old_fonts import NEW, OLD, VNI, from_tcvn3, from_vni, is_syllable
from portal.households.exchange.places import address, position
from portal.households.exchange.reading import REFUSALS, Rules, understand
from portal.households.exchange.villages import Known, VillageNames, VillageUnclear
from portal.households.exchange.workbook import Table, as_text
from portal.households.exchange.writing import as_typed, neutral

FIELDS = ("code", "head_name", "nickname", "neighbour_hint", "head_birth_year", "member_count", "phone")
VILLAGES = VillageNames(
    [Known(number, f"Thôn {number}") for number in range(1, 15)]
    + [
        Known(21, "Mang Lùng I"),
        Known(22, "Mang Lùng II"),
        Known(23, "Làng Xi"),
        Known(24, "Làng Tô"),
        Known(25, "Làng Tơ"),
        Known(26, "Trà Nô", is_standing=False, now="Thôn 3"),
        Known(27, "Hố", "Ba Lế"),
        Known(28, "Hố", "Ba Nam"),
        Known(29, "Làng H'Rê"),
    ]
)
#: What people really type, besides anything at all.
HABITS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789 .-/()+eE", max_size=24),
    st.text(alphabet=OLD + "abcdđĐ ", max_size=20),
    st.from_regex(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", fullmatch=True),
    st.floats(allow_nan=False).map(str),
)


def read(name, text, **options):
    return read_cell(name, as_text(text), **{"convert_phones": False, **options})


@given(name=st.sampled_from(FIELDS), text=HABITS, convert=st.booleans())
def test_any_cell_is_a_value_that_fits_or_a_sentence(name, text, convert):
    refused = ""
    try:
        value = read(name, text, convert_phones=convert)
    except REFUSALS as refusal:
        refused = str(refusal)
    if refused:
        assert refused.endswith((".", "?"))
        return
    if name == "head_birth_year":
        assert value is None or 1900 <= value <= date.today().year
    elif name == "member_count":
        assert value is None or 1 <= value <= 99
    elif name == "phone":
        assert re.fullmatch(r"(\+84\d{7,11})?", value)
    else:
        assert value == nfc(value).strip()
        assert len(value) <= LENGTHS.get(name, 16)


@given(st.lists(st.lists(HABITS, max_size=6), max_size=8), st.sampled_from([["STT", "Họ và tên", "Thôn", "SĐT"], []]))
def test_any_sheet_under_headings_is_read_without_a_crash(rows, more):
    cells = [[as_text(cell) for cell in row] for row in [["STT", "Chủ hộ", "Thôn", "Năm sinh", "SĐT"], *rows, more]]
    reading = understand([Table("Sheet1", cells)], Rules(VILLAGES))
    assert all(row.values["head_name"] and row.values["village"] for row in reading.rows)


@given(st.integers(min_value=32_000_000, max_value=39_999_999).map(lambda number: f"3{number}"), st.data())
def test_phone_is_the_same_number_however_it_is_typed(digits, data):
    spelt = [
        f"0{digits}", digits, f"{digits}.0", f"0{digits[:3]} {digits[3:6]} {digits[6:]}", f"+84 {digits}",
        f"84{digits}", f"0{digits[:3]}.{digits[3:6]}.{digits[6:]}", f"{digits[0]}.{digits[1:]}E+08",
        f"0{digits} (con trai)",
    ]  # fmt: skip
    typed = data.draw(st.sampled_from(spelt))
    cell = float(typed) if typed.endswith(".0") else typed
    try:
        expected = read("phone", f"0{digits}")
    except REFUSALS:
        with pytest.raises(REFUSALS):
            read("phone", cell)
    else:
        assert read("phone", cell) == expected
        assert national(expected) == f"0{digits}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9.87E+08", "Bảng tính đã rút gọn số này thành “9.87E+08”. Gõ lại đủ các chữ số."),
        ("0356 123 456 - 0987 654 321", "Ô này có hai số điện thoại. Giữ lại một số."),
        ("hỏi con", "“hỏi con” không phải số điện thoại. Nhà không có số thì để trống ô này."),
        ("01651234567", "Đầu số 0165 đã đổi. Số mới là 0351 234 567 phải không?"),
        ("1651234567", "Đầu số 0165 đã đổi. Số mới là 0351 234 567 phải không?"),
    ],
)
def test_phone_that_is_none_is_refused_in_words(typed, sentence):
    with pytest.raises(REFUSALS) as refusal:
        read("phone", typed)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("typed", ["", "không", "Ko có", "x", "-", "0", "chưa có"])
def test_no_phone_may_be_said_in_words(typed):
    assert read("phone", typed) == ""


@given(st.integers(min_value=1906, max_value=2026), st.integers(1, 12), st.integers(1, 28), st.sampled_from("/.-"))
def test_birth_year_is_read_from_any_date(year, month, day, sign):
    for typed in (year, float(year), date(year, month, day), f"{day}{sign}{month}{sign}{year}", f"{month}{sign}{year}"):
        assert read("head_birth_year", typed) == year
    assert read("head_birth_year", f"SN {year}") == read("head_birth_year", f"{year}-{month}-{day}") == year


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("63", "“63” thiếu hai chữ số của năm. Viết đủ bốn chữ số, như 1963."),
        ("5/2/63", "“5/2/63” thiếu hai chữ số của năm. Viết đủ bốn chữ số, như 1963."),
        ("31/02/1963", "“31/02/1963” không có thật: tháng 2 năm 1963 không có ngày 31."),
        ("12/13/1958", "“12/13/1958” không có tháng 13."),
        ("32/01/1958", "“32/01/1958” không có ngày 32."),
        ("2999", "Năm sinh 2999 không đúng."),
    ],
)
def test_birth_year_that_is_none_is_refused_in_words(typed, sentence):
    with pytest.raises(CellRefused) as refusal:
        read("head_birth_year", typed)
    assert str(refusal.value) == sentence


def test_year_that_the_sheet_shows_as_a_day_of_1905_is_the_year_that_was_typed():
    assert read("head_birth_year", date(1905, 5, 16)) == 1963
    assert read("head_birth_year", "00/00/1963") == 1963


@pytest.mark.parametrize(("typed", "count"), [("4", 4), (4.0, 4), ("04", 4), ("4 người", 4), ("5 khẩu", 5), ("", None)])
def test_number_of_people_may_carry_its_unit(typed, count):
    assert read("member_count", typed) == count


@pytest.mark.parametrize("typed", ["0", "4,5", 4.5, "-3", "bốn", "100", "4-5"])
def test_number_of_people_that_is_none_is_refused(typed):
    with pytest.raises(CellRefused, match="không phải số người trong nhà"):
        read("member_count", typed)


@given(st.text())
def test_text_made_safe_for_spreadsheets_comes_back_as_it_was(text):
    assert as_typed(neutral(text)) == text
    assert not neutral(text).startswith(("=", "+", "-", "@"))


@given(st.integers(0, 20_000), st.integers(0, 16_383))
def test_place_is_named_as_the_spreadsheet_names_it(row, column):
    assert position(address(row, column)) == (row, column)


def test_first_places_are_those_of_the_spreadsheet():
    assert [address(row, column) for row, column in ((0, 0), (16, 3), (9, 25), (0, 26), (2, 701), (2, 702))] == (
        "A1 D17 Z10 AA1 ZZ3 AAA3".split()
    )


@pytest.mark.parametrize(
    ("typed", "village"),
    [
        ("5", 5), ("Thôn 5", 5), ("THÔN 05", 5), ("thôn số 5", 5), ("T5", 5), ("t.05", 5), ("Thôn V", 5), ("thon 5", 5),
        ("Thôn 5, xã Ba Tô", 5), ("Thôn 5 - Ba Tô", 5), ("mang lung 2", 22), ("Mang Lùng II", 22), ("LÀNG XI", 23),
        ("Thôn Làng Tô", 24), ("làng tơ", 25), ("Hố (Ba Lế)", 27), ("Hố - Ba Nam", 28), ("lang hre", 29),
    ],
)  # fmt: skip
def test_village_is_found_by_what_people_call_it(typed, village):
    assert VILLAGES.find(as_text(typed)) == village


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Thiếu tên thôn."),
        ("15", "Không có thôn “15” trong danh sách thôn."),
        ("Mang Lung", "Không có thôn “Mang Lung” trong danh sách thôn. Có phải Mang Lùng I hay Mang Lùng II?"),
        ("lang to", "“lang to” có thể là: Làng Tô; Làng Tơ. Xin viết rõ."),
        ("Hố", "“Hố” có thể là: Hố (Ba Lế); Hố (Ba Nam). Xin viết rõ."),
        ("Trà Nô", "Trà Nô không còn. Nay là Thôn 3."),
    ],
)
def test_village_that_is_not_clear_is_asked_about(typed, sentence):
    with pytest.raises(VillageUnclear) as refusal:
        VILLAGES.find(typed)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Họ và tên\nchủ hộ", "head_name"), ("HỌ TÊN CHỦ HỘ (viết in hoa)", "head_name"), ("Số ĐT/Zalo", "phone"),
        ("Điện thoại liên hệ (nếu có)", "phone"), ("Ngày, tháng, năm sinh", "head_birth_year"),
        ("NS", "head_birth_year"),
        ("Tổng số nhân khẩu", "member_count"), ("Thôn/Tổ dân phố", "village"), ("Địa chỉ (thôn)", "village"),
        ("Quan hệ với chủ hộ", "relation"), ("Số CCCD của chủ hộ", ""), ("Năm sinh vợ", ""), ("Trưởng thôn", ""),
        ("Số điện thoại trưởng thôn", ""), ("Ghi chú", ""), ("Mã thôn", ""),
    ],
)  # fmt: skip
def test_heading_names_its_field(heading, name):
    assert field_of(heading) == name


def test_headings_of_the_export_name_their_own_fields():
    assert {name: field_of(label) for name, label in LABELS.items()} == {name: name for name in LABELS}


def test_both_old_fonts_know_every_letter():
    assert from_tcvn3(OLD) == NEW
    assert set(NEW) <= set(VNI.values())
    assert from_vni("Nguyeãn Thò Beå Trung Nghóa, xaõ Ba Toâ") == "Nguyễn Thị Bể Trung Nghĩa, xã Ba Tô"


@pytest.mark.parametrize("word", "Đức Nguyễn Quý Thuỷ Thủy Hoà Nghĩa Khuya Xoèo Út Yến Gì Giếng Quyết".split())
def test_words_of_the_language_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", "Öùc Phaùm Ngúyễn zô Strường".split())
def test_words_that_cannot_be_are_known_too(word):
    assert not is_syllable(word)
