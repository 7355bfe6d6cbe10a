"""Which column is which, by the headings that people write, in one row or in two. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.core.text import fold

#: Field → headings, marks left out. The first one is what the export writes.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("mã hộ", "mã số hộ", "mã", "mã hộ gia đình"),
    "head_name": (
        "họ và tên chủ hộ", "họ tên chủ hộ", "tên chủ hộ", "chủ hộ", "họ và tên", "họ tên",
        "họ và chữ đệm", "họ và tên đệm", "họ và đệm", "họ đệm", "họ",
    ),
    "given_name": ("tên",),
    "village": ("thôn", "tên thôn", "thôn bản", "thôn xóm", "thôn tổ dân phố", "thôn tdp"),
    "nickname": ("tên thường gọi", "tên gọi khác", "tên thường dùng", "tên khác", "bí danh", "tên ở nhà"),
    "neighbour_hint": ("gần nhà ai", "gần nhà"),
    "head_birth_year": (
        "năm sinh chủ hộ", "năm sinh", "ngày sinh", "ngày tháng năm sinh", "sinh năm", "ngày sinh chủ hộ", "ns",
    ),
    "member_count": ("số người", "số nhân khẩu", "số khẩu", "nhân khẩu", "tổng số khẩu", "số thành viên", "khẩu"),
    "phone": ("số điện thoại", "điện thoại", "sđt", "số đt", "đt", "số điện thoại liên hệ", "đtdđ", "số máy"),
    # Who of the family the row is about: lists of people have a row for each, and only one of them is the head.
    "relation": ("quan hệ với chủ hộ", "quan hệ", "qh với chủ hộ", "mối quan hệ với chủ hộ"),
}  # fmt: skip
LABELS = {name: names[0][0].upper() + names[0][1:] for name, names in HEADINGS.items()}
#: Headings that are none of the above in so many words: `Số ĐT/Zalo`, `Địa chỉ (thôn)`. The first that fits counts.
PATTERNS = (
    ("relation", r"\bquan he\b"),
    ("phone", r"\b(dien thoai|sdt|so dt|dtdd)\b"),
    ("head_birth_year", r"\b(nam|ngay) sinh\b|\bsinh nam\b"),
    ("member_count", r"\b(nhan khau|so khau|so nguoi)\b"),
    ("village", r"^(ten |dia chi )?thon\b|^dia chi\b|^noi (o|cu tru|thuong tru)\b|^cho o\b"),
    ("nickname", r"\bten (thuong )?goi\b"),
    ("head_name", r"\b(ho )?ten\b.*\bchu ho\b|\bchu ho\b.*\bten\b|^chu ho\b|^ho (va )?ten\b"),
)
#: Somebody else's name, year or number.
NOT_THE_HEAD = re.compile(r"\b(vo|chong|con|cha|me|truong thon|can bo)\b")
#: What the register does not keep, whatever the sheet offers (invariant 7).
UNWANTED = {
    "số căn cước": r"\b(cccd|cmnd|cmt|can cuoc|so dinh danh|ma dinh danh|ddcn)\b",
    "số tài khoản": r"\b(tai khoan|stk|so tk)\b",
    "dân tộc": r"\bdan toc\b",
    "vị trí trên bản đồ": r"\b(toa do|kinh do|vi do|gps)\b",
}
SURNAME_HEADINGS = ("ho va chu dem", "ho va ten dem", "ho va dem", "ho dem", "ho")
RUNNING_NUMBER = ("stt", "tt", "so tt", "so thu tu")
LOOK_AT = 40
NUMBER_OF_COLUMN = re.compile(r"\(?\d{1,2}\)?|\(?[A-Za-z]\)?|\(?\d{1,2}\)? ?= ?[\d()+\- ]+")

_FIELDS = {fold(heading): name for name, headings in HEADINGS.items() for heading in headings}


class NoHeadings(Exception):
    """No row of the sheet looks like headings."""


@dataclass(frozen=True)
class Headings:
    """Where the table begins and what its columns hold. Numbers count from 0."""

    first_row: int
    last_row: int
    #: Field → its columns: one, or several under one heading (`Năm sinh` over `Nam` and `Nữ`).
    columns: dict[str, list[int]]
    running_number: int | None
    #: Field → what the sheet calls it.
    titles: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


def plain(heading: str) -> str:
    """A heading without marks, signs and what stands in brackets: `Số ĐT (nếu có)` → `so dt`."""
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)", " ", fold(heading))).strip()


def field_of(heading: str, *, exactly: bool = False) -> str:
    """The field that a heading names, or “”; `exactly` leaves guesses out."""
    words = plain(heading)
    if not words or unwanted(heading):
        return ""
    if words in _FIELDS or exactly or NOT_THE_HEAD.search(words):
        return _FIELDS.get(words, "")
    return next((name for name, pattern in PATTERNS if re.search(pattern, words)), "")


def unwanted(heading: str) -> str:
    """What the register does not keep, if the heading names it, or “”."""
    words = plain(heading)
    return next((what for what, pattern in UNWANTED.items() if re.search(pattern, words)), "")


def find_headings(rows: Sequence[Sequence[str]]) -> Headings:
    """The row of headings, or the two; titles above and merged cells do not matter. Raises NoHeadings."""
    best = Headings(0, 0, {}, None)
    for number in range(min(len(rows), LOOK_AT)):
        found = _headings_at(rows, number)
        if len(found.columns) > len(best.columns):
            best = found
    if "head_name" not in best.columns:
        raise NoHeadings("Không thấy dòng tên cột. Bảng cần ít nhất hai cột: Họ và tên chủ hộ, Thôn.")
    return best


def numbers_its_columns(row: Sequence[str]) -> bool:
    """Whether the row is the one under the headings that counts the columns: (1) (2) (3) or A B 1 2."""
    cells = [cell for cell in row if cell]
    return len(cells) >= 3 and all(NUMBER_OF_COLUMN.fullmatch(cell) for cell in cells)


def _headings_at(rows: Sequence[Sequence[str]], number: int) -> Headings:
    upper = list(rows[number])
    lower = list(rows[number + 1]) if number + 1 < len(rows) else []
    has_second_row = _is_second_row(upper, lower)
    names = _columns_of(upper, lower if has_second_row else [])
    columns = _fields_of(names)
    taken = {column for several in columns.values() for column in several}
    rest = [own or above for column, (own, above) in enumerate(names) if (own or above) and column not in taken]
    return Headings(
        number,
        number + has_second_row,
        columns,
        running_number=next((column for column, (own, _) in enumerate(names) if plain(own) in RUNNING_NUMBER), None),
        titles={name: _title(*names[several[0]]) for name, several in columns.items()},
        left_out={heading: unwanted(heading) for heading in rest if unwanted(heading)},
        ignored=[heading for heading in rest if not unwanted(heading) and plain(heading) not in RUNNING_NUMBER],
    )


def _fields_of(names: Sequence[tuple[str, str]]) -> dict[str, list[int]]:
    """Field → columns. Plain headings are dealt first, so that `Địa chỉ` is the village only where no `Thôn` is."""
    columns: dict[str, list[int]] = {}
    for exactly in (True, False):
        dealt = {column for several in columns.values() for column in several}
        for column, (own, above) in enumerate(names):
            name = field_of(own, exactly=exactly) or field_of(above, exactly=exactly)
            if name and column not in dealt and (name not in columns or _is_same(names, columns[name][-1], column)):
                columns.setdefault(name, []).append(column)
    given = columns.pop("given_name", [])
    if "head_name" not in columns and given:
        columns["head_name"] = given
    elif given and plain(names[columns["head_name"][0]][0]) in SURNAME_HEADINGS:
        columns["head_name"] += given
    return columns


def _title(own: str, above: str) -> str:
    """What the clerk calls the column: `Năm sinh` where `Nam` stands under it."""
    return own if field_of(own) else above


def _is_same(names: Sequence[tuple[str, str]], left: int, right: int) -> bool:
    """Whether two columns stand under one heading, which says what both are."""
    own, above = names[right]
    return names[left][1] == above and not field_of(own)


def _is_second_row(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row only divides headings of the upper one: words under cells that are merged or empty."""
    filled = [column for column, cell in enumerate(lower) if cell]
    if sum(map(bool, upper)) < 3 or not any(map(field_of, upper)):
        return False  # a title over the headings
    return bool(filled) and all(
        not lower[column].isdecimal() and (not _at(upper, column) or _is_wide(upper, lower, column))
        for column in filled
    )


def _is_wide(upper: Sequence[str], lower: Sequence[str], column: int) -> bool:
    return not _at(upper, column + 1) and bool(_at(lower, column + 1))


def _columns_of(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, str]]:
    """For each column its own heading and the one above that, taken from the left where cells were merged."""
    found, above = [], ""
    for column in range(max(len(upper), len(lower))):
        above = _at(upper, column) or (above if _at(lower, column) else "")
        found.append((_at(lower, column), above) if _at(lower, column) else (above, above))
    return found


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
