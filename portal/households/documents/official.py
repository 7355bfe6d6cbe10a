"""An official paper as an editable .docx in the layout of NĐ 30/2020/NĐ-CP. Sizes in points, lengths in millimetres."""

import io
import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from portal.households.documents.wording import width_of
from portal.households.progress.papers import Grid

FONT = "Times New Roman"
PAGE_WIDTH, PAGE_HEIGHT = 210, 297
MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}
TEXT_WIDTH = PAGE_WIDTH - MARGINS["left"] - MARGINS["right"]
LEFT_COLUMN = 62
RIGHT_COLUMN = TEXT_WIDTH - LEFT_COLUMN
#: An annex with wide tables lies on its side, its margins as they are.
SIDEWAYS_WIDTH = PAGE_HEIGHT - MARGINS["left"] - MARGINS["right"]
BODY, SMALL, NOTE, FINE = 14, 13, 11, 10
MOTTO = "Độc lập - Tự do - Hạnh phúc"
#: How much of the text above them the short lines take; the decree asks for a third to a half (NĐ 30/2020, Phụ lục I).
RULE_SHARE = 0.42
GAP = 6
#: Tables of so many rows, each cell a line or two, stay on one page.
WHOLE_ROWS, ONE_LINE = 16, 40
#: Words shorter than this are centred in a table where all of their column are.
SHORT = 12
# What XML cannot hold; a stray one pasted into a name would break the whole file.
UNPRINTABLE = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


class OfficialPaper:
    """A4 portrait with its margins; parts are added from top to bottom."""

    def __init__(self, title: str) -> None:
        self.document: Any = Document()
        about = self.document.core_properties
        about.title, about.author, about.comments, about.language = title, "", "", "vi-VN"
        about.created = about.modified = datetime.now(UTC)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(0)
        _lay_out(self.document.sections[0])

    def to_bytes(self) -> bytes:
        """The file."""
        written = io.BytesIO()
        self.document.save(written)
        return written.getvalue()

    def head(self, *, parent: str, issuer: str, number: str, place_and_date: str) -> None:
        """Issuer and national heading, side by side without borders. An empty `number` leaves no such line."""
        table = self._bare_table((LEFT_COLUMN, RIGHT_COLUMN), rows=2 if number or place_and_date else 1)
        left, right = table.rows[0].cells
        if parent:
            _say(left.paragraphs[0], parent, size=SMALL, align=CENTRE)
        _say(left.add_paragraph() if parent else left.paragraphs[0], issuer, size=SMALL, bold=True, align=CENTRE)
        _rule(left.add_paragraph(), LEFT_COLUMN, RULE_SHARE * _widest(issuer, SMALL, LEFT_COLUMN))
        _say(right.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=SMALL, bold=True, align=CENTRE)
        _say(right.add_paragraph(), MOTTO, size=BODY, bold=True, align=CENTRE)
        _rule(right.add_paragraph(), RIGHT_COLUMN, _widest(MOTTO, BODY, RIGHT_COLUMN))
        if number or place_and_date:
            left, right = table.rows[1].cells
            _say(left.paragraphs[0], number, size=SMALL, align=CENTRE, before=GAP)
            _say(right.paragraphs[0], place_and_date, size=BODY, italic=True, align=CENTRE, before=GAP)

    def title(self, kind: str, about: str) -> None:
        """Tên loại and trích yếu, with the short line below."""
        self.line(kind, bold=True, align=CENTRE, before=18)
        self.line(about, bold=True, align=CENTRE)
        _rule(self.document.add_paragraph(), TEXT_WIDTH, RULE_SHARE * _widest(about, BODY, TEXT_WIDTH))

    def line(self, words: str, **look: Any) -> Any:
        """A paragraph without indent."""
        return _say(self.document.add_paragraph(), words, **look)

    def heading(self, words: str) -> None:
        """The bold beginning of a part, never the last line of a page."""
        self.text("", lead=words)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def text(self, words: str, *, lead: str = "", italic: bool = False) -> None:
        """A paragraph of the body: justified, first line indented; `lead` is its bold beginning (Điều 1.)."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.line_spacing = 1.1
        if lead:
            _run(paragraph, f"{lead} ", bold=True)
        _say(paragraph, words, italic=italic, align=JUSTIFY, before=GAP)

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A ruled table; its head is repeated on every page. Columns of short words are centred."""
        are_short = [all(len(row[number]) < SHORT for row in rows) for number in range(len(heads))]
        self._ruled_table(heads, rows, widths, centred=are_short, size=SMALL)

    def grid(self, grid: Grid, *, room: int, size: int) -> None:
        """A ruled table of figures, its caption above and its sums in bold; the finest ones with narrow cells."""
        if grid.caption:
            self.line(grid.caption, size=SMALL, bold=True, before=GAP).paragraph_format.keep_with_next = True
        centred = [column.is_number for column in grid.columns]
        table = self._ruled_table(grid.heads, grid.texts, grid.widths(room), centred=centred, size=size)
        if size == FINE:
            _set_cell_margins(table, 51)
        if _is_small(grid.texts):
            _keep_together(table)
        sums = table.rows[len(table.rows) - grid.total_rows :]
        for run in (run for row in sums for cell in row.cells for run in cell.paragraphs[0].runs):
            run.bold = True

    def mark(self, words: str) -> None:
        """A note at the head of the first page and at the foot of every page; sections that follow have it, too."""
        section = self.document.sections[0]
        section.footer_distance = Mm(8)
        for part in (section.first_page_header, section.first_page_footer, section.footer):
            _say(part.paragraphs[0], words, size=NOTE, bold=True, align=CENTRE)

    def signature(self, *, receivers: Sequence[str], role: Sequence[str], signer: str) -> None:
        """Nơi nhận at the left; authority, room for seal and signature, and name at the right."""
        left, right = self._signing_table((78, TEXT_WIDTH - 78))
        _say(left.paragraphs[0], "Nơi nhận:", size=12, bold=True, italic=True)
        for receiver in receivers:
            _say(left.add_paragraph(), receiver, size=NOTE)
        _signed(right, role, signer)

    def two_signatures(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        """Two people of equal standing: (role, name) each."""
        cells = self._signing_table((TEXT_WIDTH // 2, TEXT_WIDTH // 2))
        for cell, (role, name) in zip(cells, (first, second), strict=True):
            _signed(cell, [role], name)

    def annex(self, name: str, title: str, belongs_to: str, *, is_sideways: bool = False) -> None:
        """A new page with page numbers of its own."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        _lay_out(section, is_sideways=is_sideways)
        room = SIDEWAYS_WIDTH if is_sideways else TEXT_WIDTH
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        section._sectPr.append(numbers)
        self.line(name, bold=True, align=CENTRE)
        self.line(title, bold=True, align=CENTRE)
        self.line(belongs_to, italic=True, align=CENTRE)
        _rule(self.document.add_paragraph(), room, RULE_SHARE * _widest(belongs_to, BODY, room))

    def _ruled_table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *,
        centred: Sequence[bool], size: int,
    ) -> Any:  # fmt: skip
        self.line("", size=6).paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=2, cols=len(heads), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for number, words in enumerate(heads):
            head, body = (table.cell(row, number).paragraphs[0] for row in (0, 1))
            _airy(_say(head, words, size=size, bold=True, align=CENTRE))
            _airy(_say(body, "", size=size, align=CENTRE if centred[number] else LEFT))
        table.rows[0]._tr.get_or_add_trPr().append(_flag("w:tblHeader"))
        _keep_rows_whole(table)
        _set_widths(table, widths)
        _fill(table, rows)
        return table

    def _signing_table(self, widths: Sequence[int]) -> Any:
        """Never cut by the end of a page, and never alone on one: the last words of the text go with it."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.line("", size=6).paragraph_format.keep_with_next = True
        table = self._bare_table(widths)
        _keep_rows_whole(table)
        return table.rows[0].cells

    def _bare_table(self, widths: Sequence[int], rows: int = 1) -> Any:
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
        _set_cell_margins(table, 0)
        _set_widths(table, widths)
        return table


def _signed(cell: Any, role: Sequence[str], name: str) -> None:
    for number, words in enumerate(role):
        _say(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), words, bold=True, align=CENTRE)
    for _line in range(4):
        _say(cell.add_paragraph(), "", align=CENTRE)
    _say(cell.add_paragraph(), name, bold=True, align=CENTRE)


def _say(
    paragraph: Any, words: str, *, size: int = BODY, bold: bool = False, italic: bool = False, align: Any = LEFT,
    before: int = 0,
) -> Any:  # fmt: skip
    _run(paragraph, words, size=size, bold=bold, italic=italic)
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _run(paragraph: Any, words: str, *, size: int = BODY, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(UNPRINTABLE.sub("", words))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _widest(words: str, size: int, room: int) -> float:
    """The longest line of a text, which is cut by whole words where it has no room."""
    return min(max(width_of(line, size) for line in words.split("\n")), room)


def _airy(paragraph: Any) -> None:
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _fill(table: Any, rows: Sequence[Sequence[str]]) -> None:
    """Rows like the last one, which is their pattern: 2,500 families take a second, made cell by cell half a minute."""
    pattern = table.rows[-1]._tr
    for row in rows:
        filled = deepcopy(pattern)
        for run, words in zip(filled.iter(qn("w:r")), row, strict=True):
            run.text = UNPRINTABLE.sub("", words)
        pattern.addprevious(filled)
    table._tbl.remove(pattern)


def _keep_rows_whole(table: Any) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(_flag("w:cantSplit"))


def _is_small(rows: Sequence[Sequence[str]]) -> bool:
    are_lines = (len(words) < ONE_LINE and "\n" not in words for row in rows for words in row)
    return len(rows) <= WHOLE_ROWS and all(are_lines)


def _keep_together(table: Any) -> None:
    for paragraph in (p for row in table.rows[:-1] for cell in row.cells for p in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True


def _rule(paragraph: Any, width: int, length: float) -> None:
    """A short line in the middle of `width`: a border of an indented empty paragraph, never underlining."""
    shape = paragraph.paragraph_format
    shape.space_before = Pt(2)
    shape.left_indent = shape.right_indent = Mm((width - length) / 2)
    shape.line_spacing = Pt(3)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _lay_out(section: Any, *, is_sideways: bool = False) -> None:
    sides = (PAGE_HEIGHT, PAGE_WIDTH) if is_sideways else (PAGE_WIDTH, PAGE_HEIGHT)
    section.page_width, section.page_height = map(Mm, sides)
    section.orientation = WD_ORIENT.LANDSCAPE if is_sideways else WD_ORIENT.PORTRAIT
    for side, length in MARGINS.items():
        setattr(section, f"{side}_margin", Mm(length))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(SMALL)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = words or None
        run._r.append(part)


def _set_cell_margins(table: Any, twentieths: int) -> None:
    """Room at the left and right of every cell, in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twentieths))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # Word wants the parts of a table's properties in order: the look comes last.
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def _set_widths(table: Any, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _flag(name: str) -> Any:
    return OxmlElement(name)
