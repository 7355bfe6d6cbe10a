"""“Tin này có thật của xã không?”: a code and a text that somebody got, held against what really went out."""

import re
from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone

from portal.campaign.messages import GAP, Piece, compared, differences, is_same_fake, text_digest
from portal.campaign.models import KnownScam, OfficialMessage, Round
from portal.campaign.models.draws import MESSAGE_PREFIX
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.selectors.winners import awards_of
from portal.core.channels.spoken import spoken
from portal.core.codes import CodeRefused, read_drawn_code, spoken_code
from portal.core.text import nfc

_CODE_IN_TEXT = re.compile(rf"\b{MESSAGE_PREFIX}[\s-]?\w{{4}}[\s-]?\w{{4}}\b", re.IGNORECASE)
_DRAWN_CODE = re.compile(rf"\b(?:{MESSAGE_PREFIX}|{ENTRY_PREFIX})-\w{{4}}-\w{{4}}\b")


class Answer(models.TextChoices):
    """What the commune says of a text (trả lời)."""

    OURS = "that", "Đúng là tin của xã"
    EXPIRED = "het-han", "Tin của xã, nhưng đã hết hạn"
    CHANGED = "khac-loi", "Mã đúng nhưng lời khác"
    SCAM = "tin-gia", "Giống tin giả đã biết"
    UNKNOWN = "khong-co", "Xã không phát tin này"


@dataclass(frozen=True)
class Verdict:
    """The answer with what it rests on."""

    answer: Answer
    message: OfficialMessage | None = None
    scam: KnownScam | None = None
    pieces: list[Piece] = field(default_factory=list)


def verdict_on(code: str, text: str) -> Verdict:
    """Read the code alone, the text alone, or both. A known fake stays a fake, whatever code stands in it."""
    message = _message_of(code, text)
    is_whole = message is not None and (not text or text_digest(text) == message.digest)
    if message is not None and is_whole:
        is_over = message.valid_until < timezone.localdate()
        return Verdict(Answer.EXPIRED if is_over else Answer.OURS, message)
    scam = next((row for row in KnownScam.objects.all() if is_same_fake(text, row.text)), None)
    if scam is not None:
        return Verdict(Answer.SCAM, scam=scam)
    if message is not None:
        return Verdict(Answer.CHANGED, message, pieces=differences(message.text, text))
    return Verdict(Answer.UNKNOWN)


def _message_of(code: str, text: str) -> OfficialMessage | None:
    """By the code that was typed, else by the one in the text, else by the text itself."""
    if not code and (found := _CODE_IN_TEXT.search(nfc(text))):
        code = found.group()
    if code:
        try:
            return OfficialMessage.objects.filter(code=read_drawn_code(MESSAGE_PREFIX, code)).first()
        except CodeRefused:
            return None
    return OfficialMessage.objects.filter(digest=text_digest(text)).first() if compared(text) else None


def winners_text(round_: Round) -> str:
    """The plain text that a round's winners get, by code alone, with gaps for place and hours."""
    won = "\n".join(f"- {award.entry.code}: {award.prize.name}, {award.prize.gift}." for award in awards_of(round_))
    return (
        f"Kính báo kết quả {round_}. Các bài được thưởng:\n{won}\n"
        f"Mời các nhà mang giấy nhận hoặc cuống phiếu đến {GAP}, từ {GAP} đến {GAP}, gặp {GAP}."
    )


def aloud(message: OfficialMessage) -> str:
    """The text as the announcer reads it: codes letter by letter, numbers and days in words."""
    said = _DRAWN_CODE.sub(lambda match: spoken_code(match.group()), message.text)
    # The announcer's word for a link is “đường dẫn”; “đường link” would become “đường đường dẫn”.
    said = said.replace("đường link", "link")
    return spoken(said, year=timezone.localdate(message.issued_at).year)
