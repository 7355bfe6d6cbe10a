"""Vietnamese text without Django: normal form, folding, slugs, alphabetical order, hits of a search.

Two readings of a word carry the whole search:

* its *search key*: no tones, no đ, small letters; `Hoà`, `hòa` and `HOA` are one word, and so are `đăng kí`, `dang ky`;
* its *exact key*: the same with every typed mark kept, wherever the tone was put: `hoà` = `hòa`, but `Tô` ≠ `Tơ`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

SLUG_LENGTH = 80
EMPTY_SLUG = "trang"

# Letters that look like Đ in files of old: Icelandic eth, African d with tail.
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_APOSTROPHES = "'’‘ʼ`´ʹ"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES + _INVISIBLE))
_MARKS = "\u0300-\u036f"

# One syllable as people see it: H'rê is one word, in NFD too, and a soft hyphen does not cut it.
_LETTER = rf"[^\W_{_APOSTROPHES}]"
_WORD = re.compile(rf"{_LETTER}(?:[{_APOSTROPHES}{_INVISIBLE}{_MARKS}]*{_LETTER})*[{_MARKS}]*")

# Both spellings are taught: kỹ/kĩ, ký/kí, lý/lí, mỹ/mĩ, sỹ/sĩ, quý/quí.
_FINAL_Y = re.compile(r"(qu|[hklmst])y")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: f"{rank:02x}" for rank, letter in enumerate(_ALPHABET, start=0x10)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_QUALITIES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}  # ô, ơ, ă: the digits of VNI typing
_DIGITS_OR_LETTERS = re.compile(r"\d+|\D")


class Piece(NamedTuple):
    """A run of the original text, and whether it is what was searched for."""

    text: str
    is_hit: bool


class _Hit(NamedTuple):
    """A word of a text that answers a word of the query."""

    start: int
    end: int
    position: int  # which word of the text
    key: str
    is_exact: bool


def nfc(text: str) -> str:
    """The one form we store: composed letters, and the Vietnamese Đ instead of its look-alikes."""
    return unicodedata.normalize("NFC", text.translate(_LOOKALIKES))


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Text as typed in a hurry: no tones, d for đ, small letters, single spaces, no apostrophes (H'rê = Hrê)."""
    plain = _without_marks(text.translate(_LOOKALIKES).translate(_DROPPED)).casefold().replace("đ", "d")
    return " ".join(_without_marks(plain).translate(_DROPPED).split())


def slugify(text: str, max_length: int = SLUG_LENGTH) -> str:
    """The page address of a title: `Đường lên bản` becomes `duong-len-ban`. Never empty, cut between words."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    if len(slug) > max_length:
        head, _, _rest = slug[: max_length + 1].rpartition("-")
        slug = head or slug[:max_length]
    return slug or EMPTY_SLUG[:max_length]


def words(text: str) -> Iterator[str]:
    """The words (syllables) of a text, as written."""
    return (match.group() for match in _WORD.finditer(text))


def syllables(text: str) -> int:
    """How many syllables a text has: what a loudspeaker script is measured by."""
    return sum(1 for _ in words(text))


# --- searching -------------------------------------------------------------------------------------------------------


def _ascii(word: str) -> str:
    """The word in a-z and 0-9 only, so that no tokenizer of a database can take it apart."""
    return "".join(char if char.isascii() and char.isalnum() else f"u{ord(char):x}" for char in word)


@lru_cache(maxsize=50_000)
def search_key(word: str) -> str:
    """What a word is found by: `Đường` and `duong` share one key, and so do `ký` and `kí`."""
    folded = fold(word)
    match = _FINAL_Y.fullmatch(folded)
    return _ascii(f"{match[1]}i" if match else folded)


@lru_cache(maxsize=50_000)
def exact_key(word: str) -> str:
    """The search key with each mark kept as a digit, the tone last; equals the search key if no mark was typed."""
    letters, tones = "", ""
    for char in unicodedata.normalize("NFD", nfc(word).translate(_DROPPED)).lower():
        if char in _TONES:
            tones += _TONES[char]
        elif not unicodedata.combining(char) or char in _QUALITIES:
            letters += char
    if not tones and not any(char in letters for char in ("đ", *_QUALITIES)):
        return search_key(word)
    match = _FINAL_Y.fullmatch(letters)
    spelt = f"{match[1]}i" if match else letters
    return _ascii("".join(_QUALITIES.get(char, char) for char in spelt.replace("đ", "d9"))) + tones


def _hits(text: str, query: str) -> list[_Hit]:
    """Words of the text that answer the query, told apart as finely as the text allows.

    For `Tô` the word `Tơ` counts only where the text has no `Tô`; where the whole query stands in the text as typed,
    its words elsewhere do not count.
    """
    order = [search_key(word) for word in words(query)]
    wanted: dict[str, set[str]] = {}
    for key, word in zip(order, words(query), strict=True):
        wanted.setdefault(key, set()).add(exact_key(word))
    hits = []
    for position, match in enumerate(_WORD.finditer(text)):
        key = search_key(match.group())
        forms = wanted.get(key)
        if forms is not None:
            is_exact = key in forms or exact_key(match.group()) in forms  # a toneless word means any tone
            hits.append(_Hit(match.start(), match.end(), position, key, is_exact))
    exact = {hit.key for hit in hits if hit.is_exact}
    hits = [hit for hit in hits if hit.is_exact or hit.key not in exact]
    starts = [index for index in range(len(hits)) if _is_phrase(hits, index, order)]
    inside = {index + offset for index in starts for offset in range(len(order))}
    return [hit for index, hit in enumerate(hits) if index in inside] if starts else hits


def _is_phrase(hits: Sequence[_Hit], index: int, order: Sequence[str]) -> bool:
    """Whether the hits from this one on are the query, word for word."""
    run = hits[index : index + len(order)]
    return len(run) == len(order) and all(
        hit.key == key and hit.position == run[0].position + offset
        for offset, (hit, key) in enumerate(zip(run, order, strict=True))
    )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """The text cut at the spans; hits with only space between them become one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and text[merged[-1][1] : start].isspace():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    pieces, done = [], 0
    for start, end in merged:
        pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
        done = end
    pieces.append(Piece(text[done:], False))
    return [piece for piece in pieces if piece.text]


def highlight(text: str, query: str) -> list[Piece]:
    """The text in pieces, hits marked; the pieces joined give back the text letter by letter."""
    return _pieces(text, [(hit.start, hit.end) for hit in _hits(text, query)])


def _best_hit(hits: Sequence[_Hit], query: str, length: int) -> int:
    """Index of the hit whose surroundings answer best: most exact words, then the phrase as typed, then most words."""
    order = [search_key(word) for word in words(query)]

    def worth(index: int) -> tuple[int, bool, int]:
        first = hits[index]
        near = [hit for hit in hits[index : index + 2 * len(order)] if hit.end - first.start <= length]
        exact = {hit.key for hit in near if hit.is_exact}
        return len(exact), _is_phrase(hits, index, order), len({hit.key for hit in near})

    return max(range(len(hits)), key=worth)


def _window(text: str, anchor: int, length: int) -> tuple[int, int]:
    """About `length` letters around the anchor, cut between words."""
    start = max(0, min(anchor - length // 4, len(text) - length))
    if start and (gap := re.compile(r"\s+").search(text, start, anchor)):
        start = gap.end()
    end = min(len(text), start + length)
    if end < len(text) and (head := re.match(r"(.*\S)\s", text[start : end + 1], re.DOTALL)):
        end = start + head.end(1)
    return start, end


def excerpt(text: str, query: str, length: int = 200) -> list[Piece]:
    """About `length` letters of the text around its best hit, or its beginning when nothing is hit."""
    hits = _hits(text, query)
    anchor = hits[_best_hit(hits, query, length)].start if hits else 0
    start, end = _window(text, anchor, length)
    inside = [(hit.start - start, hit.end - start) for hit in hits if start <= hit.start and hit.end <= end]
    before = [Piece("… ", False)] if start else []
    after = [Piece(" …", False)] if text[end:].strip() else []
    return before + _pieces(text[start:end], inside) + after


# --- alphabetical order ----------------------------------------------------------------------------------------------


def _letter_rank(letter: str) -> str:
    """Two hexadecimal digits for a Vietnamese letter; digits come before letters, foreign letters after them."""
    return _RANKS.get(letter) or f"ff{ord(letter):06x}"


def _number_rank(digits: str) -> str:
    """Numbers by value: Thôn 2 before Thôn 10."""
    value = str(int(digits))
    return f"0{min(len(value), 15):x}{value}"


def _word_key(word: str) -> str:
    """Letters first, then tones: hoa, hoà = hòa, hoả, hoã, hoá, hoạ, then hoan. Marks foreign to us are passed over."""
    letters: list[str] = []
    tones = ""
    for char in unicodedata.normalize("NFD", nfc(word).lower().translate(_DROPPED)):
        if char in _TONES:
            tones += "0" + _TONES[char]
        elif not unicodedata.combining(char):
            letters.append(char)
        elif letters and (composed := unicodedata.normalize("NFC", letters[-1] + char)) in _RANKS:
            letters[-1] = composed
    runs = _DIGITS_OR_LETTERS.findall("".join(letters))
    ranks = (_number_rank(run) if run.isdecimal() else _letter_rank(run) for run in runs)
    return "".join(ranks) + "00" + tones + "00"


def collation_key(text: str) -> str:
    """A key whose plain order is the Vietnamese dictionary's, word by word; also good in a database column.

    Up to the space it is made of 0-9 and a-f, so that every collation of every database sorts it alike; the text
    itself ends it, so that two different texts never tie.
    """
    return "".join(map(_word_key, words(text))) + f"00 {nfc(text)}"


def vietnamese_sort_key(name: str) -> str:
    """The order of people in a Vietnamese list: by given name (the last word), then by the rest from the left."""
    *rest, given = list(words(name)) or [""]
    return collation_key(" ".join([given, *rest])) + f" {nfc(name)}"
