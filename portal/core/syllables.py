"""Which rows of letters can be a Vietnamese syllable: the language has few, and no word has more than one."""

import re
import unicodedata

_ONSET = r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
_RHYME = (
    r"(?:(?:a|e|i|o|u|y|oa|oe|ua|uye?|ie|ye|uo)(?:ch?|m|ng?|nh|p|t)?"
    r"|[ao]i|[aieo]u|a[oy]|eo|[iu]a|u[aio]|uoi|[uy]eu|ieu|uou|o[aeu]i?|oa[oy]|oeo|ua[oyu]?|u[ay]a?|uyu|ay|uu)"
)
_SYLLABLE = re.compile(_ONSET + _RHYME)


def is_syllable(word: str) -> bool:
    """Whether Vietnamese could spell a word so: “trang”, “xã”, “NGAY”; not “page”, “UBND”, “workflow”."""
    plain = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))
    return bool(_SYLLABLE.fullmatch(plain.replace("đ", "d")))
