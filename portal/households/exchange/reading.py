"""Tables of text read into households, and into sentences about the cells that cannot be. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from portal.core.codes import CodeRefused, read_numbered_code
from portal.core.phones import PhoneRefused, national, spaced
from portal.households.exchange.cells import CellRefused, read_cell
from portal.households.exchange.headings import LABELS, Headings, NoHeadings, find_headings
from portal.households.exchange.layout import UNHEARD_OF, Kind, Line, heading_words, lay_out, names_village
from portal.households.exchange.old_fonts import (
    FONTS,
    font_of,
    fonts_of_columns,
    is_surely_new,
    is_surely_old,
    with_capitals,
)
from portal.households.exchange.places import Place
from portal.households.exchange.villages import VillageNames, VillageUnclear
from portal.households.exchange.workbook import BROKEN, Table
from portal.households.exchange.writing import as_typed
from portal.households.models.household import CODE_PREFIX

#: Field → what the register says, as the export writes it; a cell that still says so is not read at all.
Known = Mapping[str, Mapping[str, str]]
#: Rows in which headings are looked for.
HEAD = 60
REFUSALS = (CellRefused, CodeRefused, PhoneRefused, VillageUnclear)
#: Kinds of repair, as they are announced.
FONT = "ô phông cũ đổi sang chữ mới"
PHONE = "số điện thoại viết lại cho đủ"
YEAR = "năm sinh mà bảng tính đã hiện thành ngày"
NAME = "tên bỏ số thứ tự đứng trước"
NOTHING = "để trống"
NO_VILLAGES = "Bảng không có cột Thôn. Thêm cột Thôn, hoặc đặt tên bảng theo thôn."


@dataclass(frozen=True)
class CellTrouble:
    """What is wrong with one cell, in the words of the clerk: `D17`, the name of the column, a sentence."""

    place: Place
    column: str
    message: str
    #: A phone number of the time before 2018, which the reader could convert.
    is_old_phone: bool = False


@dataclass(frozen=True)
class Repair:
    """A cell that will be written otherwise than the sheet has it; to be looked at before it is."""

    place: Place
    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class SheetRow:
    """One household of which every cell was understood: where its name stands, and by field what the sheet says."""

    place: Place
    values: Mapping[str, Any]


@dataclass
class Reading:
    """What was understood of a workbook."""

    rows: list[SheetRow] = field(default_factory=list)
    troubles: list[CellTrouble] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    ignored: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """What the reader has to know besides the sheet."""

    villages: VillageNames
    known: Known = field(default_factory=dict)
    convert_phones: bool = False


def codes_in(tables: Iterable[Table]) -> set[str]:
    """Everything that stands in a column of codes: what to look up in the register before reading."""
    found = set()
    for table in tables:
        try:
            columns = headings_of(table).columns.get("code", [])
        except NoHeadings:
            continue
        found |= {code_of(row[column]) for row in table.rows for column in columns if column < len(row)}
    return found - {""}


def code_of(text: str) -> str:
    """The code that a cell holds, as the register writes it, or “”."""
    try:
        return read_numbered_code(CODE_PREFIX, text)
    except CodeRefused:
        return ""


def headings_of(table: Table) -> Headings:
    """The headings of a sheet, in whatever font. Raises NoHeadings."""
    return find_headings([[_surely_new(cell) for cell in row] for row in table.rows[:HEAD]])


def understand(tables: Sequence[Table], rules: Rules) -> Reading:
    """All sheets with families. Raises NoHeadings when there is none."""
    reading, sheets = Reading(), []
    for table in tables:
        if not any(map(any, table.rows)):
            continue
        try:
            headings = headings_of(table)
        except NoHeadings:
            reading.notes.append(f"Bảng “{table.name}” không có cột Họ và tên chủ hộ, không đọc.")
            continue
        if table.is_hidden:
            reading.notes.append(f"Bảng “{table.name}” đang ẩn, không đọc.")
        else:
            sheets.append((table, headings))
    if not sheets:
        raise NoHeadings("Không thấy dòng tên cột. Bảng cần ít nhất hai cột: Họ và tên chủ hộ, Thôn.")
    for table, headings in sheets:
        SheetReader(table, headings, rules, reading, name=table.name if len(sheets) > 1 else "").read()
    return reading


class SheetReader:
    """Reads one sheet into a Reading, keeping in mind whose part of the list it is in."""

    def __init__(self, table: Table, headings: Headings, rules: Rules, reading: Reading, *, name: str) -> None:
        self.headings, self.rules, self.reading, self.name = headings, rules, reading, name
        self._typed: dict[tuple[int, int], str] = {}
        self._refused: set[Place] = set()
        self.table = replace(table, rows=self._in_unicode(table.rows))
        self._take_second_half_of_names()
        self.village = self.default = self._village_of_sheet()
        #: The last village that was written, and where: it holds for the empty cells below.
        self.above = "", (self.headings.last_row, 0)
        self.is_filled_down = False

    def read(self) -> None:
        """Read every row; add what was found to the Reading."""
        self.reading.left_out |= self.headings.left_out
        self.reading.ignored |= dict.fromkeys(self.headings.ignored)
        lines = lay_out(self.table, self.headings, self.rules.villages)
        homes = [line for line in lines if line.kind is Kind.HOUSEHOLD]
        if not (self._has("village") or self.default or any(line.kind is Kind.VILLAGE for line in lines)):
            row, column = self.headings.last_row, self.headings.columns["head_name"][0]
            self._trouble(row, column, "village", CellRefused(NO_VILLAGES))
            return
        empty = sum(not line.said.get("village") for line in homes)
        self.is_filled_down = self._has("village") and self.default is None and 2 * empty > len(homes)
        for line in lines:
            if line.kind is Kind.VILLAGE:
                self._begin_village(line)
            elif line.kind is Kind.HOUSEHOLD:
                self._household(line)
        self._say_what_was_passed_over(lines, empty if self.is_filled_down else 0)

    def _has(self, name: str) -> bool:
        return name in self.headings.columns

    def _trouble(self, row: int, column: int, name: str, refusal: ValueError) -> None:
        """Once per cell, also where one cell speaks for many rows."""
        place = Place(self.name, row, column)
        if place not in self._refused:
            self._refused.add(place)
            is_old_phone = isinstance(refusal, PhoneRefused) and bool(refusal.suggestion)
            title = self.headings.titles.get(name) or LABELS[name]
            self.reading.troubles.append(CellTrouble(place, title, str(refusal), is_old_phone))

    def _take_second_half_of_names(self) -> None:
        """`Họ và tên` over two columns, `Phạm Văn` and `Đền`: the second one has no heading of its own."""
        columns, rows = self.headings.columns["head_name"], self.table.rows[self.headings.last_row + 1 :]
        next_one = columns[0] + 1
        has_heading = any(
            self.table.own(row, next_one) for row in range(self.headings.first_row, self.headings.last_row + 1)
        )
        halves = [
            row for row in rows if next_one < len(row) and row[columns[0]] and re.fullmatch(r"[^\W\d_]+", row[next_one])
        ]
        if len(columns) == 1 and not has_heading and 2 * len(halves) > sum(map(any, rows)):
            columns.append(next_one)

    # --- old fonts -----------------------------------------------------------------------------------------------

    def _in_unicode(self, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        start = self.headings.last_row + 1
        fonts = fonts_of_columns(rows[start:])
        return [
            [
                self._new(number, column, cell, fonts.get(column, "")) if number >= start else _surely_new(cell)
                for column, cell in enumerate(row)
            ]
            for number, row in enumerate(rows)
        ]

    def _new(self, number: int, column: int, cell: str, font: str) -> str:
        # A word of plain letters is decided by its column: "Hång" is old there, and "Hòa" in a new column is not.
        if cell.isascii() or is_surely_new(cell) or not (font or is_surely_old(cell)):
            return cell
        own = font or font_of([cell])
        if not own:
            return cell
        new = FONTS[own](cell)
        if column in self.headings.columns["head_name"]:
            new = with_capitals(new)
        self._typed[number, column] = cell
        return new

    # --- villages ------------------------------------------------------------------------------------------------

    def _village_of_sheet(self) -> int | None:
        """The village that the sheet is named after, or its title where the table has no column for it."""
        titles = (
            [] if self._has("village") else [cell for row in self.table.rows[: self.headings.first_row] for cell in row]
        )
        try:
            return self.rules.villages.find(self.table.name)
        except VillageUnclear:
            found = [self.rules.villages.inside(text) for text in (self.table.name, *titles)]
            return next((village for village in found if village is not None), None)

    def _begin_village(self, line: Line) -> None:
        words = heading_words(self.table.filled(line.number))
        self.village = names_village(words, self.rules.villages)
        if self.village == UNHEARD_OF:
            column = self.table.rows[line.number].index(words)
            refusal = CellRefused(f"Không có thôn “{words}” trong danh sách thôn.")
            self._trouble(line.number, column, "village", refusal)

    def _village(self, line: Line) -> int:
        text = line.said.get("village", "")
        if not text and self.village is not None:
            return self.village
        return self.rules.villages.find(text or (self.above[0] if self.is_filled_down else ""))

    # --- households ----------------------------------------------------------------------------------------------

    def _household(self, line: Line) -> None:
        if self.village == UNHEARD_OF and not line.said.get("village"):
            return  # said once, at the heading of that part
        if line.said.get("village"):
            self.above = line.said["village"], self._cell(line, "village")
        code = code_of(line.said.get("code", ""))
        known = self.rules.known.get(code, {})
        values: dict[str, Any] = {"code": code} if known else {}
        refused = False
        for name in dict.fromkeys([*line.said, "village"]):
            text = line.said.get(name, "")
            if text == known.get(name) or (known and (name == "code" or (name == "village" and not text))):
                continue
            try:
                values[name] = self._value(name, text, line)
            except REFUSALS as refusal:
                refused = True
                self._trouble(*self._cell(line, name), name, refusal)
            else:
                self._note_repair(name, text, values[name], Place(self.name, *self._cell(line, name)))
        values.pop("relation", None)
        if not refused:
            self.reading.rows.append(SheetRow(Place(self.name, *self._cell(line, "head_name")), values))

    def _cell(self, line: Line, name: str) -> tuple[int, int]:
        """Where the clerk finds what the line says of a field: in its own cell, or in the one that speaks for it."""
        if name == "village" and not line.said.get(name) and self.is_filled_down:
            return self.above[1]
        cell = line.number, line.columns.get(name, line.columns["head_name"])
        return self.table.merged.get(cell, cell)

    def _value(self, name: str, text: str, line: Line) -> Any:
        if text == BROKEN:
            raise CellRefused("Ô này báo lỗi công thức. Gõ lại vào ô.")
        if name == "village":
            return self._village(line)
        if name == "relation" and not text:
            raise CellRefused("Không rõ đây là chủ hộ hay người trong nhà.")
        return text if name == "relation" else read_cell(name, as_typed(text), convert_phones=self.rules.convert_phones)

    def _note_repair(self, name: str, text: str, value: Any, place: Place) -> None:
        typed = self._typed.get((place.row, place.column))
        if typed is not None:
            self.reading.repairs.append(Repair(place, FONT, typed, text))
        elif name == "phone" and text and (re.sub(r"\D", "", text) != national(value) or re.search(r"[^\W\d]", text)):
            self.reading.repairs.append(Repair(place, PHONE, text, spaced(value) or NOTHING))
        elif name == "head_birth_year" and value and str(value) not in text:
            self.reading.repairs.append(Repair(place, YEAR, text, str(value)))
        elif name == "head_name" and value != text:
            self.reading.repairs.append(Repair(place, NAME, text, value))

    def _say_what_was_passed_over(self, lines: Sequence[Line], filled_down: int) -> None:
        hidden = [line for line in lines if line.kind is Kind.HOUSEHOLD and line.number in self.table.hidden_rows]
        relatives = sum(line.kind is Kind.RELATIVE for line in lines)
        said = [
            (lines_of(lines, Kind.TOTAL), "Bỏ qua dòng tổng: {}."),
            (lines_of(lines, Kind.WORDS), "Bỏ qua dòng ghi chú: {}."),
            (lines_of(lines[1:], Kind.HEADINGS), "Bỏ qua dòng tên cột lặp lại: {}."),
            (lines_of(lines, Kind.FOOT), "Bỏ qua phần ký tên dưới bảng: dòng {}."),
            (lines_of(lines, Kind.SLOT), "Bỏ qua dòng chỉ có số thứ tự: {}."),
            (lines_of(lines, Kind.VILLAGE), "Lấy thôn theo dòng tiêu đề: {}."),
            (_ranges([line.number for line in hidden]), "Dòng đang ẩn vẫn được đọc: {}."),
            (_counted(relatives), "Chỉ lấy dòng chủ hộ, bỏ qua {} người trong nhà."),
            (_counted(filled_down), "{} ô Thôn để trống, lấy thôn của dòng trên."),
        ]
        if self.default is not None and not self._has("village"):
            said.append((self.rules.villages.name_of(self.default), "Không có cột Thôn, cả bảng là {}."))
        prefix = f"Bảng “{self.name}”: " if self.name else ""
        self.reading.notes += [prefix + sentence.format(which) for which, sentence in said if which]


def lines_of(lines: Iterable[Line], kind: Kind) -> str:
    """The numbers of the rows of a kind, as the clerk's program counts them."""
    return _ranges([line.number for line in lines if line.kind is kind])


def _ranges(numbers: Sequence[int], most: int = 12) -> str:
    """`5, 9–12, 40`: rows counted from 1."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number:
            runs[-1][1] = number + 1
        else:
            runs.append([number + 1, number + 1])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:most]]
    return ", ".join(shown) + (" …" if len(runs) > most else "")


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".") if number else ""


def _surely_new(cell: str) -> str:
    font = font_of([cell]) if is_surely_old(cell) else ""
    return FONTS[font](cell) if font else cell
