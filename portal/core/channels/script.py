"""What the announcer reads: greeting, short sentences, hour and place once more, thanks; ninety seconds at most."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from portal.core.channels.numerals import HERE, Dialect
from portal.core.channels.sayings import SAYINGS, Saying
from portal.core.channels.spoken import spoken
from portal.core.text import syllables

GREETING = "Kính thưa bà con!"
THANKS = "Xin cảm ơn bà con."
#: A loudspeaker on a hill is followed at 150 tiếng a minute; presenters on television were timed at 220 to 330
#: (emcovu.com), and those one hears from a chair.
SYLLABLES_PER_MINUTE = 150
MAX_SECONDS = 90
MAX_SYLLABLES = MAX_SECONDS * SYLLABLES_PER_MINUTE // 60
#: The longest sentence that one breath carries.
BREATH = 20

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
#: Where a long sentence is cut: between its clauses, and only then before a word that joins.
_CUTS = (re.compile(r"[,;]\s+"), re.compile(r"\s+(?=(?:và|nhưng|để|vì|nên|hoặc|thì)\s)"))


@dataclass(frozen=True)
class Announcement:
    """An article as far as a loudspeaker needs it, as written."""

    title: str
    paragraphs: tuple[str, ...] = ()
    when: str = ""  # “8 giờ sáng thứ Bảy, 28/11/2026”
    where: str = ""  # “nhà văn hóa thôn 3”
    phone: str = ""


@dataclass(frozen=True)
class Script:
    """The text to read, one sentence a line."""

    lines: tuple[str, ...]
    left_out: int  # sentences of the article for which there was no time

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def syllables(self) -> int:
        """Tiếng."""
        return syllables(self.text)

    @property
    def seconds(self) -> int:
        """How long it takes to read."""
        return ceil(self.syllables * 60 / SYLLABLES_PER_MINUTE)

    @property
    def breathless(self) -> tuple[str, ...]:
        """Sentences that no breath carries and that could not be cut: somebody should write them anew."""
        return tuple(line for line in self.lines if syllables(line) > BREATH)


def write_script(
    article: Announcement, *, year: int, sayings: Iterable[Saying] = SAYINGS, dialect: Dialect = HERE
) -> Script:
    """The article cut to the clock: what, when and where always stand; of the rest, as much as there is time for."""
    rows = tuple(sayings)

    def say(text: str) -> str:
        return spoken(text, year=year, sayings=rows, dialect=dialect)

    # In one piece, so that a name is explained where it first stands and not again.
    body = list(sentences(say("\n".join((article.title, *article.paragraphs)))))
    when, where, phone = say(article.when), say(article.where), say(article.phone)
    first = [body.pop(0)] if body else []
    if when:
        first += sentences(when if when.lower().startswith("từ") else f"Bắt đầu lúc {when}")
    if where:
        first.append(f"Tại {where}.")
    again = ", ".join(filter(None, (when, where and f"tại {where}")))
    last = list(sentences(f"Xin nhắc lại: {again}")) if again else []
    if phone:  # a number to be written down comes last and twice
        last += [f"Hỏi thêm, xin gọi số {phone}.", f"Xin nhắc lại số: {phone}."]
    middle = _that_fit(body, MAX_SYLLABLES - syllables(" ".join((GREETING, *first, *last, THANKS))))
    return Script((GREETING, *first, *middle, *last, THANKS), left_out=len(body) - len(middle))


def sentences(said: str) -> Iterator[str]:
    """Sentences that one breath carries, each with its capital and its stop."""
    for match in _SENTENCE.finditer(said):
        whole = match[0].strip()
        if not syllables(whole):
            continue
        end = whole[-1] if whole[-1] in ".!?" else "."
        pieces = list(_breaths(whole.rstrip(".!? ")))
        for piece in pieces[:-1]:
            yield f"{_capital(piece)}."
        yield f"{_capital(pieces[-1])}{end}"


def _breaths(sentence: str, cuts: tuple[re.Pattern[str], ...] = _CUTS) -> Iterator[str]:
    """A sentence cut where it is longer than a breath; whole where no cut helps."""
    if syllables(sentence) <= BREATH or not cuts:
        yield sentence
        return
    piece, start = "", 0
    for gap in [*cuts[0].finditer(sentence), None]:
        end = gap.end() if gap else len(sentence)
        clause = sentence[start:end]
        if piece and syllables(piece + clause) > BREATH:
            yield from _breaths(piece.rstrip(" ,;"), cuts[1:])
            piece = ""
        piece, start = piece + clause, end
    yield from _breaths(piece.rstrip(" ,;"), cuts[1:])


def _that_fit(body: list[str], budget: int) -> list[str]:
    """The first sentences, as many as the budget of syllables allows."""
    kept: list[str] = []
    for sentence in body:
        budget -= syllables(sentence)
        if budget < 0:
            break
        kept.append(sentence)
    return kept


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
