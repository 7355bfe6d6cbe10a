"""Which column is which, by the headings that people write. Pure."""

from collections.abc import Sequence

from portal.core.text import fold

#: Field → headings, marks left out. The first one is what the export writes.
HEADINGS: dict[str, tuple[str, ...]] = {
    "code": ("mã hộ", "mã số hộ", "mã"),
    "head_name": ("họ và tên chủ hộ", "họ tên chủ hộ", "tên chủ hộ", "chủ hộ", "họ và tên", "họ tên"),
    "village": ("thôn", "tên thôn", "thôn bản", "nơi ở"),
    "nickname": ("tên thường gọi", "tên gọi khác", "tên thường dùng"),
    "neighbour_hint": ("gần nhà ai", "gần nhà"),
    "head_birth_year": ("năm sinh chủ hộ", "năm sinh", "ngày sinh", "ngày tháng năm sinh"),
    "member_count": ("số người", "số nhân khẩu", "số khẩu", "nhân khẩu"),
    "phone": ("số điện thoại", "điện thoại", "sđt", "số đt", "đt"),
}
LABELS = {field: names[0][0].upper() + names[0][1:] for field, names in HEADINGS.items()}
NEEDED = ("head_name", "village")
#: What the register does not keep, whatever the sheet offers (invariant 7).
UNWANTED = {
    "số căn cước": ("cccd", "số cccd", "căn cước", "số căn cước", "cmnd", "số cmnd", "số định danh"),
    "số tài khoản": ("số tài khoản", "stk", "tài khoản"),
    "dân tộc": ("dân tộc",),
}
LOOK_AT = 20

_FIELDS = {fold(name): field for field, names in HEADINGS.items() for name in names}
_UNWANTED = {fold(name): words for words, names in UNWANTED.items() for name in names}


class NoHeadings(Exception):
    """No row of the sheet looks like headings."""


def find_headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]]:
    """(number of the heading row, {column: field}); titles above it and merged cells do not matter."""
    best = -1
    fields: dict[int, str] = {}
    for number, row in enumerate(rows[:LOOK_AT]):
        found: dict[int, str] = {}
        for column, cell in enumerate(row):
            field = _FIELDS.get(fold(cell).strip(" .:*"))
            if field and field not in found.values():
                found[column] = field
        if len(found) > len(fields):
            best, fields = number, found
    if not all(field in fields.values() for field in NEEDED):
        raise NoHeadings("Không thấy dòng tên cột. Bảng cần ít nhất hai cột: Họ và tên chủ hộ, Thôn.")
    return best, fields


def unwanted_columns(row: Sequence[str]) -> dict[str, str]:
    """{heading: what it is} of columns that the register leaves out."""
    return {cell: _UNWANTED[key] for cell in row if (key := fold(cell).strip(" .:*")) in _UNWANTED}
