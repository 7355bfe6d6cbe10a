"""Writes and checks the chained log. A line names codes, never a phone or a name."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.models.audit import AuditEntry, AuditHead
from portal.core.models.users import User

#: Lines that are written together at the end of a whole lot of changes; None outside of one.
_at_the_end: ContextVar[list[AuditEntry] | None] = ContextVar("lines at the end", default=None)


def hold_log() -> AuditHead:
    """Take the turn at the log until the transaction ends: whoever else writes a line waits.

    Services that bring shared counts along take it before they touch them, so that all go the same way round.
    Rows that others refer to are locked with no_key=True: PostgreSQL looks at a reference when the transaction ends,
    and whoever has the turn must not wait then for somebody who holds the row and waits for the turn.
    """
    head, _created = AuditHead.objects.select_for_update().get_or_create(pk=1)
    return head


@contextmanager
def logged_at_once() -> Iterator[None]:
    """Many changes in one transaction, whose lines are written together at its end: the turn at the log is short.

    For changes that are all kept or all undone: nothing inside may undo a part and go on.
    """
    with transaction.atomic():
        lines: list[AuditEntry] = []
        token = _at_the_end.set(lines)
        try:
            yield
        finally:
            _at_the_end.reset(token)
        _write(lines)


def record(
    action: str, *, by: User | None, subject: str = "", reason: str = "", data: dict[str, Any] | None = None
) -> AuditEntry:
    """Add a line in the caller's transaction: what is undone was never logged, what is logged was done."""
    line = AuditEntry(happened_at=timezone.now(), action=action, by=by, subject=subject, reason=reason, data=data or {})
    waiting = _at_the_end.get()
    if waiting is None:
        _write([line])
    else:
        waiting.append(line)
    return line


# No savepoint: nobody goes on in a transaction whose log could not be written.
@transaction.atomic(savepoint=False)
def _write(lines: Sequence[AuditEntry]) -> None:
    if not lines:
        return
    head = hold_log()
    for line in lines:
        line.number, line.previous = head.number + 1, head.digest
        line.digest = digest_of(line)
        head.number, head.digest = line.number, line.digest
    AuditEntry.objects.bulk_create(lines)
    head.save()


def digest_of(entry: AuditEntry) -> str:
    """SHA-256 over all that the line says and the digest of the line before."""
    said = [
        entry.number,
        entry.happened_at.isoformat(),
        entry.action,
        entry.by_id,
        entry.subject,
        entry.reason,
        entry.data,
        entry.previous,
    ]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken_lines() -> Iterator[str]:
    """What is wrong with the chain, in words; nothing when it is whole."""
    number, digest = 0, "0" * 64
    for entry in AuditEntry.objects.order_by("number").iterator():
        if entry.number != number + 1:
            yield f"Thiếu {_lines(number + 1, entry.number - 1)}."
        elif entry.previous != digest:
            yield f"Dòng {entry.number} không nối với dòng {number}."
        if digest_of(entry) != entry.digest:
            yield f"Dòng {entry.number} đã bị sửa: {entry.action} {entry.subject}."
        number, digest = entry.number, entry.digest
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if head.number > number:
        yield f"Thiếu {_lines(number + 1, head.number)} ở cuối: nhật ký từng có {head.number} dòng."
    elif (head.number, head.digest) != (number, digest):
        yield f"Đầu chuỗi ghi {head.number} dòng, nhật ký có {number}: dòng cuối hoặc đầu chuỗi đã bị sửa."


def _lines(first: int, last: int) -> str:
    return f"dòng {first}" if first == last else f"dòng {first} đến {last}"
