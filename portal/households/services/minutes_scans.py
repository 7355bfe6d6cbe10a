"""The signed minutes as scanned: added by the village or the office, never taken away once the list was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from portal.core.audit import record
from portal.core.models import User
from portal.core.private_files import keep_private, private_storage
from portal.households.models import MinutesScan, Proposal

FOLDER = "bien-ban"


class ScanKept(Exception):
    """The page stays: the list was sent with it."""


@dataclass(frozen=True)
class ScannedFile:
    """A file that was made safe, and the digest of what was sent."""

    digest: str
    content: ContentFile[bytes]


def add_minutes_scans(*, proposal: Proposal, files: Sequence[ScannedFile], by: User) -> int:
    """Keep these pages in their order; how many of them were new."""
    kept: list[str] = []
    try:
        with transaction.atomic():
            # The list's row is the lock: the same form sent twice adds its pages once.
            locked = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
            known = set(locked.minutes_scans.values_list("digest", flat=True))
            for file in files:
                if file.digest in known:
                    continue
                kept.append(keep_private(file.content, folder=FOLDER))
                MinutesScan.objects.create(proposal=locked, name=kept[-1], digest=file.digest, added_by=by)
                known.add(file.digest)
            if kept:
                record("minutes.scan_add", by=by, subject=str(locked.pk), data={"pages": len(kept)})
    except BaseException:
        for name in kept:
            private_storage.delete(name)
        raise
    return len(kept)


@transaction.atomic
def drop_minutes_scan(*, scan: MinutesScan, by: User) -> None:
    """Take out a page added by mistake, while the list has never been sent."""
    locked = Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=scan.proposal_id)
    if locked.submitted_at is not None:
        raise ScanKept("Danh sách đã gửi xã, trang đã nộp thì giữ lại. Chụp lại cho rõ thì thêm trang mới.")
    record("minutes.scan_drop", by=by, subject=str(locked.pk), data={"scan": scan.pk})
    scan.delete()
    transaction.on_commit(partial(private_storage.delete, scan.name))
