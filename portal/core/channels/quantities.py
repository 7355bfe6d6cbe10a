"""Phones, money, shares, measures and plain numbers as they are said."""

import re
from collections.abc import Callable

from portal.core.channels.numerals import (
    HERE,
    Dialect,
    decimal_in_words,
    digit_by_digit,
    in_words,
    ordinal,
    roman_value,
)
from portal.core.channels.sayings import UNITS

#: 1.234 and 70,5 as written here, and the 12.5 of a foreign keyboard.
NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+\.\d{1,2}(?![\d.])|\d+(?:,\d+)?"
_N = rf"(?<![\w.,])({NUMBER})"
_DASH = r"\s*[–-]\s*"
#: What stands whole behind “100%”, and what a part is counted in.
_ALL_OF = "thôn|hộ|gia đình|nhà|xã|người|em|học sinh|cán bộ|tổ|trường"
_PARTS = "tiêu chí|việc|câu|bước|buổi|điểm"
_COUNTED = f"{_PARTS}|hộ|thôn|người|nhà|gia đình|em|phiếu|bài|vòng|tổ"

PHONE = re.compile(r"(?<![\w.,/+])(?:\+84|0)(?:[ .-]?\d){9,10}(?![\d])|(?<!\w)1[89]00(?:[ .]?\d){4,6}(?!\d)")
SHORT_PHONE = re.compile(
    r"\b((?:gọi|tổng đài|đường dây nóng|hotline|bấm|nhắn tới|số máy)\s+(?:số\s+)?)(\d{3,4})(?![\d/]|[.,]\d)",
    re.IGNORECASE,
)
EMERGENCY = re.compile(r"(?:(?<=\bsố )|(?<=\bhoặc ))(11[1-5])(?![\d/]|[.,]\d)(?!\s+(?:hộ|nhà|người))")
COMPARED = re.compile(rf"(≥|>=|≤|<=|>|<)\s*({NUMBER})\s*(%|[^\W\d]+)")
ALL_OF = re.compile(rf"(?<![\w.,])100\s?%\s+(?:số\s+)?(?:các\s+)?(?={_ALL_OF})", re.IGNORECASE)
SHARE_RANGE = re.compile(rf"{_N}\s?%?{_DASH}({NUMBER})\s?%")
SHARE = re.compile(rf"{_N}\s?%")
FREE = re.compile(r"(?<![\w.,])0\s?(?:đồng|đ|₫|VNĐ|VND)(?!\w)", re.IGNORECASE)
MONEY_RANGE = re.compile(rf"{_N}\s?(?:đồng|đ|₫)?{_DASH}({NUMBER})\s?(?:đồng|đ|₫|VNĐ|VND)(?!\w)", re.IGNORECASE)
MONEY = re.compile(rf"{_N}\s?(?:đồng|đ|₫|VNĐ|VND)(?!\w)", re.IGNORECASE)
THOUSANDS = re.compile(r"(?<![\w.,])(\d+)\s?k(?!\w)", re.IGNORECASE)
MILLIONS = re.compile(rf"{_N}\s?tr(?!\w)")
PART_OF = re.compile(rf"{_N}/({NUMBER})\s+({_COUNTED})\b", re.IGNORECASE)
SHARE_OF = re.compile(r"(?<![\w.,/])(\d)/(\d{1,2})(?=\s+số\b)")
BELOW_ZERO = re.compile(r"(?<![\w)])[–-](?=\d+\s?(?:độ|°C))")
EACH = re.compile(r"(?<=[^\W\d])/(?=(?:tháng|năm|ngày|tuần|buổi|lần|hộ|người|nhà|giờ|phút|kg)\b)")
FRACTION = re.compile(rf"{_N}/({NUMBER})(?![\d/])")
HALF_HOURS = re.compile(r"(?<![\w.,–-])(\d+)\s+phút\b")
MEASURE = re.compile(rf"{_N}\s?({'|'.join(map(re.escape, sorted(UNITS, key=len, reverse=True)))})(?!\w)")
ROMAN = re.compile(r"\b((?:khóa|khoá|chương|phần|thôn|làng|học kỳ|đại hội)\s+)([IVXLC]+)\b", re.IGNORECASE)
ORDINAL = re.compile(r"\b((?:lần|hạng|đứng)\s+thứ\s+)(\d+)(?![\d/]|[.,]\d)", re.IGNORECASE)
RANGE = re.compile(rf"{_N}{_DASH}({NUMBER})(?![\w.,]*\d)")
VERSION = re.compile(r"(?<![\w.])\d+(?:\.\d{1,2}){2,}(?![\w.]*\d)|(?<=bản )\d+\.\d+(?![\d.])")
GLUED = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
PLAIN = re.compile(rf"({NUMBER})")


def say_quantities(text: str, dialect: Dialect = HERE) -> str:
    """The text with every number in words; dates and hours have been said before."""
    speaker = _Quantities(dialect)
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str], ...] = (
        (ROMAN, speaker.roman),
        (ORDINAL, lambda match: match[1] + ordinal(int(match[2]), dialect)),
        (BELOW_ZERO, lambda _match: "âm "),
        (EACH, lambda _match: " mỗi "),
        (COMPARED, speaker.compared),
        (ALL_OF, lambda _match: "tất cả các "),
        (SHARE_RANGE, lambda match: f"{speaker.number(match[1])} đến {speaker.number(match[2])} phần trăm"),
        (SHARE, lambda match: f"{speaker.number(match[1])} phần trăm"),
        (FREE, lambda _match: "không mất tiền"),
        (MONEY_RANGE, lambda match: f"{speaker.number(match[1])} đến {speaker.number(match[2])} đồng"),
        (MONEY, lambda match: f"{speaker.number(match[1])} đồng"),
        (THOUSANDS, lambda match: f"{in_words(int(match[1]) * 1000, dialect)} đồng"),
        (MILLIONS, lambda match: f"{speaker.number(match[1])} triệu đồng"),
        (FRACTION, lambda match: f"{speaker.number(match[1])} trên {speaker.number(match[2])}"),
        (HALF_HOURS, speaker.half_hours),
        (MEASURE, lambda match: f"{speaker.number(match[1])} {UNITS[match[2]]}"),
        (VERSION, lambda match: " chấm ".join(in_words(int(part), dialect) for part in match[0].split("."))),
        (RANGE, lambda match: f"{speaker.number(match[1])} đến {speaker.number(match[2])}"),
        (GLUED, " "),
        (PLAIN, lambda match: speaker.number(match[1])),
    )
    for pattern, say in steps:
        text = pattern.sub(say, text)
    return text.replace("nghìn", dialect.thousand)


def say_parts(text: str, dialect: Dialect = HERE) -> str:
    """“ba trong năm tiêu chí” for 3/5 tiêu chí. Before the dates, or it would be a day of May."""
    speaker = _Quantities(dialect)
    text = SHARE_OF.sub(lambda match: f"{speaker.number(match[1])} phần {speaker.number(match[2])}", text)
    return PART_OF.sub(speaker.part_of, text)


def say_phones(text: str) -> str:
    """Numbers to be dialled, digit by digit, in the groups in which they are printed."""
    text = PHONE.sub(lambda match: phone_words(match[0]), text)
    text = SHORT_PHONE.sub(lambda match: match[1] + digit_by_digit(match[2]), text)
    return EMERGENCY.sub(lambda match: digit_by_digit(match[1]), text)


def phone_words(written: str) -> str:
    """`0900 000 345` → “không chín không không, không không không, ba bốn năm”."""
    digits = re.sub(r"\D", "", written.replace("+84", "0"))
    first, second = (4, 4) if len(digits) == 11 else (4, 3)
    groups = (digits[:first], digits[first : first + second], digits[first + second :])
    return ", ".join(digit_by_digit(group) for group in groups if group)


class _Quantities:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def number(self, written: str) -> str:
        """A number in words; a long row of digits is a name and is spelt."""
        if re.fullmatch(r"\d+\.\d{1,2}", written):
            written = written.replace(".", ",")
        whole, _, fraction = written.partition(",")
        digits = whole.replace(".", "")
        if len(digits) > 12 or (len(digits) > 2 and digits.startswith("0")):
            return digit_by_digit(digits + fraction)
        return decimal_in_words(digits, fraction, self.dialect) if fraction else in_words(int(digits), self.dialect)

    def roman(self, match: re.Match[str]) -> str:
        value = roman_value(match[2])
        return match[1] + in_words(value, self.dialect) if value else match[0]

    def compared(self, match: re.Match[str]) -> str:
        unit = {"%": "phần trăm", "đ": "đồng"}.get(match[3], match[3])
        said = f"{self.number(match[2])} {unit}"
        return {
            "≥": f"từ {said} trở lên", ">=": f"từ {said} trở lên", "≤": f"từ {said} trở xuống",
            "<=": f"từ {said} trở xuống", ">": f"trên {said}", "<": f"dưới {said}",
        }[match[1]]  # fmt: skip

    def part_of(self, match: re.Match[str]) -> str:
        part, whole, noun = self.number(match[1]), self.number(match[2]), match[3]
        return f"{part} trong {whole} {noun}" if re.match(_PARTS, noun) else f"{part} {noun} trong {whole} {noun}"

    def half_hours(self, match: re.Match[str]) -> str:
        minutes = int(match[1])
        if minutes < 60 or minutes % 30:
            return f"{self.number(match[1])} phút"
        return f"{in_words(minutes // 60, self.dialect)} tiếng{' rưỡi' if minutes % 60 else ''}"
