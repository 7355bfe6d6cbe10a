"""One archive: a tar stream of the database, the media files and the private files, sealed; its manifest comes last.

Members, in this order: `database` (pg_dump's custom format, or a SQLite file in gzip), `media/…`, `private/…`,
`manifest.json`. The manifest repeats size and SHA-256 of every member before it, so that what came out of the seal is
also complete.
"""

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from portal.core.backups.refusals import ArchiveDamaged, ArchiveRefused
from portal.core.backups.sealing import SealedReader, SealedWriter

FORMAT = 1
DATABASE, MANIFEST = "database", "manifest.json"
#: Folders of files, by the name that they have in an archive.
FOLDERS = ("media", "private")
BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and one number over all of them in whatever order."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Stored:
    """Size in bytes and SHA-256 of a member."""

    size: int
    sha256: str


@dataclass
class Manifest:
    """What an archive holds and what was true at its instant."""

    taken_at: str
    version: str
    engine: str
    #: [app, name] of those that the version which took the backup knew.
    migrations: list[list[str]]
    tables: dict[str, Table]
    register_digest: str
    secret_key_mark: str
    files: dict[str, Stored] = field(default_factory=dict)
    #: Files that were there when the database was copied, and deleted before their turn came.
    gone: list[str] = field(default_factory=list)
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises ArchiveRefused for a format that this version does not know."""
        told: dict[str, Any] = json.loads(text)
        if told.get("format") != FORMAT:
            raise ArchiveRefused("Bản sao lưu do phiên bản mới hơn làm ra; nâng cấp chuyên mục trước.")
        told["tables"] = {name: Table(**table) for name, table in told["tables"].items()}
        told["files"] = {name: Stored(**stored) for name, stored in told["files"].items()}
        return cls(**told)


class ArchiveWriter:
    """Adds members to a tar stream."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, Stored] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Take `size` bytes."""
        summing = _Summing(content)
        self._tar.addfile(_member(name, size), cast(Any, summing))
        self.files[name] = Stored(size, summing.digest.hexdigest())

    def add_manifest(self, manifest: Manifest) -> None:
        """The last member: what was added before."""
        manifest.files = self.files
        text = manifest.to_json()
        self._tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))


@contextmanager
def new_archive(target: IO[bytes], key: str) -> Iterator[ArchiveWriter]:
    """A sealed archive that is whole once the block has ended well."""
    sealed = SealedWriter(cast(Any, target), key)
    with tarfile.open(mode="w|", fileobj=cast(Any, sealed), format=tarfile.PAX_FORMAT) as tar:
        yield ArchiveWriter(tar)
    sealed.close()


class _Summing:
    """A file that is summed up while it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self.digest = content, sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._content.read(size)
        self.digest.update(data)
        return data


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def read_archive(path: Path, key: str, into: Path | None = None) -> Manifest:
    """Read an archive to its last byte and return its manifest; with `into`, unpack it there as well.

    Raises ArchiveRefused when anything at all is not as it was written.
    """
    found: dict[str, Stored] = {}
    manifest: Manifest | None = None
    with path.open("rb") as file:
        sealed = SealedReader(file, key)
        try:
            with tarfile.open(mode="r|", fileobj=cast(Any, sealed)) as tar:
                for info in tar:
                    content = tar.extractfile(info)
                    if manifest is not None or content is None:
                        raise ArchiveDamaged(f"Bản sao lưu có phần lạ: {info.name}")
                    if info.name == MANIFEST:
                        manifest = Manifest.from_json(content.read())
                    else:
                        found[info.name] = _take_out(content, _place(info.name, into))
        except tarfile.TarError as error:
            raise ArchiveDamaged("Bản sao lưu đã hỏng.") from error
        while sealed.read(BLOCK_BYTES):
            """Padding of the tar stream; its seal is proved by reading it."""
    if manifest is None or found != manifest.files:
        raise ArchiveDamaged("Bản sao lưu thiếu phần, hoặc có phần không khớp danh mục.")
    return manifest


def _place(name: str, into: Path | None) -> Path | None:
    path = PurePosixPath(name)
    is_file = len(path.parts) > 1 and path.parts[0] in FOLDERS and ".." not in path.parts
    if not is_file and name != DATABASE:
        raise ArchiveDamaged(f"Bản sao lưu có phần lạ: {name}")
    return None if into is None else into / path


def _take_out(content: IO[bytes], place: Path | None) -> Stored:
    size, digest = 0, sha256()
    with _written(place) as write:
        while block := content.read(BLOCK_BYTES):
            size += len(block)
            digest.update(block)
            write(block)
    return Stored(size, digest.hexdigest())


@contextmanager
def _written(place: Path | None) -> Iterator[Callable[[bytes], object]]:
    if place is None:
        yield len
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        yield file.write


def sum_of(path: Path) -> Stored:
    """Size and SHA-256 of a file on disk."""
    with path.open("rb") as file:
        return _take_out(file, None)
