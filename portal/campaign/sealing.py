"""The list of entries that a round closes with, as text that anyone can hash again. Pure.

One line an entry, “MÃ DẤU”: its code and the first sixteen hexadecimal digits of its content's digest, lines in
order of the code, each ended by one newline. The digest of the list is the SHA-256 of that text in UTF-8. A content's
digest is salted with the entry's own token, so that nobody can guess answers from it; the family's receipt shows it.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

#: Enough to see that an entry was changed, short enough for a notice board.
MARK_LENGTH = 16


def content_digest(token: UUID, code: str, content: Mapping[str, Any]) -> str:
    """SHA-256 (64 hexadecimal digits) of what an entry says; the token is known to its sender only."""
    said = json.dumps([token.hex, code, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(said.encode()).hexdigest()


def list_text(entries: Iterable[tuple[str, str]]) -> str:
    """The list of (code, content digest) as it is published and hashed."""
    return "".join(f"{code} {digest[:MARK_LENGTH]}\n" for code, digest in sorted(entries))


def list_digest(text: str) -> str:
    """SHA-256 of a published list, 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def codes_of(text: str) -> list[str]:
    """The entry codes of a published list, in its order."""
    return [line.split(" ", 1)[0] for line in text.splitlines()]
