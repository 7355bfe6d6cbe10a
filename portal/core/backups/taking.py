"""Takes a backup while the site goes on: the database at one instant first, then the files.

A file is stored under a name of its own and never changed afterwards, so whatever the database of that instant names
is either there to be copied or has been deleted since; the manifest tells which.
"""

import hmac
import io
import os
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from portal.core.backups.archive import DATABASE, ArchiveWriter, Manifest, new_archive, read_archive
from portal.core.backups.databases import copy_database, table_facts
from portal.core.backups.files import parts
from portal.core.backups.refusals import BackupRefused
from portal.core.backups.rotation import kept
from portal.core.backups.wishes import JOURNALS
from portal.core.heartbeat import beat

BACKUP = "backup"
KEY_LENGTH = 40
STEM, SUFFIX, MOMENT = "gia-dinh-so-", ".gdsbk", "%Y%m%dT%H%M%SZ"

RegisterDigest = Callable[[str], str]


@dataclass(frozen=True)
class Kept:
    """One archive in the folder."""

    path: Path
    taken_at: datetime

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size


def backup_key() -> str:
    """BACKUP_KEY; BackupRefused in words where there is none worth the name."""
    key: str = settings.BACKUP_KEY
    if len(key) < KEY_LENGTH:
        raise BackupRefused(f"Chưa có BACKUP_KEY (ít nhất {KEY_LENGTH} ký tự). Cách tạo: xem .env.example.")
    return key


def take_backup(register_digest: RegisterDigest, *, folder: Path | None = None) -> tuple[Path, Manifest]:
    """Write one archive, read it back to its last byte, and only then give it its name.

    Raises BackupRefused; what was begun is deleted.
    """
    key = backup_key()
    folder = folder or Path(settings.BACKUP_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken_at = datetime.now(UTC)
    path = folder / f"{STEM}{taken_at.strftime(MOMENT)}{SUFFIX}"
    unfinished = path.with_suffix(".dang-ghi")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            with new_archive(target, key) as writer:
                _write(writer, taken_at, register_digest)
            target.flush()
            os.fsync(target.fileno())
        manifest = read_archive(unfinished, key)
        unfinished.rename(path)
        for journal in JOURNALS:
            journal.keep_beside_backups(folder)
    finally:
        unfinished.unlink(missing_ok=True)
    beat(BACKUP)
    return path, manifest


def _write(writer: ArchiveWriter, taken_at: datetime, register_digest: RegisterDigest) -> None:
    def facts(alias: str) -> Manifest:
        return Manifest(
            taken_at=taken_at.isoformat(),
            version=app_version(),
            engine=connections[alias].vendor,
            migrations=applied_migrations(alias),
            tables=table_facts(alias),
            register_digest=register_digest(alias),
            secret_key_mark=secret_key_mark(),
        )

    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="sao-luu-") as room:
        copy = Path(room) / DATABASE
        seen = set(file_names())
        manifest = copy_database(copy, facts)
        with copy.open("rb") as content:
            writer.add(DATABASE, content, copy.stat().st_size)
    seen |= set(file_names())
    for name in sorted(seen):
        try:
            content_bytes = _content_of(name)
        except FileNotFoundError:
            manifest.gone.append(name)
        else:
            writer.add(name, io.BytesIO(content_bytes), len(content_bytes))
    writer.add_manifest(manifest)


def _content_of(name: str) -> bytes:
    """The file that an archive calls `name`."""
    folder, _slash, rest = name.partition("/")
    return parts()[folder].read(rest)


def file_names() -> Iterator[str]:
    """Every stored file, as an archive calls it."""
    for folder, files in parts().items():
        for name in files.names():
            yield f"{folder}/{name}"


def app_version() -> str:
    """The version of the project that stands in its pyproject.toml."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def applied_migrations(alias: str) -> list[list[str]]:
    """[app, name] of every migration that the database has and this version knows.

    After a rollback the database has more; whoever took the backup could work with it, and so can who restores it.
    """
    known = known_migrations()
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return sorted([app, name] for app, name in applied if (app, name) in known)


def known_migrations() -> set[tuple[str, str]]:
    """(app, name) of every migration on the disk, and of those that they replace."""
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {*disk, *(replaced for migration in disk.values() for replaced in migration.replaces)}


def secret_key_mark() -> str:
    """Tells whether SECRET_KEY is the same, without telling what it is: secrets on receipts hang on it."""
    return hmac.new(settings.SECRET_KEY.encode(), b"gia-dinh-so backup", "sha256").hexdigest()


def archives(folder: Path | None = None) -> list[Kept]:
    """The finished archives, newest first."""
    found = []
    for path in (folder or Path(settings.BACKUP_DIR)).glob(f"{STEM}*{SUFFIX}"):
        with suppress(ValueError):
            moment = datetime.strptime(path.name[len(STEM) : -len(SUFFIX)], MOMENT)
            found.append(Kept(path, moment.replace(tzinfo=UTC)))
    return sorted(found, key=lambda archive: archive.taken_at, reverse=True)


def last_backup() -> Kept | None:
    """The newest archive, for whoever shows how old it is."""
    return next(iter(archives()), None)


def drop_old_archives(folder: Path | None = None) -> list[Path]:
    """Delete what the rotation does not keep; returns what is gone. Days are those of Vietnam."""
    mine = {timezone.localtime(archive.taken_at): archive.path for archive in archives(folder)}
    old = [path for moment, path in mine.items() if moment not in kept(mine)]
    for path in old:
        path.unlink()
    return old
