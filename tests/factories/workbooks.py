"""Workbooks as a commune's office makes them."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product
from pathlib import Path
from typing import Any

import xlsxwriter

from portal.households.exchange.old_fonts import NEW, OLD

TO_TCVN3 = str.maketrans(NEW, OLD)
MIDDLES = ("Văn", "Thị", "Quý", "Đức", "Minh", "Xuân")
GIVEN = (
    "Ánh Bông Chiến Chức Cường Dũng Đang Đền Đường Giàu Hạnh Hằng Hiếu Hòa Hồng Huệ Hương Khánh Kiều Lành Liễu Mạnh Mỹ "
    "Nguyệt Nhiên Phúc Phượng Quyết Rẫy Sửu Tâm Thạch Thủy Tiên Trường Tuyết Út Vàng Vững Yến"
).split()
PEOPLE = [f"Phạm {middle} {given}" for middle, given in product(MIDDLES, GIVEN)]
COLUMNS = ("number", "name", "born_m", "born_f", "village", "phone", "size", "card", "remark")
FIRST_ROW = 8  # of the households, as the clerk counts


@dataclass(frozen=True)
class Row:
    """A line of the list, as somebody typed it."""

    name: Any
    village: str
    born: Any
    phone: Any
    size: Any
    is_merged: bool = True


def commune(count: int, villages: Sequence[str]) -> list[Row]:
    """Families by village; some names in the old font, some in loose letters, phones as Excel leaves them."""
    share = -(-count // len(villages))
    rows = []
    for number in range(count):
        name, phone = PEOPLE[number % share], 356_000_000 + 37 * number
        if number % 45 == 7:
            name = name.translate(TO_TCVN3)
        elif number % 40 == 3:
            name = unicodedata.normalize("NFD", name)
        written: Any = f"0{phone}" if number % 9 == 1 else phone
        if number % 9 == 2:
            written = f"0{str(phone)[:2]}.{str(phone)[2:5]}.{str(phone)[5:]}"
        rows.append(Row(name, villages[number // share], 1940 + number % 60, written, 1 + number % 9))
    return rows


def with_changes(rows: Sequence[Row], changes: Mapping[int, Mapping[str, Any]]) -> list[Row]:
    """The list with some cells typed otherwise."""
    return [replace(row, **changes.get(number, {})) for number, row in enumerate(rows)]


def address(number: int, name: str) -> str:
    """Where a field of the family with that number (from 0) stands."""
    return f"{'ABCDEFGHI'[COLUMNS.index(name)]}{FIRST_ROW + number}"


def write_commune_list(path: Path, rows: Sequence[Row]) -> Path:
    """One sheet: merged titles, headings in two rows, a row that counts the columns, villages as merged cells, a total
    and the signatures."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Danh sách"), book.add_format({"bold": True, "align": "center"})
        sheet.merge_range("A1:D1", "ỦY BAN NHÂN DÂN XÃ BA TÔ", bold)
        sheet.merge_range("A3:I3", "DANH SÁCH HỘ GIA ĐÌNH NĂM 2026", bold)
        _write_headings(sheet, bold)
        for number, row in enumerate(rows):
            _write_row(sheet, FIRST_ROW - 1 + number, number + 1, row)
        _merge_villages(sheet, rows, bold)
        foot = FIRST_ROW - 1 + len(rows)
        sheet.merge_range(foot, 0, foot, 5, "Tổng cộng", bold)
        sheet.write_formula(foot, 6, f"=SUM(G{FIRST_ROW}:G{foot})", bold, 12345)
        sheet.write(foot + 2, 6, "Ba Tô, ngày 22 tháng 11 năm 2026")
        sheet.write(foot + 3, 1, "NGƯỜI LẬP BIỂU", bold)
        sheet.write(foot + 3, 5, "CHỦ TỊCH", bold)
        sheet.write(foot + 7, 1, "Phạm Thị Phúc")
        sheet.write(foot + 7, 5, "Phạm Quý Lãnh")
    return path


def _write_headings(sheet: Any, bold: Any) -> None:
    sheet.merge_range("C5:D5", "Năm sinh", bold)
    sheet.write_row("C6", ["Nam", "Nữ"], bold)
    single = {
        "A": "STT",
        "B": "Họ và tên chủ hộ",
        "E": "Thôn",
        "F": "Số ĐT (nếu có)",
        "G": "Số khẩu",
        "H": "Số CCCD",
        "I": "Ghi chú",
    }
    for column, heading in single.items():
        sheet.merge_range(f"{column}5:{column}6", heading, bold)
    sheet.write_row("A7", [f"({number})" for number in range(1, 10)], bold)


def _write_row(sheet: Any, line: int, number: int, row: Row) -> None:
    sheet.write(line, 0, number)
    sheet.write(line, 1, row.name)
    sheet.write(line, 3 if number % 2 else 2, row.born)
    sheet.write(line, 5, row.phone)
    sheet.write(line, 6, row.size)
    sheet.write(line, 7, "051063000123")
    sheet.write(line, 8, "hộ mới" if number % 100 == 0 else "")


def _merge_villages(sheet: Any, rows: Sequence[Row], bold: Any) -> None:
    line = FIRST_ROW - 1
    for (village, _is_merged), group in groupby(rows, key=lambda row: (row.village, row.is_merged)):
        length = len(list(group))
        if length > 1:
            sheet.merge_range(line, 4, line + length - 1, 4, village, bold)
        else:
            sheet.write(line, 4, village)
        line += length


def write_sheets(path: Path, sheets: Mapping[str, Iterable[Sequence[Any]]]) -> Path:
    """Plain sheets, cell by cell; a text that begins with = is a formula."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path
