"""Brings a backup back, or proves in a throw-away place that it could be.

Nothing is overwritten before the whole archive has proved true, fits this version and this database, and the target
is empty or meant to be replaced.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection

from portal.core.backups.archive import DATABASE, FOLDERS, Manifest, read_archive
from portal.core.backups.databases import is_empty, load_database, table_facts, throw_away_database
from portal.core.backups.files import Files, Folder, parts
from portal.core.backups.refusals import ArchiveRefused, BackupRefused
from portal.core.backups.taking import RegisterDigest, backup_key, known_migrations, secret_key_mark

FILE_MODES = {"media": (0o750, 0o640), "private": (0o700, 0o600)}


@dataclass(frozen=True)
class Proof:
    """What a restored copy was compared by, and where it differs."""

    manifest: Manifest
    differing_tables: tuple[str, ...]
    differing_files: tuple[str, ...]
    register_digest: str

    @property
    def is_whole(self) -> bool:
        same_register = self.register_digest == self.manifest.register_digest
        return same_register and not self.differing_tables and not self.differing_files

    @property
    def has_same_secret_key(self) -> bool:
        """Whether SECRET_KEY is the one under which the secrets of receipts were made."""
        return self.manifest.secret_key_mark == secret_key_mark()


def restore(archive: Path, register_digest: RegisterDigest, *, replace: bool = False) -> Proof:
    """Bring database and files back; with `replace` in the place of what is there.

    Raises BackupRefused with nothing changed. The database comes back in one transaction, then whole folders change
    places, or buckets lose what is too many; where that is cut short by a power failure, the same command again ends
    it.
    """
    _check_before(archive)
    if not replace and not (is_empty() and not any(map(_holds_files, parts().values()))):
        raise BackupRefused("Nơi này đang có dữ liệu. Muốn thay hết bằng bản sao lưu: thêm --replace.")
    for files in parts().values():
        files.check()
    with _unpacked(archive) as (room, manifest):
        for folder, files in parts().items():
            files.bring(room / folder)
        load_database(room / DATABASE)
        for folder, files in parts().items():
            files.settle(room / folder, room / f"{folder}-cu")
        return prove(manifest, DEFAULT_DB_ALIAS, parts(), register_digest)


def drill(archive: Path, register_digest: RegisterDigest) -> Proof:
    """Restore into a throw-away database and folder, and compare; the site is not touched."""
    _check_before(archive)
    with _unpacked(archive) as (room, manifest), throw_away_database(room) as alias:
        load_database(room / DATABASE, alias)
        return prove(manifest, alias, {folder: Folder(room / folder) for folder in FOLDERS}, register_digest)


def prove(manifest: Manifest, alias: str, places: Mapping[str, Files], register_digest: RegisterDigest) -> Proof:
    """Compare a database and files with what was true at the instant of the backup."""
    tables, wanted = table_facts(alias), manifest.tables
    differing = {name for name in tables.keys() | wanted.keys() if tables.get(name) != wanted.get(name)}
    files = {f"{folder}/{name}": place.sum(name) for folder, place in places.items() for name in place.names()}
    stored = {name: told for name, told in manifest.files.items() if name != DATABASE}
    other = {name for name in files.keys() | stored.keys() if files.get(name) != stored.get(name)}
    return Proof(manifest, tuple(sorted(differing)), tuple(sorted(other)), register_digest(alias))


def _check_before(archive: Path) -> None:
    """Read the archive to its end, and make sure that this version and this database can take it."""
    if not archive.is_file():
        raise ArchiveRefused(f"Không có tệp {archive}.")
    manifest = read_archive(archive, backup_key())
    if manifest.engine != connection.vendor:
        raise ArchiveRefused(f"Bản sao lưu của {manifest.engine}; cơ sở dữ liệu ở đây là {connection.vendor}.")
    known = known_migrations()
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise ArchiveRefused(f"Bản sao lưu của phiên bản {manifest.version}, mới hơn ở đây: {', '.join(unknown[:5])}.")


@contextmanager
def _unpacked(archive: Path) -> Iterator[tuple[Path, Manifest]]:
    """A private folder beside the data, with the archive in it."""
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix="phuc-hoi-") as name:
        room = Path(name)
        manifest = read_archive(archive, backup_key(), into=room)
        for folder in FOLDERS:
            (room / folder).mkdir(exist_ok=True)
            _set_modes(room / folder, *FILE_MODES[folder])
        yield room, manifest


def _set_modes(root: Path, folder_mode: int, file_mode: int) -> None:
    root.chmod(folder_mode)
    for path in root.rglob("*"):
        path.chmod(folder_mode if path.is_dir() else file_mode)


def _holds_files(files: Files) -> bool:
    return next(iter(files.names()), None) is not None
