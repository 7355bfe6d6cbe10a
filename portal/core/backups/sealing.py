"""Seals a stream so that nobody without the key reads it, and nobody at all changes it unseen.

The file, numbers in bytes:

    8   b"GDS-BK1\\n"
    16  salt, drawn for this file
    16  mark of the key: tells a wrong key from a damaged file
    …   chunks of 1 MiB + 16, the last one of at most that

Each chunk is sealed by AES-256-GCM (NIST SP 800-38D) with the 40 bytes above as associated data. Its nonce is its
number (8 bytes, from 0), three zero bytes, and 1 for the last chunk or else 0: the STREAM construction (Hoang,
Reyhanitabar, Rogaway and Vizár 2015). A chunk that is changed, left out, repeated or moved, and a file that is cut
or lengthened, therefore fail. The key of the chunks and the mark come from BACKUP_KEY and the salt by HKDF-SHA256
(RFC 5869), so that no two files share a key.
"""

import hmac
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.core.backups.refusals import ArchiveDamaged, ArchiveRefused, WrongKey

MAGIC = b"GDS-BK1\n"
SALT_BYTES = MARK_BYTES = 16
HEADER_BYTES = len(MAGIC) + SALT_BYTES + MARK_BYTES
CHUNK_BYTES = 1024 * 1024
SEALED_CHUNK_BYTES = CHUNK_BYTES + 16


class SealedWriter:
    """Takes plain bytes, writes a sealed file; unfinished, and refused by every reader, until `close`."""

    def __init__(self, target: BinaryIO, key: str) -> None:
        salt = os.urandom(SALT_BYTES)
        chunk_key, mark = _derived(key, salt)
        self._target, self._cipher, self._header = target, AESGCM(chunk_key), MAGIC + salt + mark
        self._waiting, self._number = bytearray(), 0
        target.write(self._header)

    def write(self, data: bytes) -> int:
        """Seal every chunk that is full by now."""
        self._waiting += data
        # One byte more than a chunk must wait: the last chunk is marked as such, and may not be empty of data.
        while len(self._waiting) > CHUNK_BYTES:
            self._seal(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return len(data)

    def close(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), plain, self._header))
        self._number += 1


class SealedReader:
    """Gives back plain bytes, each only after its chunk has proved true.

    Raises ArchiveRefused for a file of another kind, WrongKey, and ArchiveDamaged. The end is proved only when `read`
    has returned nothing.
    """

    def __init__(self, source: BinaryIO, key: str) -> None:
        self._header = source.read(HEADER_BYTES)
        if len(self._header) < HEADER_BYTES or not self._header.startswith(MAGIC):
            raise ArchiveRefused("Tệp này không phải bản sao lưu của chuyên mục, hoặc đầu tệp đã hỏng.")
        chunk_key, mark = _derived(key, self._header[len(MAGIC) : len(MAGIC) + SALT_BYTES])
        if not hmac.compare_digest(mark, self._header[-MARK_BYTES:]):
            raise WrongKey("BACKUP_KEY không phải khóa của bản sao lưu này, hoặc đầu tệp đã hỏng.")
        self._source, self._cipher, self._number = source, AESGCM(chunk_key), 0
        self._plain, self._next = bytearray(), source.read(SEALED_CHUNK_BYTES)
        self._is_over = False

    def read(self, size: int) -> bytes:
        """At most so many bytes; nothing at the end."""
        while len(self._plain) < size and not self._is_over:
            self._open_next()
        data = bytes(self._plain[:size])
        del self._plain[:size]
        return data

    def _open_next(self) -> None:
        sealed, self._next = self._next, self._source.read(SEALED_CHUNK_BYTES)
        self._is_over = not self._next
        try:
            self._plain += self._cipher.decrypt(_nonce(self._number, is_last=self._is_over), sealed, self._header)
        except (InvalidTag, ValueError) as error:
            raise ArchiveDamaged(f"Bản sao lưu đã hỏng hoặc bị cắt ở khối {self._number + 1}.") from error
        self._number += 1


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(8, "big") + bytes(3) + bytes([is_last])


def _derived(key: str, salt: bytes) -> tuple[bytes, bytes]:
    """(key of the chunks, mark of the key)."""
    derived = HKDF(algorithm=SHA256(), length=32 + MARK_BYTES, salt=salt, info=b"gia-dinh-so backup 1")
    both = derived.derive(key.encode())
    return both[:32], both[32:]
