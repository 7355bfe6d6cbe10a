"""Texts of the commune get a code and go out; fakes that went round are kept to warn by."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from portal.campaign.enums import MessageChannel
from portal.campaign.messages import GAP, refused_words, text_digest, with_promise
from portal.campaign.models import KnownScam, OfficialMessage, Round
from portal.campaign.models.draws import MESSAGE_PREFIX
from portal.core.audit import record
from portal.core.codes import drawn_code
from portal.core.models import User


class MessageRefused(Exception):
    """No text of the commune; the message says which words, and is what the clerk reads."""


@dataclass(frozen=True)
class Wording:
    """What goes out, how, and until when it is true."""

    text: str
    channel: MessageChannel
    valid_until: date
    round: Round | None = None


def check_text(text: str, hotline: str) -> None:
    """Raises MessageRefused for a text that a swindler could have written, or that still has a gap."""
    if GAP in text or "..." in text:
        raise MessageRefused("Còn chỗ “…” chưa điền.")
    if found := refused_words(text, hotline):
        quoted = ", ".join(f"“{word}”" for word in found)
        raise MessageRefused(
            f"Tin của xã không có: {quoted}. Xin bỏ những chữ đó; câu xã không thu tiền, không hỏi OTP máy tự thêm."
        )


@transaction.atomic
def issue_message(*, wording: Wording, hotline: str, by: User) -> OfficialMessage:
    """Give the text its code, with the promise under it; it cannot be changed afterwards."""
    check_text(wording.text, hotline)
    code = drawn_code(MESSAGE_PREFIX)
    text = with_promise(wording.text, code)
    row = OfficialMessage(
        code=code,
        round=wording.round,
        channel=wording.channel,
        text=text,
        digest=text_digest(text),
        valid_until=wording.valid_until,
        issued_by=by,
    )
    row.save()
    record("message.issue", by=by, subject=code, data={"round": wording.round.pk if wording.round else None})
    return row


@transaction.atomic
def note_scam(*, text: str, advice: str, seen_on: date, by: User) -> KnownScam:
    """A fake text that somebody brought in."""
    row = KnownScam.objects.create(text=text, advice=advice, seen_on=seen_on)
    record("scam.note", by=by, subject=str(row.pk))
    return row


@transaction.atomic
def drop_scam(*, scam: KnownScam, by: User) -> None:
    """Take a text off the list of fakes."""
    record("scam.drop", by=by, subject=str(scam.pk))
    scam.delete()
