"""The Vietnamese catalogue of the admin: text files in locale/, compiled without GNU gettext."""

import os
from pathlib import Path

from django.conf import settings


def compile_stale() -> list[Path]:
    """Compile each .po whose .mo is missing or older; returns what was written."""
    written = []
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).rglob("*.po")):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
                _compile(source, target)
                written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    import polib  # type: ignore[import-untyped]  # a start with a fresh catalogue need not load it

    # Written beside and moved over: a server that starts meanwhile never reads half a file.
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(draft))
    draft.replace(target)
