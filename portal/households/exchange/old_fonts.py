"""Text typed in old Vietnamese fonts: found, and turned into Unicode. Pure.

The old fonts drew Vietnamese letters over Western ones: in TCVN3 (.VnTime) `Ph¹m Quý §øc` is Phạm Quý Đức, in VNI
(VNI-Times) the same man is `Phaïm Quyù Ñöùc` (domain.md, 5.7).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from portal.core.text import words

OLD = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§"
NEW = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ"
TCVN3 = str.maketrans(OLD, NEW)

GRAVE, ACUTE, HOOK, TILDE, DOT, HAT, BREVE, HORN = "\u0300\u0301\u0309\u0303\u0323\u0302\u0306\u031b"
#: VNI writes a letter and then its marks as a letter of their own.
VNI_MARKS: dict[str, dict[str, str]] = {
    "aeouyôö": {"ø": GRAVE, "ù": ACUTE, "û": HOOK, "õ": TILDE, "ï": DOT},
    "aeo": {"â": HAT, "à": HAT + GRAVE, "á": HAT + ACUTE, "å": HAT + HOOK, "ã": HAT + TILDE, "ä": HAT + DOT},
    "a": {"ê": BREVE, "è": BREVE + GRAVE, "é": BREVE + ACUTE, "ú": BREVE + HOOK, "ü": BREVE + TILDE, "ë": BREVE + DOT},
}
VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
#: Signs that Unicode Vietnamese never has: one of them gives an old font away.
TELLING = {chr(code) for code in range(0xA1, 0x100)} - set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝÐ«»°·")
_SIGN_IN_WORD = re.compile(r"[A-Za-z][«»·]")
#: A syllable without its tone, as the alphabet of the schools has it.
SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"((iê|yê|oa|oă|oe|uâ|uê|uô|uơ|uyê|uy|ươ|oo|[aăâeêioôơuưy])(ch|ng|nh|[cmnpt])?|"
    r"iêu|yêu|oai|oay|oao|oeo|uôi|ươi|ươu|uây|uya|uyu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|ai|ao|au|ay|âu|ây|eo|êu)"
)
MOSTLY = 0.7


def _vni_table() -> dict[str, str]:
    table = dict(VNI_LETTERS)
    for letters, marks in VNI_MARKS.items():
        for letter in letters:
            for sign, mark in marks.items():
                table[letter + sign] = unicodedata.normalize("NFC", VNI_LETTERS.get(letter, letter) + mark)
    for old, new in list(table.items()):
        table[old.upper()] = table[old.capitalize()] = new.upper()
    return table


VNI = _vni_table()
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """TCVN3 in Unicode. Its fonts of capitals (.VnTimeH) draw small codes large: `PH¹M` is PHẠM."""
    new = text.translate(TCVN3)
    plain = [char for char in text if char.isascii() and char.isalpha()]
    return new.upper() if len(plain) > 1 and all(char.isupper() for char in plain) else new


def from_vni(text: str) -> str:
    """VNI in Unicode."""
    return _VNI_SIGNS.sub(lambda match: VNI[match[0]], text)


FONTS: Mapping[str, Callable[[str], str]] = {"TCVN3": from_tcvn3, "VNI": from_vni}


def is_surely_old(text: str) -> bool:
    """Whether the text can only be in an old font."""
    return any(char in TELLING for char in text) or _SIGN_IN_WORD.search(text) is not None


def is_surely_new(text: str) -> bool:
    """Whether the text holds a letter that no old font could have drawn."""
    return any(char > "\u00ff" for char in text)


def is_syllable(word: str) -> bool:
    """Whether the word is built as Vietnamese words are: `Đức`, and not `Öùc`."""
    parts = unicodedata.normalize("NFD", word.casefold())
    tones = [char for char in parts if char in {GRAVE, ACUTE, HOOK, TILDE, DOT}]
    bare = unicodedata.normalize("NFC", "".join(char for char in parts if char not in tones))
    return len(tones) <= 1 and SYLLABLE.fullmatch(bare) is not None


def font_of(cells: Iterable[str]) -> str:
    """The old font in which these cells were typed: the one whose letters make words. “” if none does."""
    marked = [cell for cell in cells if not cell.isascii() and not is_surely_new(cell)]
    if 2 * sum(map(is_surely_old, marked)) <= len(marked):
        return ""
    shares = {font: _share_of_syllables(map(read, marked)) for font, read in FONTS.items()}
    best = max(shares, key=lambda font: shares[font])
    return best if shares[best] >= MOSTLY else ""


def _share_of_syllables(texts: Iterable[str]) -> float:
    marked = [word for text in texts for word in words(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0


def with_capitals(name: str) -> str:
    """A name typed small in a font of capitals, as names are written: `phạm quý đức` → `Phạm Quý Đức`."""
    return " ".join(word[0].upper() + word[1:] for word in name.split()) if name.islower() else name


def fonts_of_columns(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """{column: old font} of the columns that were typed in one."""
    width = max(map(len, rows), default=0)
    columns = ([row[number] for row in rows if number < len(row)] for number in range(width))
    return {number: font for number, cells in enumerate(columns) if (font := font_of(cells))}
