"""Plain language: which sentences are too long to say in one breath, and which office words have a homely one (E10).

Pure: text and word list in, remarks out. It advises; it never stops anything.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.core.text import exact_key, nfc, syllables, words

#: Tiếng (syllables) in a sentence that people can still follow by ear; more is told to the writer.
LONGEST = 25
_ENDS = re.compile(r"(?:(?<=[.!?…;])|(?<=[.!?…;][”\"’)]))\s+|\n+")
#: “TP. Quảng Ngãi”, “ThS. Bông”: the dot ends no sentence.
_SHORTENED = re.compile(r"\b(?:TP|TS|ThS|PGS|GS|BS|Tr|tr|Q|P|St|v\.v|VD|vd)\.$")


@dataclass(frozen=True)
class Swap:
    """An office word and what people say at home; an empty proposal means: leave it out."""

    office: str
    plain: str


@dataclass(frozen=True)
class Remark:
    """Something to look at: the sentence, the word in it (“” when the whole sentence is long), and the proposal."""

    sentence: str
    word: str
    proposal: str


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, in order; a line's end ends a sentence too."""
    kept = ""
    for piece in _ENDS.split(nfc(text)):
        kept = f"{kept} {piece.strip()}".strip()
        if kept and not _SHORTENED.search(kept):
            yield kept
            kept = ""
    if kept:
        yield kept


def remarks(text: str, swaps: Iterable[Swap]) -> list[Remark]:
    """All remarks on a text, sentence by sentence; one word is told once."""
    book = _book(swaps)
    told: set[str] = set()
    found: list[Remark] = []
    for sentence in sentences(text):
        length = syllables(sentence)
        if length > LONGEST:
            found.append(Remark(sentence, "", f"Câu này {length} tiếng. Tách thành câu ngắn, mỗi câu một ý."))
        for word, swap in _office_words(sentence, book):
            if swap.office not in told:
                told.add(swap.office)
                found.append(Remark(sentence, word, swap.plain))
    return found


_Book = dict[str, list[tuple[tuple[str, ...], Swap]]]


def _book(swaps: Iterable[Swap]) -> _Book:
    """Swaps by their first word, the longest first: “thanh toán không dùng tiền mặt” goes before “thanh toán”."""
    book: _Book = {}
    for swap in swaps:
        keys = tuple(exact_key(word) for word in words(swap.office))
        if keys:
            book.setdefault(keys[0], []).append((keys, swap))
    for entries in book.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return book


def _office_words(sentence: str, book: _Book) -> Iterator[tuple[str, Swap]]:
    """(words as written, swap); with tones, so that “bảo đảm” is not “bao dám”."""
    written = list(words(sentence))
    keys = [exact_key(word) for word in written]
    position = 0
    while position < len(keys):
        for phrase, swap in book.get(keys[position], ()):
            if tuple(keys[position : position + len(phrase)]) == phrase:
                yield " ".join(written[position : position + len(phrase)]), swap
                position += len(phrase) - 1
                break
        position += 1
