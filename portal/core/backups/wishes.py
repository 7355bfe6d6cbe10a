"""What families asked for and a backup from before does not know: files beside the database, which no restore replaces.

Codes and moments, never a name. After a restore the wishes are carried out again by them.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Journal:
    """Lines of words, each with its moment before it."""

    name: str

    def note(self, lines: Iterable[str], moment: datetime | None = None) -> None:
        """Write the lines down and wait until they lie on the disk; raises OSError, which undoes the wish with it.

        Before the transaction ends: what nobody could do again must not come about.
        """
        at = (moment or datetime.now(UTC)).astimezone(UTC).isoformat()
        _append(Path(settings.DATA_DIR) / self.name, [f"{at} {line}\n" for line in lines])

    def noted(self) -> list[list[str]]:
        """The words of each line, the earliest first, from beside the data and from beside the backups."""
        places = (settings.DATA_DIR, settings.BACKUP_DIR)
        return [line.split() for line in sorted({line for place in places for line in self._lines_at(Path(place))})]

    def keep_beside_backups(self, folder: Path) -> None:
        """Bring the copy beside the archives up to date: the disk with the data may be the one that is lost."""
        here, there = self._lines_at(Path(settings.DATA_DIR)), set(self._lines_at(folder))
        _append(folder / self.name, [f"{line}\n" for line in here if line not in there])

    def _lines_at(self, place: Path) -> list[str]:
        path = place / self.name
        return path.read_text(encoding="ascii").splitlines() if path.exists() else []


ERASED = Journal("da-xoa.txt")
WITHDRAWN = Journal("da-thoi-dong-y.txt")
JOURNALS = (ERASED, WITHDRAWN)


def _append(path: Path, lines: list[str]) -> None:
    if not lines:
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="ascii") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
