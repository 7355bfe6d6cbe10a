"""What the installed packages say in English, and what Vietnamese stands for it: theirs, or ours in locale/vi."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings

from portal.core.catalogue import sources

OURS = Path(settings.LOCALE_PATHS[0], "vi")
DOMAINS = ("django", "djangojs")
#: Not installed as apps, but spoken by those that are: Django itself, and the “3 giờ trước” of Wagtail's lists.
SPOKEN = ("django.conf", "django.contrib.humanize")
PLACEHOLDER = re.compile(r"%\([a-zA-Z_0-9]+\)[sdr]|%[sdr]|\{[a-z_]*\}|</?[a-z][^>]*>")
#: How a package asks for a text, and which of the arguments is the English one.
CALLS = {"gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "_": 0, "ngettext": 0, "ngettext_lazy": 0,
         "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1}  # fmt: skip

#: Context and English text.
Key = tuple[str | None, str]


def packages() -> list[str]:
    """Every installed package that is not ours, and what stands behind them."""
    installed = {config.name for config in apps.get_app_configs() if not config.name.startswith("portal")}
    return sorted(installed.union(SPOKEN))


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def words_of(entry: polib.POEntry) -> str:
    return entry.msgstr or entry.msgstr_plural.get(0, "")


def source_of(entry: polib.POEntry) -> str:
    """The English that the Vietnamese follows: Vietnamese has one form, made from the plural."""
    return entry.msgid_plural or entry.msgid


@cache
def english_of(package: str, domain: str) -> dict[Key, polib.POEntry]:
    """What a package says, from its own English catalogue, or from its code where it ships none."""
    folder = folder_of(package)
    shipped = folder / f"locale/en/LC_MESSAGES/{domain}.po"
    if shipped.exists():
        return {key_of(entry): entry for entry in polib.pofile(str(shipped)) if not entry.obsolete}
    return {key: polib.POEntry(msgctxt=key[0], msgid=key[1]) for key in asked_for(folder)} if domain == "django" else {}


@cache
def vietnamese_of(package: str, domain: str) -> dict[Key, polib.POEntry]:
    """What a package itself ships in Vietnamese."""
    shipped = folder_of(package) / f"locale/vi/LC_MESSAGES/{domain}.po"
    entries = polib.pofile(str(shipped)) if shipped.exists() else []
    return {key_of(entry): entry for entry in entries if entry.translated()}


@cache
def ours(domain: str) -> dict[Key, polib.POEntry]:
    """All of locale/vi in one, as Django reads it."""
    return {key_of(entry): entry for file in sources(OURS, domain) for entry in polib.pofile(str(file))}


def untranslated(english: dict[Key, polib.POEntry], *vietnamese: dict[Key, polib.POEntry]) -> list[Key]:
    """English texts for which none of the catalogues has Vietnamese words."""
    return [key for key in english if not any(key in entries and words_of(entries[key]) for entries in vietnamese)]


def folder_of(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def asked_for(folder: Path) -> Iterator[Key]:
    """The texts that the code of a package hands to gettext."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (place := CALLS.get(called(node))) is not None:
                texts = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
                if len(texts) > place and isinstance(texts[place], str):
                    yield (texts[0] if place else None), texts[place]


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
