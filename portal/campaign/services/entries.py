"""An entry comes in: one insert, one receipt, however often the form is sent (invariant 8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.campaign.clock import accepts, accepts_paper
from portal.campaign.entrants import entrant_key
from portal.campaign.enums import EntryChannel, Phase
from portal.campaign.models import Entry, EntryPhoto, Round
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.sealing import content_digest
from portal.campaign.selectors.entries import held_tokens_like, receipt_of, receipts_of
from portal.campaign.selectors.moderation import refusal_of
from portal.campaign.services.inserting import insert_entries
from portal.core.codes import drawn_code
from portal.core.models import User
from portal.core.private_files import keep_private, private_storage
from portal.core.together import NotTogether, Together
from portal.households.services.secret_numbers import secret_of_token

#: Entries (not versions) of one family in one round; a shared phone and a helper make a second one normal. Entries
#: with the family's secret number are counted apart: a stranger who knows the code cannot use up the family's own.
MAX_PER_FAMILY = 3
#: Versions of one entry; who needs more is a machine.
MAX_VERSIONS = 30
PHOTO_FOLDER = "minigame"


class EntryRefused(Exception):
    """The entry is not taken; the message is for the family."""


class RoundClosed(EntryRefused):
    """Too early, or too late."""


class EntryLimitReached(EntryRefused):
    """The household, or the entry, has been sent often enough."""


class Verdict(Enum):
    """What becomes of a form that is not refused."""

    NEW = "new"
    KNOWN = "known"


@dataclass(frozen=True)
class Photo:
    """A picture made fit to keep: small, upright, without metadata."""

    content: Any
    digest: str


@dataclass(frozen=True)
class Sending:
    """An entry form, read and checked. `changes` is the version that it changes, or None for a new entry."""

    token: UUID
    opened_at: datetime
    content: Mapping[str, Any]
    household_id: int | None = None
    root_id: int | None = None
    is_confirmed: bool = False
    head_name: str = ""
    village_id: int | None = None
    phone: str = ""
    shown_as: str = ""
    channel: EntryChannel = EntryChannel.WEB
    #: Code of the printed sheet, which is the entry's.
    sheet_code: str = ""
    is_held: bool = False
    photo: Photo | None = None
    changes: Entry | None = None
    #: Of paper: when the team took it, which stands for the moment of arrival.
    handed_in_at: datetime | None = None


@dataclass(frozen=True)
class Arrival:
    """A sending on its way in, and the row that it becomes."""

    round: Round
    sending: Sending
    now: datetime
    entry: Entry
    #: Name of its picture in the private store.
    stored: str


def submit_entry(*, round_: Round, sending: Sending, now: datetime, by: User | None = None) -> Entry:
    """Take the sending and return what is committed; the same form again returns the same row and writes nothing.

    `now` is when the request arrived, which is what decides about the hour; paper is as early as it was handed in.
    Raises EntryRefused.
    """
    stored = keep_private(sending.photo.content, folder=PHOTO_FOLDER) if sending.photo else ""
    arrival = Arrival(round_, sending, now, entry_of(round_, sending, now, by), stored)
    try:
        outcome = _take_in(arrival)
    except IntegrityError:
        # The same form arrived twice at the same instant, or two changes of one entry did.
        _drop(stored)
        return _written(sending, receipt_of(sending.token))
    if isinstance(outcome, EntryRefused):
        _drop(stored)
        raise outcome
    return _written(sending, outcome)


def take_together(arrivals: Sequence[Arrival]) -> list[Entry | EntryRefused | None]:
    """Write what may come in, in one transaction; returns what is committed under each form's token, read back.

    Raises IntegrityError as `submit_entry` explains, RoundClosed when a list was sealed meanwhile, and NotTogether.
    """
    entries = [arrival.entry for arrival in arrivals]
    if len({entry.entrant or entry.code for entry in entries}) < len(entries):
        raise NotTogether
    with transaction.atomic():
        known = held_tokens_like(entries)
        verdicts = [_verdict(arrival, tokens) for arrival, tokens in zip(arrivals, known, strict=True)]
        new = [arrival for arrival, verdict in zip(arrivals, verdicts, strict=True) if verdict is Verdict.NEW]
        insert_entries([arrival.entry for arrival in new])
        for round_ in {arrival.round.pk: arrival.round for arrival in new}.values():
            _refuse_once_sealed(round_)
        photos = [
            EntryPhoto(entry=arrival.entry, name=arrival.stored, digest=arrival.sending.photo.digest)
            for arrival in new
            if arrival.sending.photo
        ]
        if photos:
            EntryPhoto.objects.bulk_create(photos)
    for arrival, verdict in zip(arrivals, verdicts, strict=True):
        if verdict is Verdict.KNOWN:
            _drop(arrival.stored)
    written = receipts_of(arrival.sending.token for arrival in arrivals)
    return [
        verdict if isinstance(verdict, EntryRefused) else written.get(arrival.sending.token)
        for arrival, verdict in zip(arrivals, verdicts, strict=True)
    ]


_take_in = Together(take_together)


def secret_of_entry(entry: Entry) -> str:
    """The six digits on the entry's receipt; derived, never stored."""
    return secret_of_first_token(entry.first_token)


def secret_of_first_token(token: UUID) -> str:
    """The same before the entry is there: a printed sheet's token becomes its entry's first one."""
    return secret_of_token(f"bai-du-thi {token}")


def entry_of(round_: Round, sending: Sending, now: datetime, by: User | None = None) -> Entry:
    """The row that a sending becomes, not yet written."""
    before = sending.changes
    code = before.code if before else sending.sheet_code or drawn_code(ENTRY_PREFIX)
    first_token = before.first_token if before else sending.token
    return Entry(
        token=sending.token,
        code=code,
        version=before.version + 1 if before else 1,
        first_token=first_token,
        round=round_,
        channel=sending.channel,
        household_id=sending.household_id,
        is_confirmed=sending.is_confirmed,
        head_name=sending.head_name,
        village_id=sending.village_id,
        phone=sending.phone,
        entrant=before.entrant if before else _entrant(round_, sending),
        content=dict(sending.content),
        shown_as=sending.shown_as,
        rules_version=round_.rules_version,
        opened_at=sending.opened_at,
        received_at=sending.handed_in_at or now,
        is_late=sending.handed_in_at is None and now >= round_.closes_at,
        # Who was held stays held: changing an entry is no proof of anything.
        is_held=sending.is_held or bool(before and before.is_held),
        digest=content_digest(first_token, code, sending.content),
        entered_by=by,
    )


def _check_hour(round_: Round, sending: Sending, now: datetime) -> None:
    if round_.erased_at is not None:
        raise RoundClosed("Thông tin người dự thi của vòng này đã xóa, không nhận thêm bài.")
    if sending.handed_in_at is not None:
        if sending.handed_in_at > now or not accepts_paper(sending.handed_in_at, round_.times):
            raise RoundClosed("Phiếu nộp ngoài giờ của vòng, hoặc danh sách đã chốt: không nhập được nữa.")
        return
    if accepts(now, sending.opened_at, round_.times):
        return
    if round_.phase in {Phase.DRAFT, Phase.ANNOUNCED}:
        raise RoundClosed("Vòng này chưa mở. Xin xem giờ mở ở trang vòng thi.")
    raise RoundClosed("Vòng này đã đóng nên bài không được nhận. Mời nhà mình chơi vòng sau.")


def _check_not_erased(sending: Sending) -> None:
    before = sending.changes
    if before is not None and Entry.objects.filter(code=before.code, erased_at__isnull=False).exists():
        raise EntryRefused("Bài này đã được xóa theo ý gia đình nên không sửa được nữa.")


def _check_not_refused(sending: Sending) -> None:
    refusal = refusal_of(sending.changes.code) if sending.changes else None
    if refusal is not None:
        raise EntryRefused(f"Bài này xã không nhận: {refusal.reason}")


def _refuse_once_sealed(round_: Round) -> None:
    """Nothing comes in behind a sealed list. Written first: the row waits for a sealing that holds the round."""
    if timezone.now() < round_.times.ends_at:
        return
    if Round.objects.filter(pk=round_.pk, sealed_at__isnull=False).exists():
        raise RoundClosed("Danh sách của vòng này đã chốt nên bài không được nhận. Mời nhà mình chơi vòng sau.")


def _entrant(round_: Round, sending: Sending) -> str:
    return entrant_key(
        round_.secret, root_id=sending.root_id, head_name=sending.head_name, village_id=sending.village_id
    )


def _check_versions(sending: Sending) -> None:
    if sending.changes is not None and sending.changes.version >= MAX_VERSIONS:
        raise EntryLimitReached(f"Bài này đã sửa {MAX_VERSIONS} lần, không sửa được nữa.")


def _verdict(arrival: Arrival, tokens: Collection[UUID]) -> Verdict | EntryRefused:
    """What may become of the arrival; `tokens` as `held_tokens_like` gives them."""
    sending, entry = arrival.sending, arrival.entry
    if sending.token in tokens:
        return Verdict.KNOWN
    try:
        _check_hour(arrival.round, sending, arrival.now)
        _check_versions(sending)
        _check_not_refused(sending)
        _check_not_erased(sending)
        if entry.version == 1 and len(tokens) >= MAX_PER_FAMILY:
            _refuse_more_of(entry)
    except EntryRefused as refusal:
        return refusal
    return Verdict.NEW


def _refuse_more_of(entry: Entry) -> None:
    if entry.is_confirmed or entry.household_id is None:
        raise EntryLimitReached(
            f"Nhà mình đã gửi {MAX_PER_FAMILY} bài trong vòng. Muốn đổi câu trả lời, xin mở bài đã gửi để sửa."
        )
    raise EntryLimitReached(
        f"Đã có {MAX_PER_FAMILY} bài gửi bằng mã hộ này. Muốn đổi câu trả lời, xin mở bài đã gửi để sửa. "
        "Bài đó không phải của nhà mình thì điền thêm số bí mật rồi gửi."
    )


def _written(sending: Sending, entry: Entry | None) -> Entry:
    """What is committed under this form's token, as it was read back."""
    if entry is not None:
        return entry
    if sending.changes is not None:
        raise EntryRefused("Bài này vừa được sửa ở chỗ khác. Xin mở lại bài rồi gửi lần nữa.")
    raise EntryRefused("Chưa gửi được bài. Xin bấm gửi lần nữa; chữ đã điền vẫn còn.")


def _drop(stored: str) -> None:
    if stored:
        private_storage.delete(stored)
