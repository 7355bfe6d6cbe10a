"""What each row of a table is: a household, a line of totals, a village's heading, the signatures at the foot. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from portal.core.text import fold, nfc
from portal.households.exchange.headings import Headings, numbers_its_columns
from portal.households.exchange.villages import VillageNames, VillageUnclear
from portal.households.exchange.workbook import Table

#: With tones: Tống is a surname, and Công a given name.
TOTAL = re.compile(r"(tổng|cộng)\b")
TOTAL_UNMARKED = re.compile(r"(tong|cong)( cong| so| so ho)?[ :.]*\d*( ho)?")
FOOT = re.compile(
    r"(nguoi (lap|tong hop|viet)|lap bieu|can bo (lap|tong hop)|truong thon|thu truong|xac nhan|t\.? ?m\b|k\.? ?t\b|"
    r"(pho )?chu tich|noi nhan|\(?ky\b|ghi chu:)|.*\bngay [\d .…]* ?thang\b"
)
HEAD_OF_HOUSE = re.compile(r"chu ho|chu$|ch$|ban than")
#: A part of the list that is headed by a village which the commune does not have.
UNHEARD_OF = -1
#: `I`, `A`, `II.`: how the parts of a list are counted.
PART = re.compile(r"[IVX]{1,4}\.?|[A-Z]\.?")
FIGURE = re.compile(r"[\d.,]+( (hộ|khẩu|người))?")


class Kind(Enum):
    """What a row of the sheet is."""

    HOUSEHOLD = auto()
    BLANK = auto()
    HEADINGS = auto()
    TOTAL = auto()
    FOOT = auto()
    VILLAGE = auto()
    RELATIVE = auto()
    SLOT = auto()
    WORDS = auto()


@dataclass(frozen=True)
class Line:
    """A row: its number from 0, what it is, what it says of each field, and in which column."""

    number: int
    kind: Kind
    said: dict[str, str]
    columns: dict[str, int]
    words: str = ""


def lay_out(table: Table, headings: Headings, names: VillageNames) -> list[Line]:
    """Every row under the headings."""
    lines = [_line(table, headings, names, number) for number in range(headings.last_row + 1, len(table.rows))]
    lines = list(_without_foot(lines, table, headings))
    if any(line.kind is Kind.HOUSEHOLD and _is_numbered(table, headings, line) for line in lines):
        lines = [_words_if_alone(line, table, headings) for line in lines]
    return lines


def _line(table: Table, headings: Headings, names: VillageNames, number: int) -> Line:
    said, columns = {}, {}
    for name, several in headings.columns.items():
        texts = [table.cell(number, column) for column in dict.fromkeys(several)]
        filled = [column for column, text in zip(several, texts, strict=True) if text]
        # A name may be cut in two columns; a year stands in one of several.
        said[name] = " ".join(filter(None, texts)) if name == "head_name" else next(filter(None, texts), "")
        columns[name] = filled[0] if filled else several[0]
    own = table.filled(number)
    line = Line(number, Kind.HOUSEHOLD, said, columns, _first_words(own))
    return replace(line, kind=_kind(line, own, table, headings, names))


def _kind(line: Line, own: Sequence[str], table: Table, headings: Headings, names: VillageNames) -> Kind:
    if not own:
        return Kind.BLANK
    is_numbered = _is_numbered(table, headings, line)
    if _is_heading(line, own, headings):
        return Kind.HEADINGS
    if is_total(line.words):
        return Kind.TOTAL
    if not is_numbered and _begins_village(line, own, table, headings, names):
        return Kind.VILLAGE
    if not any(text for name, text in line.said.items() if name not in {"village", "relation"}):
        return Kind.SLOT if is_numbered else Kind.WORDS
    relation = fold(line.said.get("relation", ""))
    return Kind.RELATIVE if relation and not HEAD_OF_HOUSE.match(relation) else Kind.HOUSEHOLD


def _is_heading(line: Line, own: Sequence[str], headings: Headings) -> bool:
    """The headings again, at the top of a printed page, or the row that counts the columns."""
    if numbers_its_columns(own) and (line.number == headings.last_row + 1 or own[0].startswith("(")):
        return True
    return sum(text == headings.titles[name] for name, text in line.said.items() if text) > 1


def _begins_village(line: Line, own: Sequence[str], table: Table, headings: Headings, names: VillageNames) -> bool:
    columns = headings.columns.get("village", [])
    if any(table.own(line.number, column) for column in columns) and len(own) > 1:
        return False
    return names_village(heading_words(own), names) is not None


def is_total(words: str) -> bool:
    """Whether a row that begins so adds others up."""
    return bool(TOTAL.match(nfc(words).lower()) or TOTAL_UNMARKED.fullmatch(fold(words)))


def heading_words(own: Iterable[str]) -> str:
    """The one text of a row besides numbers: `THÔN LÀNG MẠ` of `I | THÔN LÀNG MẠ | 180 hộ`. “” where there are more."""
    texts = [cell for cell in own if not PART.fullmatch(cell) and not FIGURE.fullmatch(cell)]
    return texts[0] if len(texts) == 1 else ""


def names_village(words: str, names: VillageNames) -> int | None:
    """The village that the heading of a part of the list names, UNHEARD_OF for one that there is not, or None."""
    text = re.sub(r"^([IVX]{1,4}|[A-Z]|\d{1,2})[.)/]\s*", "", words)
    try:
        return names.find(re.sub(r"\s*[:(–-].*", "", text))
    except VillageUnclear:
        if not re.match(r"thon\b", fold(text)):
            return None
        return names.inside(text) or UNHEARD_OF


def _first_words(own: Iterable[str]) -> str:
    return next((cell for cell in own if not FIGURE.fullmatch(cell)), "")


def _is_numbered(table: Table, headings: Headings, line: Line) -> bool:
    return headings.running_number is not None and table.cell(line.number, headings.running_number).isdecimal()


def _without_foot(lines: Sequence[Line], table: Table, headings: Headings) -> Iterator[Line]:
    """From the date and the signatures on, nothing is a household, however much a signer's name looks like one."""
    is_counted = any(_is_numbered(table, headings, line) for line in lines)
    strong = [
        line.number
        for line in lines
        if line.kind is Kind.HOUSEHOLD
        and (_is_numbered(table, headings, line) if is_counted else bool(line.said.get("village")))
    ]
    last = max(strong, default=headings.last_row)
    is_foot = False
    for line in lines:
        signs = line.number > last and any(FOOT.match(fold(cell)) for cell in table.filled(line.number))
        is_foot = is_foot or signs
        yield replace(line, kind=Kind.FOOT) if is_foot and line.kind is not Kind.BLANK else line


def _words_if_alone(line: Line, table: Table, headings: Headings) -> Line:
    """In a counted list, a lone text without a number is a remark and no family."""
    is_alone = (
        line.kind is Kind.HOUSEHOLD and len(table.filled(line.number)) == 1 and not _is_numbered(table, headings, line)
    )
    return replace(line, kind=Kind.WORDS) if is_alone else line
