"""A workbook read into rows of plain text, and each row into a household or into sentences about its cells."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from portal.core.codes import read_numbered_code
from portal.core.phones import PhoneRefused, read_phone
from portal.core.text import fold, nfc
from portal.households.exchange.headings import LABELS, find_headings, unwanted_columns
from portal.households.exchange.tcvn3 import is_surely_new, is_surely_old, old_columns, repaired
from portal.households.models.household import CODE_PREFIX

MAX_ROWS = 20_000
OLDEST = 1900
TOTALS = ("tổng", "cộng", "tổng cộng", "tổng số")


class WorkbookRefused(Exception):
    """The file is no workbook that can be read; the message is for the clerk."""


@dataclass(frozen=True)
class CellTrouble:
    """What is wrong with one cell, in the words of the sheet: its row, its column."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class SheetRow:
    """One household of the sheet; `values` by field, only what the sheet says."""

    number: int
    values: Mapping[str, Any]


@dataclass
class Sheet:
    """What was understood of a workbook."""

    rows: list[SheetRow] = field(default_factory=list)
    troubles: list[CellTrouble] = field(default_factory=list)
    repaired: list[tuple[str, str]] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


def read_workbook(content: bytes, villages: Mapping[str, int], *, convert_phones: bool) -> Sheet:
    """Understand the first sheet. `villages` maps folded names to primary keys; raises WorkbookRefused."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        cells = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise WorkbookRefused("Không mở được tệp này. Xin lưu lại thành Excel (.xlsx) rồi tải lên.") from error
    if len(cells) > MAX_ROWS:
        raise WorkbookRefused(f"Bảng có {len(cells)} dòng, nhận tối đa {MAX_ROWS} dòng một lần.")
    return understand([[as_text(cell) for cell in row] for row in cells], villages, convert_phones=convert_phones)


def as_text(cell: Any) -> str:
    """A cell as a person reads it: 1963 and not 1963.0, 05/02/1963 and not a time stamp."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return f"{cell:%d/%m/%Y}"
    return nfc(str(cell)).strip()


def understand(rows: list[list[str]], villages: Mapping[str, int], *, convert_phones: bool) -> Sheet:
    """Rows of text into households and troubles. Pure."""
    sheet = Sheet()
    heading_row, fields = find_headings([[_if_surely_old(cell) for cell in row] for row in rows])
    rows = rows[: heading_row + 1] + _in_unicode(rows[heading_row + 1 :], sheet)
    sheet.left_out = unwanted_columns([_if_surely_old(cell) for cell in rows[heading_row]])
    seen: dict[tuple[Any, ...], int] = {}
    for number, row in enumerate(rows[heading_row + 1 :], start=heading_row + 2):
        said = {name: row[column] for column, name in fields.items() if column < len(row)}
        if _is_no_household(row, said):
            continue
        values = _values(number, said, villages, sheet, convert_phones=convert_phones)
        same = seen.setdefault(_likeness(number, values), number)
        if same != number:
            sheet.troubles.append(
                CellTrouble(number, LABELS["head_name"], f"Trùng với dòng {same}: cùng tên, cùng thôn.")
            )
        sheet.rows.append(SheetRow(number, values))
    return sheet


def _if_surely_old(cell: str) -> str:
    return repaired(cell) if is_surely_old(cell) else cell


def _in_unicode(rows: list[list[str]], sheet: Sheet) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    columns = [[row[number] if number < len(row) else "" for row in rows] for number in range(width)]
    old = old_columns(columns)

    def right(column: int, cell: str) -> str:
        # A word of plain letters is decided by its column: "Hång" is old there, and "Hòa" in a new column is not.
        if cell.isascii() or is_surely_new(cell) or not (is_surely_old(cell) or column in old):
            return cell
        new = nfc(repaired(cell))
        sheet.repaired.append((cell, new))
        return new

    return [[right(column, cell) for column, cell in enumerate(row)] for row in rows]


def _is_no_household(row: list[str], said: Mapping[str, str]) -> bool:
    """Empty lines and the totals line at the foot."""
    if not any(said.values()):
        return True
    words = [fold(cell).strip(" :.") for cell in row if cell]
    return (bool(words) and words[0] in {fold(word) for word in TOTALS}) or not (
        said.get("head_name") or said.get("village")
    )


def _likeness(number: int, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """What two rows of one sheet must not share; a row with its own code is its own."""
    if values.get("code") or not values.get("head_name"):
        return (number,)
    return (fold(values["head_name"]), values.get("village"), values.get("head_birth_year"), values.get("phone"))


def _values(
    number: int, said: Mapping[str, str], villages: Mapping[str, int], sheet: Sheet, *, convert_phones: bool
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, text in said.items():
        try:
            values[name] = _read(name, text, villages, convert_phones=convert_phones)
        except ValueError as trouble:
            sheet.troubles.append(CellTrouble(number, LABELS[name], str(trouble)))
    return values


def _read(name: str, text: str, villages: Mapping[str, int], *, convert_phones: bool) -> Any:
    readers = {"village": lambda: _village(text, villages), "head_birth_year": lambda: _year(text)}
    if name == "phone":
        return _phone(text, convert=convert_phones)
    if name == "code":
        return read_numbered_code(CODE_PREFIX, text) if text else ""
    if name == "member_count":
        return _count(text)
    if name == "head_name":
        return _name(text)
    return readers[name]() if name in readers else text


def _name(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ValueError("Thiếu họ và tên chủ hộ.")
    if re.search(r"\d", words):
        raise ValueError(f"“{words}” có chữ số, không phải tên người.")
    return words


def _village(text: str, villages: Mapping[str, int]) -> int:
    key = " ".join(fold(text).split())
    candidates = (key, f"thon {key}")
    for candidate in candidates:
        if candidate in villages:
            return villages[candidate]
    near = [name for name in villages if name.startswith((f"{key} ", f"thon {key} "))] if key else []
    if len(near) == 1:
        return villages[near[0]]
    raise ValueError(f"Không có thôn “{text}” trong danh sách thôn." if text else "Thiếu tên thôn.")


def _year(text: str) -> int | None:
    if not text:
        return None
    match = re.fullmatch(r"(?:(\d{1,2})[/.-](\d{1,2})[/.-])?(\d{4})", text)
    if not match:
        raise ValueError(f"“{text}” không phải năm sinh. Viết 1963 hoặc 05/02/1963.")
    day, month, year = match.groups()
    if month and not 1 <= int(month) <= 12:
        raise ValueError(f"“{text}” không có tháng {int(month)}.")
    if day and not 1 <= int(day) <= 31:
        raise ValueError(f"“{text}” không có ngày {int(day)}.")
    if not OLDEST <= int(year) <= date.today().year:
        raise ValueError(f"Năm sinh {year} không đúng.")
    return int(year)


def _count(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{1,2}", text) or int(text) == 0:
        raise ValueError(f"“{text}” không phải số người trong nhà.")
    return int(text)


def _phone(text: str, *, convert: bool) -> str:
    try:
        return read_phone(text)
    except PhoneRefused as refusal:
        if convert and refusal.suggestion:
            return read_phone(refusal.suggestion)
        raise
