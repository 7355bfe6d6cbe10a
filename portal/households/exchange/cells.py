"""One cell of a sheet: what it means, or a sentence that says what is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField

from portal.core.codes import read_numbered_code
from portal.core.phones import PhoneRefused, read_phone
from portal.core.text import fold
from portal.households.models.household import CODE_PREFIX, Household

OLDEST = 1900
MOST_PEOPLE = 99
#: Day 0 of the spreadsheets' calendar: a year typed into a cell of dates shows as a day of 1905.
DAY_ZERO = date(1899, 12, 30)
#: No number has so many digits; two of them in one cell do.
TWO_PHONES = 18
#: How people write that there is nothing.
NOTHING = {"", "-", "--", "x", "/", "0", "khong", "khong co", "ko", "ko co", "k", "k co", "chua co", "chua", "n/a"}
LENGTHS: Mapping[str, int] = {
    field.name: int(field.max_length or 0)
    for field in Household._meta.get_fields()
    if isinstance(field, CharField) and field.name in {"head_name", "nickname", "neighbour_hint"}
}


class CellRefused(ValueError):
    """The cell means nothing that the register keeps; the message is for the clerk."""


def read_cell(name: str, text: str, *, convert_phones: bool) -> Any:
    """The value of a field. Raises CellRefused, CodeRefused or PhoneRefused, each with its sentence."""
    if name == "phone":
        return _phone(text, convert=convert_phones)
    return READERS.get(name, lambda text: short_enough(name, text))(text)


def short_enough(name: str, text: str) -> str:
    """The text, if the register has room for it."""
    most = LENGTHS[name]
    if len(text) > most:
        raise CellRefused(f"Dài quá {len(text) - most} ký tự. Ô này nhận tối đa {most}, kể cả dấu cách.")
    return text


def _code(text: str) -> str:
    return read_numbered_code(CODE_PREFIX, text) if text else ""


def _name(text: str) -> str:
    words = re.sub(r"^\d{1,4}\s*[.)/-]\s*", "", text)  # “12. Phạm Văn Đền”
    if not words:
        raise CellRefused("Thiếu họ và tên chủ hộ.")
    if re.search(r"\d", words):
        raise CellRefused(f"“{words}” có chữ số, không phải tên người.")
    if not re.search(r"[^\W_]", words):
        raise CellRefused(f"“{words}” không phải tên người.")
    return short_enough("head_name", words)


def _year(text: str) -> int | None:
    if fold(text) in NOTHING:
        return None
    typed = re.sub(r"^(sn|sinh nam|sinh)\W*", "", fold(text)).replace(" ", "")
    if match := re.fullmatch(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", typed):
        day, month, year = match.groups()
    elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed):
        year, month, day = match.groups()
    elif re.fullmatch(r"(\d{1,2}[/.-]){0,2}\d{2}", typed):
        raise CellRefused(f"“{text}” thiếu hai chữ số của năm. Viết đủ bốn chữ số, như 1963.")
    else:
        raise CellRefused(f"“{text}” không phải năm sinh. Viết 1963 hoặc 05/02/1963.")
    return _likely_year(text, int(day or 0), int(month or 0), int(year))


def _likely_year(text: str, day: int, month: int, year: int) -> int:
    if month > 12:
        raise CellRefused(f"“{text}” không có tháng {month}.")
    if day > 31:
        raise CellRefused(f"“{text}” không có ngày {day}.")
    if not OLDEST <= year <= date.today().year:
        raise CellRefused(f"Năm sinh {year} không đúng.")
    if not (day and month):
        return year
    try:
        typed = (date(year, month, day) - DAY_ZERO).days
    except ValueError:
        raise CellRefused(f"“{text}” không có thật: tháng {month} năm {year} không có ngày {day}.") from None
    return typed if OLDEST <= typed <= date.today().year else year


def _count(text: str) -> int | None:
    if fold(text) in NOTHING and text != "0":
        return None
    match = re.fullmatch(r"(\d{1,3})(?: ?(?:nguoi|khau|nhan khau|nk))?", fold(text))
    if not match or not 0 < int(match[1]) <= MOST_PEOPLE:
        raise CellRefused(f"“{text}” không phải số người trong nhà.")
    return int(match[1])


def _phone(text: str, *, convert: bool) -> str:
    if fold(text) in NOTHING:
        return ""
    typed = _written_out(text)
    if not re.search(r"\d", typed):
        raise CellRefused(f"“{text}” không phải số điện thoại. Nhà không có số thì để trống ô này.")
    if len(re.sub(r"\D", "", typed)) >= TWO_PHONES:
        raise CellRefused("Ô này có hai số điện thoại. Giữ lại một số.")
    try:
        return read_phone(typed)
    except PhoneRefused as refusal:
        if convert and refusal.suggestion:
            return read_phone(refusal.suggestion)
        raise


def _written_out(text: str) -> str:
    """`9.87654321E+08` as the spreadsheet had it before it shortened it."""
    match = re.fullmatch(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", text)
    if not match:
        return text
    first, rest, exponent = match[1], match[2] or "", int(match[3])
    if len(rest) < 8:
        raise CellRefused(f"Bảng tính đã rút gọn số này thành “{text}”. Gõ lại đủ các chữ số.")
    return str(int(Decimal(f"{first}.{rest}").scaleb(exponent)))


READERS: Mapping[str, Callable[[str], Any]] = {
    "code": _code,
    "head_name": _name,
    "head_birth_year": _year,
    "member_count": _count,
}
