"""Dates and hours as they are said: the weekday first where days are counted, the part of the day after the hour."""

import re
from collections.abc import Callable
from datetime import date

from portal.core.channels.numerals import HERE, Dialect, in_words, roman_value

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DASH = r"\s*[–-]\s*"
_YEAR = r"(?:\s*[/.-]\s*(?P<{0}>20\d\d))?"
_HOUR = r"[01]?\d|2[0-4]"
_CLOCK = (
    rf"(?:(?P<h{{0}}>{_HOUR})(?:\s?h\s?(?P<m{{0}}>[0-5]\d)?(?!\w)|[:g](?P<c{{0}}>[0-5]\d)(?!\w))"
    rf"|(?P<g{{0}}>{_HOUR})\s?giờ(?!\w)(?:\s?(?P<n{{0}}>[0-5]\d)(?:\s?phút)?(?![\d.,]\d))?)"
)
#: A clock that names its own part of the day keeps it.
_PART = r"(?P<part>\s+(?:sáng|trưa|chiều|tối|đêm|khuya))?"

DAY_RANGE = re.compile(
    r"(?:\btừ\s+)?(?:\bngày\s+)?(?<![\d/.,])(?P<d1>\d{1,2})(?:/(?P<m1>\d{1,2}))?" + _YEAR.format("y1")
    + _DASH + r"(?:\bngày\s+)?(?P<d2>\d{1,2})/(?P<m2>\d{1,2})" + _YEAR.format("y2") + r"(?![\d/])",
    re.IGNORECASE,
)  # fmt: skip
FULL_DATE = re.compile(
    r"(?:\b(ngày)\s+)?(?<![\d/.,-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?![\d/])", re.IGNORECASE
)
SHORT_DATE = re.compile(r"(?:\b(ngày)\s+)?(?<![\d/.,-])(\d{1,2})/(\d{1,2})(?![\d/])", re.IGNORECASE)
MONTH_YEAR = re.compile(r"(?:\b(tháng)\s+)?(?<![\d/.,-])(0?[1-9]|1[0-2])/(20\d\d)(?![\d/])", re.IGNORECASE)
MONTHS = re.compile(
    r"\b(?:từ\s+)?(?:tháng\s+)?(?<![\d/.,-])(0?[1-9]|1[0-2])/(20\d\d)" + _DASH
    + r"(?:tháng\s+)?(0?[1-9]|1[0-2])/(20\d\d)(?![\d/])",
    re.IGNORECASE,
)  # fmt: skip
MONTH = re.compile(r"\b(tháng)\s+(0?[1-9]|1[0-2])(?![\d/.,])", re.IGNORECASE)
WEEKDAY = re.compile(r"(?<!lần )\b(thứ)\s+([2-7])(?!\d)", re.IGNORECASE)
QUARTER = re.compile(r"\b(quý)\s+([1-4IV]{1,3})(?:\s*/\s*(\d{4}))?(?![\w/])", re.IGNORECASE)
YEARS = re.compile(r"\b(?:(từ năm|năm học|năm)\s+)?(20\d\d)" + _DASH + r"(20\d\d)\b", re.IGNORECASE)
HOURS = re.compile(
    r"\b(?:từ\s+)?(?<![\d/.,])" + _CLOCK.format(1) + rf"(?:{_DASH}|\s+đến\s+)" + _CLOCK.format(2) + _PART,
    re.IGNORECASE,
)
BARE_HOURS = re.compile(r"(?<![\d/.,])(\d{1,2})" + _DASH + r"(?=\d{1,2}\s?(?:h|giờ)\b)", re.IGNORECASE)
HOUR = re.compile(r"(?<![\d/.,])" + _CLOCK.format(1) + _PART, re.IGNORECASE)
ALWAYS = re.compile(r"\b24/(?:7|24)\b")


def say_moments(text: str, *, year: int, dialect: Dialect = HERE) -> str:
    """The text with every date, month, quarter, year span and hour in words; `year` dates what names no year."""
    speaker = _Moments(year, dialect)
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (ALWAYS, lambda _match: "cả ngày lẫn đêm"),
        (BARE_HOURS, lambda match: f"{match[1]}h–"),
        (HOURS, speaker.hours),
        (HOUR, speaker.hour),
        (DAY_RANGE, speaker.day_range),
        (QUARTER, speaker.quarter),
        (FULL_DATE, speaker.full_date),
        (MONTHS, speaker.months),
        (MONTH_YEAR, speaker.month_year),
        (YEARS, speaker.years),
        (SHORT_DATE, speaker.short_date),
        (MONTH, lambda match: f"{match[1]} {month_word(int(match[2]), dialect)}"),
        (WEEKDAY, lambda match: f"{match[1]} {WEEKDAYS[int(match[2]) - 2].split()[1]}"),
    )
    for pattern, say in steps:
        text = pattern.sub(say, text)
    return text


def month_word(month: int, dialect: Dialect = HERE) -> str:
    """“tư” for April, as in tháng tư; the others are numbers."""
    return "tư" if month == 4 else in_words(month, dialect)


def hour_words(hour: int, minute: int = 0, dialect: Dialect = HERE) -> str:
    """19:45 → “bảy giờ bốn mươi lăm phút”, 7:30 → “bảy giờ rưỡi”; without the part of the day."""
    minutes = {0: "", 30: " rưỡi"}.get(minute, f" {in_words(minute, dialect)} phút")
    return f"{in_words(hour % 12 or 12, dialect)} giờ{minutes}"


def part_of_day(hour: int) -> str:
    """Morning from 1, noon from 11, afternoon from 13, evening from 19, night at 23 and 0."""
    hour %= 24
    for last, part in ((0, "đêm"), (10, "sáng"), (12, "trưa"), (18, "chiều"), (22, "tối"), (23, "đêm")):
        if hour <= last:
            return part
    raise AssertionError(hour)


class _Moments:
    def __init__(self, year: int, dialect: Dialect) -> None:
        self.year = year
        self.dialect = dialect

    def words(self, number: int | str) -> str:
        return in_words(int(number), self.dialect)

    def day(self, day: int, month: int | None = None, year: str | None = None) -> str:
        words = f"ngày {self.words(day)}"
        if month:
            words += f" tháng {month_word(month, self.dialect)}"
        return f"{words} năm {self.words(year)}" if year else words

    def weekday(self, day: int, month: int, year: str | None) -> str:
        return WEEKDAYS[date(int(year or self.year), month, day).weekday()]

    def day_range(self, match: re.Match[str]) -> str:
        first, last = int(match["d1"]), int(match["d2"])
        month = int(match["m2"])
        first_month = int(match["m1"] or month)
        try:
            begins = self.weekday(first, first_month, match["y1"] or match["y2"])
            ends = self.weekday(last, month, match["y2"])
        except ValueError:
            return match[0]
        named = first_month if first_month != month or match["y1"] else None
        return (
            f"từ {begins}, {self.day(first, named, match['y1'])}, đến hết {ends}, {self.day(last, month, match['y2'])}"
        )

    def full_date(self, match: re.Match[str]) -> str:
        return self._dated(match, int(match[2]), int(match[3]), match[4])

    def short_date(self, match: re.Match[str]) -> str:
        return self._dated(match, int(match[2]), int(match[3]), None)

    def _dated(self, match: re.Match[str], day: int, month: int, year: str | None) -> str:
        try:
            date(int(year or 2024), month, day)  # a leap year: 29/02 may be meant
        except ValueError:
            return match[0]
        words = self.day(day, month, year)
        return f"{match[1]}{words.removeprefix('ngày')}" if match[1] else words

    def month(self, month: str, year: str) -> str:
        return f"{month_word(int(month), self.dialect)} năm {self.words(year)}"

    def months(self, match: re.Match[str]) -> str:
        return f"từ tháng {self.month(match[1], match[2])} đến tháng {self.month(match[3], match[4])}"

    def month_year(self, match: re.Match[str]) -> str:
        return f"{match[1] or 'tháng'} {self.month(match[2], match[3])}"

    def quarter(self, match: re.Match[str]) -> str:
        number = int(match[2]) if match[2].isdigit() else roman_value(match[2])
        if not number:
            return match[0]
        year = f" năm {self.words(match[3])}" if match[3] else ""
        return f"{match[1]} {self.words(number)}{year}"

    def years(self, match: re.Match[str]) -> str:
        first, last = self.words(match[2]), self.words(match[3])
        lead = (match[1] or "").lower()
        if lead == "năm học":
            return f"{match[1]} {first} đến {last}"
        return f"từ năm {first} đến năm {last}"

    def _clock(self, match: re.Match[str], place: int) -> tuple[int, int, bool]:
        """Hour, minute, and whether it is written as a clock shows it (09:00, 8h) and so lacks its part of the day."""
        if match[f"h{place}"]:
            return int(match[f"h{place}"]), int(match[f"m{place}"] or match[f"c{place}"] or 0), True
        return int(match[f"g{place}"]), int(match[f"n{place}"] or 0), False

    def hours(self, match: re.Match[str]) -> str:
        (hour, minute, is_clock), (last_hour, last_minute, last_is_clock) = self._clock(match, 1), self._clock(match, 2)
        first = hour_words(hour, minute, self.dialect)
        last = hour_words(last_hour, last_minute, self.dialect)
        if match["part"]:
            return f"từ {first} đến {last}{match['part']}"
        if not (is_clock or last_is_clock):
            return f"từ {first} đến {last}"
        begins, ends = part_of_day(hour), part_of_day(last_hour)
        return f"từ {first}{'' if begins == ends else f' {begins}'} đến {last} {ends}"

    def hour(self, match: re.Match[str]) -> str:
        hour, minute, is_clock = self._clock(match, 1)
        if not (is_clock or match["part"] or minute):
            return f"{self.words(hour)} giờ"
        part = match["part"] or (f" {part_of_day(hour)}" if is_clock else "")
        return f"{hour_words(hour, minute, self.dialect)}{part}"
