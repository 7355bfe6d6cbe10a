"""A prize goes into somebody's hands, waits for somebody who did not come, or was noted wrongly and is noted anew.

Whatever is said is a row of its own; the award shows where it stands now.
"""

import hmac
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.campaign.enums import HandoverCheck, HandoverSaying
from portal.campaign.models import Award, Entry, Handover
from portal.campaign.services.entries import secret_of_entry
from portal.core.audit import record
from portal.core.models import User
from portal.core.private_files import keep_private, private_storage
from portal.core.tries import Tries

FOLDER = "minigame-bien-nhan"
TRIES = "trao-giai"
LOCKED = "Nhập sai nhiều lần. Đợi 15 phút rồi thử lại, hoặc mời người nhận đến xã gặp cán bộ."
NOT_OUT = "Chưa công bố kết quả nên chưa trao giải."


class HandoverRefused(Exception):
    """Not handed over, or not noted; the message is what the member of staff reads."""


class StubRefused(HandoverRefused):
    """The secret number is not the stub's."""


@dataclass(frozen=True)
class HandedOver:
    """Who received the prize, and how it was made sure that it is the right one; `receipt` is the signed paper."""

    receiver: str
    check: HandoverCheck
    secret: str = ""
    note: str = ""
    receipt: Any = None


def hand_over(*, award: Award, handed: HandedOver, by: User) -> Award:
    """Note that the prize was handed over, once; the paper is kept only with a handover that was noted."""
    if handed.check == HandoverCheck.STUB:
        _check_stub(award.entry, handed.secret)
    name = keep_private(handed.receipt, folder=FOLDER) if handed.receipt else ""
    try:
        return _note_handed(award, handed, name, by)
    except BaseException:
        if name:
            private_storage.delete(name)
        raise


def _check_stub(entry: Entry, typed: str) -> None:
    tries = Tries(f"{TRIES}.{entry.code}")
    if not tries.left:
        raise StubRefused(LOCKED)
    digits = "".join(char for char in typed if char.isascii() and char.isdigit())
    if not hmac.compare_digest(secret_of_entry(entry), digits):
        left = tries.miss()
        raise StubRefused(f"Số bí mật không khớp với mã bài này. Còn {left} lần thử." if left else LOCKED)
    tries.forget()


@transaction.atomic
def _note_handed(award: Award, handed: HandedOver, receipt: str, by: User) -> Award:
    locked = _locked(award)
    if locked.handed_at is not None:
        raise HandoverRefused("Giải này đã ghi là trao rồi.")
    locked.handed_at, locked.handed_by, locked.missed_at = timezone.now(), by, None
    locked.receiver, locked.handed_check, locked.note = handed.receiver, handed.check, handed.note
    locked.receipt_name = receipt
    locked.save()
    _say(locked, HandoverSaying.HANDED, by, note=handed.note)
    record("award.hand", by=by, subject=locked.entry.code, data={"prize": locked.prize_id, "check": handed.check})
    return locked


@transaction.atomic
def mark_missed(*, award: Award, reason: str, by: User) -> Award:
    """Nobody came for it by the day that was told; the prize stays with the commune and nobody else gets it."""
    locked = _locked(award)
    if locked.handed_at is not None:
        raise HandoverRefused("Giải này đã trao rồi.")
    if locked.missed_at is not None:
        raise HandoverRefused("Giải này đã ghi là chưa đến nhận.")
    locked.missed_at, locked.note = timezone.now(), reason
    locked.save(update_fields=["missed_at", "note"])
    _say(locked, HandoverSaying.MISSED, by, note=reason)
    record("award.miss", by=by, subject=locked.entry.code, reason=reason)
    return locked


@transaction.atomic
def take_back(*, award: Award, reason: str, by: User) -> Award:
    """What was noted last was wrong: the prize waits again, and both the error and its reason stay on record."""
    locked = _locked(award)
    if locked.handed_at is None and locked.missed_at is None:
        raise HandoverRefused("Giải này chưa ghi gì nên không có gì để rút lại.")
    locked.handed_at = locked.handed_by = locked.missed_at = None
    locked.receiver = locked.handed_check = locked.note = locked.receipt_name = ""
    locked.save()
    _say(locked, HandoverSaying.TAKEN_BACK, by, note=reason)
    record("award.take_back", by=by, subject=locked.entry.code, reason=reason)
    return locked


def _locked(award: Award) -> Award:
    locked = Award.objects.select_for_update(of=("self",)).select_related("entry", "prize__round").get(pk=award.pk)
    if locked.prize.round.results_at is None:
        raise HandoverRefused(NOT_OUT)
    return locked


def _say(award: Award, saying: HandoverSaying, by: User, note: str) -> None:
    Handover(
        award=award,
        saying=saying,
        receiver=award.receiver,
        checked_by=award.handed_check,
        note=note,
        receipt_name=award.receipt_name,
        said_by=by,
    ).save()
