"""Where files of an archive come from and go to: folders of this machine, or buckets of an S3 store."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.files.storage import default_storage

from portal.core.away import ServiceAway
from portal.core.backups.archive import FOLDERS, Stored, sum_of
from portal.core.backups.refusals import BackupRefused
from portal.core.private_files import private_storage


class Files(Protocol):
    """The files of one part of an archive; names are relative, with “/”."""

    def names(self) -> Iterator[str]:
        """Every file there is."""

    def read(self, name: str) -> bytes:
        """Raises FileNotFoundError. Whole: uploads are small."""

    def sum(self, name: str) -> Stored:
        """Size and SHA-256."""

    def check(self) -> None:
        """Raise BackupRefused where a restore would be stopped half-way."""

    def bring(self, new: Path) -> None:
        """Before the database changes: what does no harm beside the files that are there."""

    def settle(self, new: Path, old: Path) -> None:
        """After it: hold exactly what lies in the folder `new`; what was there may be put into `old`."""


class Folder:
    """A folder of this machine, which changes places as a whole."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> Iterator[str]:
        for path in self.root.rglob("*"):
            if path.is_file():
                yield path.relative_to(self.root).as_posix()

    def read(self, name: str) -> bytes:
        # A file that is deleted half-way is still read to its end.
        return (self.root / name).read_bytes()

    def sum(self, name: str) -> Stored:
        return sum_of(self.root / name)

    def check(self) -> None:
        """What another account has put among the files could be neither moved nor deleted."""
        for path in [self.root, *self.root.rglob("*")]:
            if path.is_dir() and not os.access(path, os.W_OK | os.X_OK):
                raise BackupRefused(f"Thư mục {path} không thuộc tài khoản chạy chuyên mục; chown lại rồi làm lại.")

    def bring(self, new: Path) -> None:
        """Nothing: the folder changes places at once, afterwards."""

    def settle(self, new: Path, old: Path) -> None:
        """By renaming: the site sees the old folder or the new one, never half of one."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        if self.root.exists():
            self.root.rename(old)
        shutil.move(new, self.root)


class BucketFiles:
    """A bucket: new files first, then the database, then what differs, and what is too many goes last."""

    def __init__(self, bucket: Any) -> None:
        self.bucket = bucket

    def names(self) -> Iterator[str]:
        with _answering():
            yield from self.bucket.names()

    def read(self, name: str) -> bytes:
        with _answering(), self.bucket.open(name) as file:
            content: bytes = file.read()
        return content

    def sum(self, name: str) -> Stored:
        content = self.read(name)
        return Stored(len(content), sha256(content).hexdigest())

    def check(self) -> None:
        """It must answer; whether this key may write shows with the first file, before anything is overwritten."""
        next(self.names(), None)

    def bring(self, new: Path) -> None:
        """Names are never used twice, so most files of an archive are either there or missing."""
        there = set(self.names())
        for name in set(Folder(new).names()) - there:
            self._put(name, new)

    def settle(self, new: Path, old: Path) -> None:
        wanted = Folder(new)
        names = set(wanted.names())
        for name in names:
            if self.sum(name) != wanted.sum(name):
                self._put(name, new)
        for name in set(self.names()) - names:
            with _answering():
                self.bucket.delete(name)

    def _put(self, name: str, folder: Path) -> None:
        with _answering():
            self.bucket.put(name, (folder / name).read_bytes())


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except ServiceAway as error:
        raise BackupRefused("Kho tệp S3 không trả lời, hoặc không nhận khóa S3_ACCESS_KEY.") from error


def parts() -> dict[str, Files]:
    """The files of each part of an archive, where this site keeps them."""
    roots = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT))
    storages = (default_storage, private_storage)
    return {
        name: BucketFiles(storage) if hasattr(storage, "answer") else Folder(root)
        for name, root, storage in zip(FOLDERS, roots, storages, strict=True)
    }
