"""Text typed in old Vietnamese fonts (TCVN3, .VnTime): found, and turned into Unicode. Pure.

The old fonts drew Vietnamese letters over Western ones, so `Ph¹m Quý §øc` is Phạm Quý Đức (domain.md, 5.7).
"""

from collections.abc import Iterable

OLD = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§"
NEW = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ"
TABLE = str.maketrans(OLD, NEW)
#: Signs that Unicode Vietnamese never has: one of them gives the old font away.
TELLING = set(OLD) - set("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝÐ")


def is_surely_old(text: str) -> bool:
    """Whether the text can only be in an old font."""
    return any(char in TELLING for char in text)


def is_surely_new(text: str) -> bool:
    """Whether the text holds a letter that no old font could have drawn."""
    return any(char > "\u00ff" for char in text)


def repaired(text: str) -> str:
    """The text in Unicode."""
    return text.translate(TABLE)


def old_columns(columns: Iterable[list[str]]) -> set[int]:
    """Numbers of the columns that were typed in an old font: most of their marked words give it away."""
    found = set()
    for number, cells in enumerate(columns):
        marked = [cell for cell in cells if not cell.isascii()]
        if marked and 2 * sum(map(is_surely_old, marked)) > len(marked):
            found.add(number)
    return found
