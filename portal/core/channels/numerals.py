"""Numbers in Vietnamese words, as the people of Quảng Ngãi say them: lẻ and ngàn, mốt, lăm, bốn."""

from dataclasses import dataclass

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
#: Roman numerals that people meet: quarters, villages, chapters, congresses.
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True)
class Dialect:
    """The two pairs of words in which regions differ; the announcer's choice wins."""

    gap: str = "lẻ"  # linh in the north: 105 = một trăm lẻ năm
    thousand: str = "ngàn"  # nghìn in the north


HERE = Dialect()


def in_words(number: int, dialect: Dialect = HERE) -> str:
    """0 to 999,999,999,999 and beyond: 2026 → “hai ngàn không trăm hai mươi sáu”.

    Raises ValueError for a negative number.
    """
    if number < 0:
        raise ValueError("A number of things is never below zero.")
    if number >= 10**9:
        # Above the thousand million, people count in tỷ: ngàn tỷ, triệu tỷ.
        head, rest = divmod(number, 10**9)
        tail = _below_billion(rest, dialect, is_first=False) if rest else ""
        return f"{in_words(head, dialect)} tỷ {tail}".strip()
    return _below_billion(number, dialect, is_first=True) if number else DIGITS[0]


def _below_billion(number: int, dialect: Dialect, *, is_first: bool) -> str:
    """Groups of three digits; a group that follows another is read in full, with its “không trăm”."""
    words: list[str] = []
    for value, unit in ((number // 10**6, "triệu"), (number // 1000 % 1000, dialect.thousand), (number % 1000, "")):
        if value:
            words += [_group(value, dialect, is_full=bool(words) or not is_first), unit]
    return " ".join(filter(None, words))


def _group(value: int, dialect: Dialect, *, is_full: bool) -> str:
    """Three digits; `is_full` also says the hundreds that are not there."""
    hundreds, rest = divmod(value, 100)
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or is_full else []
    if rest and rest < 10 and words:
        words.append(f"{dialect.gap} {DIGITS[rest]}")
    elif rest:
        words.append(_two_digits(rest))
    return " ".join(words)


def _two_digits(value: int) -> str:
    tens, ones = divmod(value, 10)
    if not tens:
        return DIGITS[ones]
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, DIGITS[ones])
    return f"{head} {last}".strip()


def digit_by_digit(digits: str) -> str:
    """“không chín không”: for whatever is a name and no quantity."""
    return " ".join(DIGITS[int(digit)] for digit in digits)


def decimal_in_words(whole: str, fraction: str, dialect: Dialect = HERE) -> str:
    """70,5 → “bảy mươi phẩy năm”; a fraction of one or two digits is a number, a longer one goes digit by digit."""
    is_number = len(fraction) <= 2 and not fraction.startswith("0")
    tail = in_words(int(fraction), dialect) if is_number else digit_by_digit(fraction)
    return f"{in_words(int(whole), dialect)} phẩy {tail}"


def ordinal(number: int, dialect: Dialect = HERE) -> str:
    """“nhất”, “nhì” stays with the north; first and fourth have words of their own: lần thứ nhất, thứ tư."""
    return {1: "nhất", 4: "tư"}.get(number) or in_words(number, dialect)


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral; 0 when the letters are none."""
    values = [_ROMAN.get(letter, 0) for letter in numeral.upper()]
    if not values or 0 in values:
        return 0
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
