"""A paper's figures as a workbook: numbers are numbers, and each annex has a sheet of its own."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter

from portal.households.exchange.writing import neutral
from portal.households.progress.papers import Cell, Grid, Paper, Percent, roman

#: Characters that a millimetre of a printed column holds.
PER_MILLIMETRE = 0.5
LEAST_WIDTH, MOST_WIDTH = 9, 60
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_paper(paper: Paper) -> bytes:
    """Main text on the first sheet, then the annexes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties({"title": paper.about, "created": datetime.combine(paper.last_on, time())})
        first = _Sheet(workbook, "Báo cáo", paper)
        for number, section in enumerate(paper.sections, 1):
            first.say(f"{roman(number)}. {section.title}", bold=True)
            first.add(section.parts)
        for annex in paper.annexes:
            sheet = _Sheet(workbook, annex.sheet, paper)
            sheet.say(annex.title, bold=True)
            sheet.add(annex.parts)
    return buffer.getvalue()


class _Sheet:
    """A sheet that is filled from top to bottom; every one says what it is, of which day, and that it is a draft."""

    def __init__(self, workbook: Any, name: str, paper: Paper) -> None:
        self.workbook, self.row, self.widths = workbook, 0, dict[int, float]()
        self.sheet = workbook.add_worksheet(name)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.head = workbook.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        for words in filter(None, (paper.mark, paper.about, paper.as_of)):
            self.say(words, bold=words != paper.as_of)

    def say(self, words: str, *, bold: bool = False) -> None:
        """A line of words."""
        self.sheet.write_string(self.row, 0, neutral(words), self.workbook.add_format({"bold": bold}))
        self.row += 1

    def add(self, parts: Sequence[str | Grid]) -> None:
        """Words and tables, a blank row behind each table."""
        for part in parts:
            if isinstance(part, Grid):
                self._add_grid(part)
            else:
                self.say(part)

    def _add_grid(self, grid: Grid) -> None:
        if grid.caption:
            self.say(grid.caption, bold=True)
        for number, column in enumerate(grid.columns):
            width = min(max(column.width * PER_MILLIMETRE, LEAST_WIDTH), MOST_WIDTH)
            self.widths[number] = max(self.widths.get(number, 0), width)
            self.sheet.set_column(number, number, self.widths[number])
            self.sheet.write_string(self.row, number, column.head, self.head)
        for position, row in enumerate(grid.rows):
            self.row += 1
            is_total = position >= len(grid.rows) - grid.total_rows
            for number, cell in enumerate(row):
                self._write(number, cell, is_total=is_total)
        self.row += 2

    def _write(self, column: int, cell: Cell, *, is_total: bool) -> None:
        look = {"border": 1, "text_wrap": True, "valign": "top", "bold": is_total}
        if isinstance(cell, int):
            self.sheet.write_number(self.row, column, cell, self.workbook.add_format(look | {"num_format": "#,##0"}))
        elif isinstance(cell, Percent) and cell.value is not None:
            pattern = "0." + "0" * cell.decimals
            self.sheet.write_number(
                self.row, column, cell.value, self.workbook.add_format(look | {"num_format": pattern})
            )
        else:
            self.sheet.write_string(self.row, column, neutral(str(cell)), self.workbook.add_format(look))
