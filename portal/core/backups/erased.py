"""Whose data was erased: a file beside the database, which no restore replaces. Codes and moments, never a name.

A backup from before an erasure brings the family back; by this file it is erased again.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

JOURNAL = "da-xoa.txt"


def note_erasure(codes: Iterable[str]) -> None:
    """Write the codes down and wait until they lie on the disk; raises OSError, which undoes the erasure with it.

    Before the transaction ends: an erasure that nobody could do again must not come about.
    """
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    _append(Path(settings.DATA_DIR) / JOURNAL, [f"{moment} {code}\n" for code in codes])


def noted_erasures() -> list[str]:
    """The codes, in the order in which they were erased, from beside the data and from beside the backups."""
    lines = {line for place in (settings.DATA_DIR, settings.BACKUP_DIR) for line in _lines(Path(place) / JOURNAL)}
    return list(dict.fromkeys(line.split()[1] for line in sorted(lines)))


def keep_beside_backups(folder: Path) -> None:
    """Bring the copy beside the archives up to date: the disk with the data may be the one that is lost."""
    here, there = (_lines(Path(place) / JOURNAL) for place in (settings.DATA_DIR, folder))
    _append(folder / JOURNAL, [f"{line}\n" for line in here if line not in set(there)])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []


def _append(path: Path, lines: list[str]) -> None:
    if not lines:
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
