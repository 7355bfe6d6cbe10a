"""A workbook as tables of text."""

import io
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from portal.core.text import nfc
from portal.households.exchange.oddities import Oddities, find_oddities

MAX_ROWS = 20_000
#: A workbook is a packed folder; this much it may hold unpacked.
MAX_UNPACKED = 300 * 1024 * 1024
#: What stands in a cell whose formula failed; not every format keeps the reason.
BROKEN = "#LỖI"


class WorkbookRefused(Exception):
    """The file is no workbook that can be read; the message is for the clerk."""


@dataclass(frozen=True)
class Table:
    """A sheet from its cell A1 on, every cell as a person reads it. Rows and columns count from 0."""

    name: str
    rows: list[list[str]]
    #: Each cell under a merged one → the cell that speaks for it. OpenDocument does not tell.
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False

    def own(self, row: int, column: int) -> str:
        """The text of a cell; “” beyond the edge."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column] if column < len(cells) else ""

    def cell(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged one over it."""
        return self.own(*self.merged.get((row, column), (row, column)))

    def filled(self, row: int) -> list[str]:
        """The texts of a row, empty cells left out."""
        return [cell for cell in self.rows[row] if cell]


def read_tables(content: bytes) -> list[Table]:
    """Every sheet. Raises WorkbookRefused."""
    _refuse_bombs(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            oddities = find_oddities(content, workbook.sheet_names)
            tables = [
                _table(
                    workbook.get_sheet_by_name(sheet.name),
                    oddities.get(sheet.name, Oddities()),
                    is_hidden=sheet.visible != SheetVisibleEnum.Visible,
                )
                for sheet in workbook.sheets_metadata
            ]
    except PasswordError as error:
        raise WorkbookRefused("Tệp có mật khẩu. Bỏ mật khẩu, lưu lại rồi tải lên.") from error
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise WorkbookRefused("Không mở được tệp này. Xin lưu lại thành Excel (.xlsx) rồi tải lên.") from error
    _refuse_crowds(sum(len(table.rows) for table in tables))
    return tables


def as_text(cell: Any) -> str:
    """A cell as a person reads it: 1963 and not 1963.0, 05/02/1963 and not a time stamp; composed letters, one line."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (date, datetime)):
        return f"{cell:%d/%m/%Y}"
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in nfc(str(cell)))
    return " ".join(text.split())


def _table(sheet: CalamineSheet, oddities: Oddities, *, is_hidden: bool) -> Table:
    _refuse_crowds(sheet.end[0] + 1 if sheet.end else 0)
    rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for row, column in oddities.broken:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = BROKEN
    merged = {
        (row, column): (top, left)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
        for row in range(top, min(bottom + 1, len(rows)))
        for column in range(left, min(right + 1, len(rows[row])))
    }
    return Table(sheet.name, rows, merged, frozenset(oddities.hidden_rows), is_hidden)


def _refuse_crowds(rows: int) -> None:
    if rows > MAX_ROWS:
        raise WorkbookRefused(f"Tệp có hơn {MAX_ROWS:,} dòng. Chia ra vài tệp.".replace(",", "."))


def _refuse_bombs(content: bytes) -> None:
    file = io.BytesIO(content)
    if not zipfile.is_zipfile(file):
        return
    with zipfile.ZipFile(file) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
            raise WorkbookRefused("Tệp mở ra quá lớn. Chép riêng danh sách sang một tệp mới rồi tải lên.")
