"""Writes and checks the chained log. A line names codes, never a phone or a name."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.models.audit import AuditEntry, AuditHead
from portal.core.models.users import User


def hold_log() -> AuditHead:
    """Take the turn at the log until the transaction ends: whoever else writes a line waits.

    Services that bring shared counts along take it before they touch them, so that all go the same way round.
    """
    head, _created = AuditHead.objects.select_for_update().get_or_create(pk=1)
    return head


@transaction.atomic
def record(
    action: str, *, by: User | None, subject: str = "", reason: str = "", data: dict[str, Any] | None = None
) -> AuditEntry:
    """Add a line in the caller's transaction: what is undone was never logged, what is logged was done."""
    head = hold_log()
    entry = AuditEntry(
        number=head.number + 1,
        happened_at=timezone.now(),
        action=action,
        by=by,
        subject=subject,
        reason=reason,
        data=data or {},
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save()
    head.number, head.digest = entry.number, entry.digest
    head.save()
    return entry


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
