"""Finds English on a Vietnamese screen.

A word without marks is Vietnamese when it is spelt as one syllable is (`trang`, `xem`, `nay`); `page`, `edit` and
`workflow` cannot be. What both languages spell alike (`to`, `no`, `can`) counts when the whole text is one of the
packages' English texts.
"""

import re
from collections.abc import Iterator
from functools import cache

from lxml import html

from portal.core.syllables import is_syllable
from tests.msgids import DOMAINS, english_of, ours, packages, source_of, words_of

WORD = re.compile(r"[^\W\d_]+")
SILENT = "//script | //style | //svg | //template | //noscript | //code | //comment() | //*[@hidden]"
SPOKEN = (
    "//text() | //@title | //@aria-label | //@placeholder | //@alt | //@data-w-tooltip-content-value"
    " | //input[@type='submit']/@value"
)
#: Addresses, file and user names, codes, what was cut off: no words of a language.
NO_WORDS = re.compile(r"\w+…|\S*(?:@|//|\\|_|=)\S*|/\S+|\S+/\S+/\S*|\w+(?:[.:]\w+)+|\S*\d\S*|\w+(?:-\w+){2,}")
#: Names, formats and keys, and the foreign words that Vietnamese has taken in.
TAKEN_IN = set(
    """
    wagtail django zalo facebook youtube tiktok google gmail meet apple android chrome excel word microsoft libreoffice
    agribank momo vnpt vinaphone money vneid mobile banking isuckhoe enetviet play store app wi fi bluetooth
    unicode ascii python authenticator aegis firefox edge safari iphone ipad
    postgresql typst javascript json uuid jpg jpeg png webp avif heic gif svg mp ogg csv xlsx pdf docx html css url api
    hrê website web menu minigame logo video email link file cookie internet byte radio podcast
    testserver localhost linux
    vntime esc enter ctrl shift tab alt cmd delete backspace space
    """.split()
)


@cache
def english_in(text: str) -> list[str]:
    """The English words of a text; none when it may pass for Vietnamese."""
    words = WORD.findall(NO_WORDS.sub(" ", text))
    foreign = [word for word in words if is_foreign(word)]
    if foreign or any(not word.isascii() for word in words):
        return foreign
    return words if squeezed(text) in english_texts() - vietnamese_texts() else []


def is_foreign(word: str) -> bool:
    """Whether no Vietnamese word is spelt so."""
    if not word.isascii() or len(word) == 1 or (word.isupper() and len(word) <= 6):
        return False
    return word.lower() not in TAKEN_IN and not is_syllable(word)


def squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


@cache
def english_texts() -> set[str]:
    entries = (entry for package in packages() for domain in DOMAINS for entry in english_of(package, domain).values())
    return {squeezed(text) for entry in entries for text in (entry.msgid, source_of(entry))}


@cache
def vietnamese_texts() -> set[str]:
    return {squeezed(words_of(entry)) for domain in DOMAINS for entry in ours(domain).values()}


def readable(page: str) -> Iterator[str]:
    """What is seen or read aloud on a page, or on a part of one."""
    if not page.strip():
        return
    tree = html.fromstring(page)
    for silent in tree.xpath(SILENT):
        silent.drop_tree()
    yield from tree.xpath(SPOKEN)


def english_on(page: str) -> dict[str, list[str]]:
    """{text: its English words} for whatever on a page is not Vietnamese."""
    found = {text.strip(): english_in(text) for text in readable(page)}
    return {text: words for text, words in found.items() if words}
