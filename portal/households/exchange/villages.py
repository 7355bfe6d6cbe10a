"""Villages by the names that people write in sheets: `Thôn 5`, `5`, `thôn số 05`, `T. Làng Mạ, xã Ba Tô`. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from portal.core.text import fold, nfc, words

#: I to XXXIX, in capitals: `Làng Xi` is no eleventh village.
ROMAN = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
KIND = re.compile(r"^(thon|ban|xom|t)\b\s*(so\b)?\s*|^t(?=\d)")
#: How like a name must be for the clerk to be asked whether it was meant.
LIKE = 0.75


class VillageUnclear(ValueError):
    """No village, or more than one, goes by this name; the message is for the clerk."""


@dataclass(frozen=True)
class Known:
    """A village as far as names go. `now` is what has taken its place, for one that stands no more."""

    pk: int
    name: str
    former_commune: str = ""
    is_standing: bool = True
    now: str = ""


class VillageNames:
    """All villages of the commune, to be found by what a sheet calls them."""

    def __init__(self, villages: Iterable[Known]) -> None:
        self._by_name: dict[str, list[Known]] = defaultdict(list)
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        self._names: dict[int, str] = {}
        for village in villages:
            self._names[village.pk] = village.name
            self._by_name[_exact(village.name)].append(village)
            for key in {key: None for name in _names(village) for key in _keys(name)}:
                self._by_key[key].append(village)

    def find(self, text: str) -> int:
        """The key of the one village that is meant. Raises VillageUnclear."""
        if not text:
            raise VillageUnclear("Thiếu tên thôn.")
        found = self._by_name.get(_exact(text)) or self._called(text) or self._without_commune(text)
        standing = [village for village in found if village.is_standing]
        if len(standing) == 1:
            return standing[0].pk
        if standing:
            names = "; ".join(_full(village) for village in standing)
            raise VillageUnclear(f"“{text}” có thể là: {names}. Xin viết rõ.")
        if found:
            gone = found[0]
            raise VillageUnclear(f"{gone.name} không còn." + (f" Nay là {gone.now}." if gone.now else ""))
        raise VillageUnclear(f"Không có thôn “{text}” trong danh sách thôn." + self._suggestion(text))

    def name_of(self, pk: int) -> str:
        """What the commune calls a village."""
        return self._names[pk]

    def inside(self, text: str) -> int | None:
        """The one village that a title speaks of: `DANH SÁCH HỘ THÔN 5 NĂM 2026`."""
        forms = [f" {form} ".replace(" thon so ", " thon ") for form in _forms(text)]
        keys = [key for key in self._by_key if any(f" thon {key} " in form for form in forms)]
        longest = max(keys, key=len, default="")
        found = {village.pk for village in self._by_key[longest] if village.is_standing} if longest else set()
        return found.pop() if len(found) == 1 else None

    def _called(self, text: str) -> list[Known]:
        return next((self._by_key[key] for key in _keys(text) if key in self._by_key), [])

    def _without_commune(self, text: str) -> list[Known]:
        """`Thôn 5, xã Ba Tô`: what follows a comma, a dash or a bracket says where the village lies."""
        head, *rest = re.split(r"\s*[,;(–-]\s*|\s+xã\s+", text, maxsplit=1, flags=re.IGNORECASE)
        return self._called(head) if rest else []

    def _suggestion(self, text: str) -> str:
        near = get_close_matches(_keys(text)[0], [key for key in self._by_key if not key.isdecimal()], 3, LIKE)
        names = {village.name: None for key in near for village in self._by_key[key] if village.is_standing}
        return f" Có phải {' hay '.join(names)}?" if names else ""


def _full(village: Known) -> str:
    return f"{village.name} ({village.former_commune})" if village.former_commune else village.name


def _exact(text: str) -> str:
    return re.sub(r"^(thôn|bản|xóm) (số )?", "", " ".join(nfc(text).casefold().split()))


def _keys(text: str) -> list[str]:
    """What is left of a name when the word for village is taken away: `thôn số 05` → `5`."""
    return [re.sub(r"\b0+(?=\d)", "", KIND.sub("", form)) or form for form in _forms(text)]


def _forms(text: str) -> list[str]:
    """The words without marks, signs and leading zeros; then the same with Roman numbers counted."""
    typed = list(words(text))
    plain = [str(int(word)) if word.isdecimal() else fold(word) for word in typed]
    counted = [str(_counted(word)) if ROMAN.fullmatch(word) else low for word, low in zip(typed, plain, strict=True)]
    return list(dict.fromkeys([" ".join(plain), " ".join(counted)]))


def _counted(roman: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _names(village: Known) -> list[str]:
    """What a village may be called: by its name, without what stands in brackets, and with its former commune."""
    names = [village.name, re.sub(r"\(.*?\)", "", village.name)]
    if village.former_commune:
        names += [f"{village.name} {village.former_commune}", f"{village.name} xã {village.former_commune}"]
    return names
