"""Written text as a loudspeaker says it (voice: § 5): no figure, sign, link or abbreviation is left in it."""

import re
from collections.abc import Iterable

from portal.core.channels.moments import say_moments
from portal.core.channels.numerals import HERE, Dialect, in_words
from portal.core.channels.quantities import say_parts, say_phones, say_quantities
from portal.core.channels.sayings import ISSUERS, LETTERS, PAPERS, SAYINGS, Saying
from portal.core.syllables import is_syllable
from portal.core.text import nfc

OUR_SITE = "trang web của xã, mục Gia đình số"
OUR_MAILBOX = "hộp thư điện tử của xã"

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()]*[^\s<>().,;:!?”\"]"
    r"|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:vn|com|net|org)\b(?:/\S*[^\s.,;:])?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HOUSEHOLD_CODE = re.compile(r"\s*\b[A-Z]{2}-\d{3,}[A-Z0-9-]*\b")
_PAPER = re.compile(
    rf"(?P<kind>\b(?:{'|'.join(PAPERS.values())})\s+(?:số\s+)?)?(?:\bsố\s+)?"
    r"(?<!\d)(?P<number>\d+)(?:/(?P<year>20\d\d))?[/-]\s?"
    rf"(?P<sign>{'|'.join(sorted(PAPERS, key=len, reverse=True))})\s?[-/]\s?(?P<issuer>[A-ZĐ][A-Za-zĐ]{{1,6}})"
    r"(?P<told>(?=(?:\s+ngày\s+[\d/]+)?\s+của\b))?",
    re.IGNORECASE,
)  # fmt: skip
_SIGNS = {sign.lower(): kind for sign, kind in PAPERS.items()}
_CODE = re.compile(r"\b([A-ZĐ]{1,3})[-.]?(\d{1,4})\b")
_CAPITALS = re.compile(r"\b[A-ZĐ]{2,6}\b")
#: “Bà M. kể”: a name that is kept back is a letter, and its point ends no sentence.
_INITIAL = re.compile(r"\b((?i:ông|bà|cụ|bác|cô|chú|anh|chị|em)) ([A-ZĐ])\.")
_BULLET = re.compile(r"^\s*[-–+•*]\s+", re.MULTILINE)
_ASIDE = re.compile(r"\s*[(\[{]\s*([^()\[\]{}]*?)\s*[)\]}]\s*([.,;:!?])?")
_DASH = re.compile(r"\s+[–—-]\s+")
_ELLIPSIS = re.compile(r"…|\.{3,}")
_SIGN_WORDS = {"&": "và", "+": "cộng", "=": "bằng", "/": "hoặc"}
_UNSAYABLE = re.compile(r"[^\w\s.,:;?!'-]|_")
_AFTER_STOP = re.compile(r"([.!?])(?:\s*[.,;:])+")
_DOUBLED = re.compile(r"\s*([,;:])(?:\s*[,;:])*(\s*[.?!])?")


def spoken(text: str, *, year: int, sayings: Iterable[Saying] = SAYINGS, dialect: Dialect = HERE) -> str:
    """The text in words to be read aloud; `year` tells the weekday of days that name none.

    Lines stay lines. A name with a longer first form (mã QR) is explained once.
    """
    said = nfc(text).replace("\u00a0", " ").replace("\u202f", " ")
    said = _BULLET.sub("", said).replace("./.", ".")
    said = _MAIL.sub(OUR_MAILBOX, said)
    said = say_papers(said, dialect)
    said = _say_names(said, tuple(sayings))
    said = _INITIAL.sub(_say_initial, said)
    said = _URL.sub(OUR_SITE, said)
    said = _HOUSEHOLD_CODE.sub("", said)
    said = say_phones(said)
    said = say_parts(said, dialect)
    said = say_moments(said, year=year, dialect=dialect)
    said = _CODE.sub(lambda match: f"{spelt(match[1])} {match[2]}", said)
    said = say_quantities(said, dialect)
    said = _CAPITALS.sub(_say_capitals, said)
    return _tidied(said)


def say_papers(text: str, dialect: Dialect = HERE) -> str:
    """`05/QĐ-UBND` → “quyết định số năm của Ủy ban nhân dân xã”; the kind and the issuer are not said twice."""

    def say(match: re.Match[str]) -> str:
        kind = match["kind"] or f"{_SIGNS[match['sign'].lower()]} "
        year = f" năm {in_words(int(match['year']), dialect)}" if match["year"] else ""
        whose = ISSUERS.get(match["issuer"]) or spelt(match["issuer"])
        owner = "" if match["told"] is not None else f" của {whose}"
        return f"{re.sub(r'số +$', '', kind)}số {in_words(int(match['number']), dialect)}{year}{owner}"

    return _PAPER.sub(say, text)


def spelt(letters: str) -> str:
    """“bê tê” from `BT`."""
    return " ".join(LETTERS.get(letter, letter) for letter in letters.lower())


def _say_initial(match: re.Match[str]) -> str:
    """The stop stays where a new sentence or nothing follows."""
    rest = match.string[match.end() :].lstrip(" ")
    ends = rest[:1] in {"", "\n"} or rest[0].isupper()
    return f"{match[1]} {spelt(match[2])}{'.' if ends else ''}"


def _say_names(text: str, sayings: tuple[Saying, ...]) -> str:
    """Rows of the table, the longest first; abbreviations by their capitals, names whatever their capitals."""
    rows = {saying.written: saying for saying in sayings}
    folded = {written.casefold(): saying for written, saying in rows.items() if not written.isupper()}
    names = "|".join(re.escape(written) for written in sorted(rows, key=len, reverse=True))
    told: set[str] = set()

    def say(match: re.Match[str]) -> str:
        saying = rows.get(match[0]) or folded.get(match[0].casefold())
        if saying is None:  # capitals that only look like an abbreviation of the table
            return match[0]
        words = saying.later if saying.later and saying.spoken in told else saying.spoken
        told.add(saying.spoken)
        # An explanation is closed again: “mã ô tê pê, là …, là kẻ lừa”.
        goes_on = re.match(r"\s+\w", match.string[match.end() :])
        return f"{words}," if ", " in words and goes_on else words

    return re.sub(rf"(?<![\w@/.-])(?:{names})(?![\w@]|-\w)", say, text, flags=re.IGNORECASE)


def _say_capitals(match: re.Match[str]) -> str:
    """Letters one by one, unless they make a Vietnamese word that somebody shouts."""
    return match[0] if is_syllable(match[0]) else spelt(match[0])


def _tidied(text: str) -> str:
    """Signs become pauses or words, and pauses come one at a time."""
    text = _ASIDE.sub(lambda match: f", {match[1]}{match[2] or ','} ", text)
    text = _DASH.sub(", ", text)
    text = _ELLIPSIS.sub(".", text)
    for sign, word in _SIGN_WORDS.items():
        text = text.replace(sign, f" {word} ")
    text = _UNSAYABLE.sub(" ", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    lines = (_AFTER_STOP.sub(r"\1", line) for line in lines)
    lines = (_DOUBLED.sub(lambda match: (match[2] or match[1]).strip(), line) for line in lines)
    return "\n".join(re.sub(r"\s+([.,:;?!])", r"\1", line).strip(" ,;:") for line in lines).strip()
