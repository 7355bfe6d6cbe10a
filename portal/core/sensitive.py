"""Numbers about a person that must not stand on a public page: ID, phone, account, card, one-time code (row E12).

Pure: text in, findings out. Two readings. `find_sensitive` is for articles, where dates, prices and document numbers
stand beside what is private; `secret_in_answer` is for the boxes of public forms, where no long number belongs.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from portal.core.text import fold


class Kind(Enum):
    """What a number looks like; the value is what the writer reads."""

    CITIZEN_ID = "số căn cước"
    OLD_ID = "số chứng minh cũ"
    PHONE = "số điện thoại"
    ACCOUNT = "số tài khoản"
    CARD = "số thẻ ngân hàng"
    CODE = "mã OTP, mã xác thực"


@dataclass(frozen=True)
class Finding:
    """A number in a text: its kind, its letters as written, where they stand, and its digits alone."""

    kind: Kind
    text: str
    start: int
    end: int
    digits: str


#: Provinces in citizen IDs (Circular 59/2021/TT-BCA, appendix I); old numbers stay valid after the mergers of 2025.
_PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 "
    "044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 "
    "089 091 092 093 094 095 096".split()
)
_SEP = r"[ .()\-]{0,3}"
_MASK = "¤"
_DASHES = "‐‑‒–—―−－"
_DOTS = "·•∙・．"
_KEYCAP = "\u20e3"

_CITIZEN = re.compile(rf"(?<!\d)0(?:{_SEP}\d){{11}}(?!\d)")
_TWELVE = re.compile(rf"(?<!\d)\d(?:{_SEP}\d){{11}}(?!\d)")
_NINE = re.compile(rf"(?<!\d)\d(?:{_SEP}\d){{8}}(?!\d)")
_OLD_ID = re.compile(r"(?<![\d.\-])(?:[0-3]\d{8}|[0-3]\d\d( +|-)\d{3}\1\d{3}|0\d\d\.\d{3}\.\d{3})(?![\d]|[.\-]\d)")
_PHONES = (
    re.compile(rf"(?:\+|(?<!\d)00|(?<!\d))84(?:{_SEP}0)?(?:{_SEP}[35789])(?:{_SEP}\d){{8}}(?!\d)"),
    re.compile(rf"(?<!\d)01{_SEP}[2689](?:{_SEP}\d){{8}}(?!\d)"),
    re.compile(rf"(?<!\d)02(?:{_SEP}\d){{9}}(?!\d)"),
    re.compile(rf"(?<!\d)0{_SEP}[35789](?:{_SEP}\d){{8}}(?!\d)"),
    re.compile(r"(?<!\d)0[35789]\d{1,2}([/_,])\d{3}\1\d{3,4}(?!\d)"),
)
_CARD = re.compile(
    r"(?<!\d)(?:\d{13,19}|\d{4}([ .\-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|3\d{3}([ .\-])\d{6}\2\d{5})(?!\d)"
)
_RUN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){5,18}(?!\d)")
_CODE = re.compile(r"(?<![\d.,/])(?:\d{4,8}|\d{3}[ \-]\d{3})(?![\d/]|[.,]\d)")

_BANKS = (
    r"(?:agribank|vietcombank|vcb|vietinbank|bidv|mb ?bank|mbbank|techcombank|tcb|acb|sacombank|vpbank|tpbank|"
    r"lpbank|lienviet\w*|hdbank|shb|vib|ocb|msb|seabank|eximbank|ngan hang|napas)"
)
_NEAR_ID = re.compile(r"(?:\bcccd|\bcan cuoc|\bdinh danh|\bddcn|\bcmnd|\bcmt(?:nd)?|\bchung minh)\b[^;\n]{0,40}$")
_NEAR_PHONE = re.compile(r"(?:\bsdt|\bdt|\bdien thoai|\bzalo|\bgoi|\blien he|\btel|\bphone|\bmobile)\b[^;\n]{0,25}$")
_NEAR_ACCOUNT = re.compile(
    rf"(?:\bstk|\bso tk|\btk|\btai khoan|\bso the|\baccount|\ba/c|\bacc|\b{_BANKS})\b[^;\n]{{0,60}}$"
)
_AT_ACCOUNT = re.compile(r"(?:\bstk|\bso tk|\bso tai khoan)\s*(?:la|so|:|=|-)*\s*$")
_THEN_BANK = re.compile(rf"^\s*[(,\-–/]?\s*(?:tai |cua |o )?{_BANKS}\b")
_CODE_WORD = r"\b(?:otp|ma xac (?:thuc|nhan|minh)|ma pin|ma bao mat|mat khau|ma kich hoat|ma dang nhap|passcode)\b"
_NEAR_CODE = re.compile(rf"{_CODE_WORD}(?:(?!\. )[^;\n]){{0,30}}$")
_THEN_CODE = re.compile(rf"^\s*[(\-:,]?\s*(?:chinh )?(?:la )?[(]?(?:ma )?{_CODE_WORD}")
_NOT_A_CODE = re.compile(r"(?:\bgui|\bgoi|\bden|\btoi|\btong dai|\bdau so|\bnam|\bso may|\bphim|\bduong day nong) *$")
_COUNTED = re.compile(
    r"^\s*(?:chu so|so\b|ky tu|ki tu|phut|giay|gio|lan|ngay|thang|nam\b|dong|d\b|vnd|nghin|trieu|nguoi|ho\b|%|bai|em\b)"
)
_GOODS = re.compile(
    r"(?:hoa don|van don|don hang|\bseri(?:al)?|\bimei|\bisbn|ma vach|ma so thue|\bmst|bien lai)\D{0,20}$"
)
_PRICE_LIKE = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+")

_MONEY = r"(?:đồng|đ\b|₫|vnđ|vnd|nghìn|ngàn|triệu|tỷ|tỉ|usd|k\b)"
_UNITS = r"(?:%|hộ|người|lượt|nhà|ha\b|km|m2|m²|kg|tấn|bài|em\b|máy|thẻ|tài khoản|giao dịch|lần|ngày|phút)"
_ALONE = r"(?<![\d+])(?<!\d[ .\-])"
#: No digits at all within reach: “0905  123  456 người nhà” is a telephone, not 456 people.
_FAR = _ALONE + r"(?<!\d[()])(?<!\d[ .()\-]{2})(?<!\d[ .()\-]{3})"
#: What is never private, in the order in which it is set aside. Phone links in addresses are left in.
_HARMLESS = (
    re.compile(r"(?:https?://|www\.)(?!(?:zalo|wa|t|m)\.me)\S+", re.IGNORECASE),
    re.compile(r"\b(?!(?:zalo|wa|t|m)\.me)[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:vn|com|net|org)/\S+", re.IGNORECASE),
    re.compile(r"(?<![\d.\-])(?:0?[1-9]|[12]\d|3[01]) ?([/.\-]) ?(?:0?[1-9]|1[0-2]) ?\1 ?(?:19|20)\d\d(?!\d|[.\-/]\d)"),
    re.compile(r"(?<!\d)(?:19|20)\d\d([/.\-])(?:0[1-9]|1[0-2])\1(?:[0-2]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])"),
    re.compile(r"(?<!\d)\d{1,2}[:h]\d{2}(?::\d{2})?(?!\d)"),
    re.compile(rf"{_FAR}\d{{1,6}}(?:/(?:19|20)\d\d)?/[^\W\d_]{{1,8}}(?:[\-–][^\W\d_]{{1,10}})*"),
    re.compile(rf"{_ALONE}[1-9]\d{{0,2}}(?:[.,]\d{{3}})+(?:,\d+)? ?{_MONEY}", re.IGNORECASE),
    re.compile(rf"{_FAR}[1-9]\d*(?: \d{{3}})*(?:,\d+)? ?{_MONEY}", re.IGNORECASE),
    re.compile(rf"{_FAR}[1-9]\d{{0,2}}(?:\d{{0,4}}|(?:[., ]\d{{3}}){{1,2}})(?:,\d+)? ?{_UNITS}", re.IGNORECASE),
    re.compile(r"(?<![\w\-])[A-Z]{2,4}-\d{4,9}[A-Z]\b"),
)
_HOTLINE = re.compile(r"(?<!\d)1[89]00(?:[ .\-]?\d){4,6}(?!\d)")


def _flat(text: str) -> tuple[str, list[int]]:
    """The text with plain digits, spaces and dashes and nothing invisible; for each letter its place in the original.

    Full-width, Arabic or keycap digits, no-break spaces and zero-width letters hide a number from a search, not from
    a reader.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        category = unicodedata.category(letter)
        if category == "Cf" or letter == _KEYCAP or "\ufe00" <= letter <= "\ufe0f":
            continue
        digit = unicodedata.digit(letter, None)
        if digit is not None and letter not in "²³":
            plain = str(digit)
        elif category == "Zs" or letter == "\t":
            plain = " "
        else:
            plain = "-" if letter in _DASHES else "." if letter in _DOTS else letter
        letters.append(plain)
        places.append(place)
    return "".join(letters), places


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@dataclass(frozen=True)
class _Place:
    """A run of digits and the words around it, folded."""

    digits: str
    written: str
    before: str
    after: str


Test = Callable[[_Place], bool]


def _is_citizen_id(place: _Place) -> bool:
    """Three digits of a province, one of sex and century, two of the birth year (Decree 137/2015/NĐ-CP, article 13)."""
    return place.digits[:3] in _PROVINCES and place.digits[3] in "0123" and not _GOODS.search(place.before)


def _stands_by_id_words(place: _Place) -> bool:
    return bool(_NEAR_ID.search(place.before))


def _is_old_id(place: _Place) -> bool:
    """The first two digits of the old card are a province, 01 to 38."""
    return 1 <= int(place.digits[:2]) <= 38 and not _GOODS.search(place.before)


def _is_phone_without_zero(place: _Place) -> bool:
    return place.digits[0] in "35789" and bool(_NEAR_PHONE.search(place.before))


def _is_card(place: _Place) -> bool:
    """Luhn's sum and the first digits of a known scheme; domestic NAPAS cards begin with 9704."""
    if _GOODS.search(place.before):
        return False
    if place.digits.startswith("9704"):
        return len(place.digits) in {16, 19}
    return place.digits[0] in "23456" and len(set(place.digits)) > 1 and _luhn(place.digits)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_account(place: _Place) -> bool:
    if len(set(place.digits)) == 1 or _COUNTED.search(place.after):
        return False
    if _AT_ACCOUNT.search(place.before):
        return True
    if len(place.digits) < 8 or _PRICE_LIKE.fullmatch(place.written):
        return False
    return bool(_NEAR_ACCOUNT.search(place.before) or _THEN_BANK.search(place.after))


def _is_one_time_code(place: _Place) -> bool:
    if place.digits in "0123456789" or len(set(place.digits)) == 1:
        return False  # “đừng đặt mật khẩu 123456”
    if _COUNTED.search(place.after) or _NOT_A_CODE.search(place.before):
        return False
    if len(place.digits) == 4 and place.digits[:2] in {"19", "20"}:
        return False
    return bool(_NEAR_CODE.search(place.before) or _THEN_CODE.search(place.after))


def _always(_place: _Place) -> bool:
    return True


#: The first that claims a run has it: longer and surer ones come first.
_TESTS: tuple[tuple[Kind, re.Pattern[str], Test], ...] = (
    (Kind.CARD, _CARD, _is_card),
    (Kind.CITIZEN_ID, _CITIZEN, _is_citizen_id),
    (Kind.CITIZEN_ID, _TWELVE, _stands_by_id_words),
    (Kind.OLD_ID, _NINE, _stands_by_id_words),
    (Kind.ACCOUNT, _RUN, lambda place: bool(_AT_ACCOUNT.search(place.before)) and _is_account(place)),
    *((Kind.PHONE, pattern, _always) for pattern in _PHONES),
    (Kind.PHONE, _NINE, _is_phone_without_zero),
    (Kind.OLD_ID, _OLD_ID, _is_old_id),
    (Kind.ACCOUNT, _RUN, _is_account),
    (Kind.CODE, _CODE, _is_one_time_code),
)


def find_sensitive(text: str, allowed: Collection[str] = ()) -> list[Finding]:
    """Private numbers in an article's text, in order. `allowed`: digits of numbers that the office itself publishes."""
    flat, places = _flat(text)
    if sum(letter.isdigit() for letter in flat) < 4:
        return []
    for pattern in _HARMLESS:
        flat = pattern.sub(_masked, flat)
    flat = _HOTLINE.sub(lambda match: match[0] if _AT_ACCOUNT.search(_before(flat, match)) else _masked(match), flat)
    known = {_national(number) for number in allowed}
    found = []
    for kind, pattern, test in _TESTS:
        for match in list(pattern.finditer(flat)):
            place = _Place(_digits(match[0]), match[0], _before(flat, match), _after(flat, match))
            if _MASK in flat[match.start() : match.end()] or not test(place):
                continue
            flat = flat[: match.start()] + _masked(match) + flat[match.end() :]
            start, end = places[match.start()], places[match.end() - 1] + 1
            if _national(place.digits) not in known:
                found.append(Finding(kind, text[start:end], start, end, place.digits))
    return sorted(found, key=lambda finding: finding.start)


def _masked(match: re.Match[str]) -> str:
    return _MASK * len(match[0])


def _before(flat: str, match: re.Match[str]) -> str:
    line = flat[max(0, match.start() - 80) : match.start()].rpartition("\n")[2]
    return fold(line)


def _after(flat: str, match: re.Match[str]) -> str:
    return fold(flat[match.end() : match.end() + 30])


def _national(number: str) -> str:
    """Digits of a phone as it is dialled here: 0 for +84."""
    digits = _digits(number)
    return "0" + digits[2:].lstrip("0") if len(digits) in {11, 12} and digits.startswith("84") else digits


def numbers_in(contacts: str) -> Iterator[str]:
    """Digits of every number in a line of contacts: “0255 3851 234 – 0905 123 456”, “113, 114”."""
    flat, _places = _flat(contacts)
    for run in re.findall(r"\+?\d(?:[ .]?\d)*", flat):
        yield _digits(run)


_ANSWER_RUN = re.compile(r"\d(?:[\s.\-]?\d)+")


def secret_in_answer(text: str) -> Kind | None:
    """The first secret number in what a family typed into a public form; a phone number may stand there."""
    for run in _ANSWER_RUN.findall(_flat(text)[0]):
        digits = _digits(run)
        if len(digits) == 12 and not digits.startswith("84"):
            return Kind.CITIZEN_ID
        is_phone = len(digits) in {10, 11} and digits.startswith(("0", "84"))
        if len(digits) == 6 or (len(digits) > 6 and not is_phone):
            return Kind.ACCOUNT
    return None
