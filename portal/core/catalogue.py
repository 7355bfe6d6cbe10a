"""The Vietnamese of the admin: one text file per package and domain, joined and compiled without GNU gettext.

`locale/vi/<package>/<domain>.po` holds what that package ships in English, in the package's own order, so that each
file can be offered to its makers as it stands. Django reads one file per domain, which is made here.
"""

import os
from pathlib import Path

from django.conf import settings

COMPILED = "LC_MESSAGES"


def sources(language: Path, domain: str) -> list[Path]:
    """The text files of one domain (`django`, `djangojs`), by package."""
    return sorted(language.glob(f"*/{domain}.po"))


def compile_stale() -> list[Path]:
    """Compile each domain that is missing or older than one of its sources; returns what was written."""
    written = []
    for language in (language for folder in settings.LOCALE_PATHS for language in Path(folder).iterdir()):
        for domain in ("django", "djangojs"):
            files = sources(language, domain)
            target = language / COMPILED / f"{domain}.mo"
            if files and _is_stale(target, files):
                _compile(files, target)
                written.append(target)
    return written


def _is_stale(target: Path, files: list[Path]) -> bool:
    if not target.exists():
        return True
    # A file that is taken away changes its folder, and a package that is taken away the folder above.
    watched = {*files, *(file.parent for file in files), target.parent.parent}
    return target.stat().st_mtime_ns < max(path.stat().st_mtime_ns for path in watched)


def _compile(files: list[Path], target: Path) -> None:
    import polib  # a start with a fresh catalogue need not load it

    # Without a context an English text has one Vietnamese text, whichever package asks: a test sees to it.
    joined = polib.POFile()
    joined.metadata = polib.pofile(str(files[0])).metadata
    entries = {
        (entry.msgctxt, entry.msgid): entry
        for file in files
        for entry in polib.pofile(str(file), check_for_duplicates=True)
    }
    joined.extend(entries.values())
    target.parent.mkdir(exist_ok=True)
    # Written beside and moved over: a server that starts meanwhile never reads half a file.
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    joined.save_as_mofile(str(draft))
    draft.replace(target)
