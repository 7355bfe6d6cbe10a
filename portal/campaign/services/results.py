"""The draw, the ranks, the prizes and their publication; each step once, in this order."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.campaign.draw import draw_order
from portal.campaign.enums import EntryChannel, Ranking, SeedSource
from portal.campaign.models import Award, Draw, Round, SealedList
from portal.campaign.sealing import codes_of
from portal.campaign.selectors.closing import running_entries, seal_is_whole, settling_of
from portal.campaign.selectors.moderation import waiting_entries
from portal.campaign.selectors.results import ranked_entries, unjudged_codes
from portal.campaign.selectors.winners import awards_of, known_owners, wished_form
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.core.text import nfc
from portal.households.enums import ConsentMeans, Purpose
from portal.households.services.consents import Saying, record_consents

MAX_NUMBER = 80
#: How a number of each source is written, so that everyone who draws again types the same.
NUMBER_SHAPES = {
    SeedSource.LOTTERY: (re.compile(r"\d{5,6}"), "Giải đặc biệt có 5 hoặc 6 chữ số, viết liền."),
    SeedSource.DRAND: (re.compile(r"[0-9a-f]{64}"), "Số của drand (randomness) có 64 chữ số và chữ a–f."),
    SeedSource.DICE: (re.compile(r"[1-6]{6,20}"), "Ghi các mặt xúc xắc theo thứ tự gieo, từ 6 đến 20 lần, viết liền."),
}


class DrawRefused(Exception):
    """No draw now; the message is what the clerk reads."""


class ResultsRefused(Exception):
    """The results cannot be fixed or published now."""


@dataclass(frozen=True)
class OutsideNumber:
    """The number, as it was read, and where and by whom it was seen."""

    number: str
    seen: str
    witnesses: str = ""
    #: Name of a picture or PDF in the private store: the slip, or the minutes of the dice.
    evidence: str = ""


def clean_number(source: SeedSource, typed: str) -> str:
    """The number without spaces, in small letters; raises DrawRefused when it is none of that source."""
    number = re.sub(r"\s", "", nfc(typed)).lower()
    shape, sentence = NUMBER_SHAPES[source]
    if not shape.fullmatch(number):
        raise DrawRefused(sentence)
    return number


@transaction.atomic
def draw_round(*, round_: Round, outside: OutsideNumber, by: User, now: datetime | None = None) -> Draw:
    """Order the sealed list by the outside number. Once; after the number could be known; with the list unbroken.

    `now` is this moment unless a round of the past is entered.
    """
    now = now or timezone.now()
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if locked.drawn_at is not None:
        raise DrawRefused("Vòng này đã bốc thăm rồi. Bốc thăm chỉ làm một lần.")
    sealed = SealedList.objects.filter(round=locked).first()
    if sealed is None:
        raise DrawRefused("Chưa chốt danh sách nên chưa bốc thăm được.")
    _check_number(locked, outside, now)
    if not seal_is_whole(locked):
        raise DrawRefused("Có bài đã bị đổi sau khi chốt: danh sách không còn khớp dấu. Xin báo người quản trị.")
    _check_entries(locked)
    number = clean_number(SeedSource(locked.seed_source), outside.number)
    draw = Draw(
        round=locked,
        list_digest=sealed.digest,
        number=number,
        number_seen=outside.seen.strip(),
        witnesses=outside.witnesses.strip(),
        evidence=outside.evidence,
        order=draw_order(sealed.digest, number, codes_of(sealed.text)),
        drawn_at=now,
        drawn_by=by,
    )
    draw.save()
    locked.drawn_at = draw.drawn_at
    locked.save(update_fields=["drawn_at"])
    record("round.draw", by=by, subject=str(locked.pk), data={"digest": sealed.digest, "number": number})
    _give_prizes(locked)
    forget_pages()
    return draw


def _check_number(round_: Round, outside: OutsideNumber, now: datetime) -> None:
    """It is the one that was named beforehand, it can be known by now, and somebody saw it."""
    if not round_.seed_source or round_.seed_known_at is None:
        raise DrawRefused("Chưa nói trước số bốc thăm lấy từ đâu.")
    if now < round_.seed_known_at:
        raise DrawRefused("Chưa đến giờ có số bốc thăm đã nói trước.")
    if not outside.seen.strip():
        raise DrawRefused("Xin ghi thấy số này ở đâu.")
    if round_.seed_source == SeedSource.DICE and not outside.witnesses.strip():
        raise DrawRefused("Gieo xúc xắc thì phải ghi tên người chứng kiến.")


def _check_entries(round_: Round) -> None:
    """All has been said of the entries that people have to say before chance decides."""
    if unsettled := settling_of(round_).count:
        raise DrawRefused(f"Còn {unsettled} bài chưa xét theo hộ. Xin bấm “Xét mỗi hộ một bài” trước.")
    if unseen := len(waiting_entries(round_)):
        raise DrawRefused(f"Còn {unseen} bài có lời kể, ảnh hoặc bị giữ lại mà chưa ai xem. Xem hết rồi mới bốc thăm.")
    if round_.ranking == Ranking.JUDGED and (waiting := unjudged_codes(round_)):
        raise DrawRefused(f"Còn {len(waiting)} bài chưa chấm xong nên chưa bốc thăm được.")


def _give_prizes(round_: Round) -> None:
    """Prizes go down the ranks; fewer entries than prizes leave prizes over."""
    ranked = iter(ranked_entries(round_))
    for prize in round_.prizes.all():
        for _number in range(prize.quantity):
            place = next(ranked, None)
            if place is None:
                return
            Award.objects.create(prize=prize, entry=place.entry, rank=place.rank)


@transaction.atomic
def publish_results(*, round_: Round, by: User, code_only: Collection[str] = (), now: datetime | None = None) -> Round:
    """Let everyone see the winners, the draw and the right answers.

    What the entry allowed is written into the ledger of consents now, as said when the entry came in: a withdrawal
    since then stands. Winners in `code_only` get no such row and are named by their code alone. `now` is this moment
    unless a round of the past is entered.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if locked.drawn_at is None:
        raise ResultsRefused("Chưa bốc thăm nên chưa công bố được.")
    if locked.results_at is None:
        locked.results_at, locked.results_by = now or timezone.now(), by
        locked.save(update_fields=["results_at", "results_by"])
        _write_consents(locked, code_only, by)
        record("round.publish", by=by, subject=str(locked.pk), data={"entries": len(running_entries(locked))})
        forget_pages()
    return locked


def _write_consents(round_: Round, code_only: Collection[str], by: User) -> None:
    entries = [award.entry for award in awards_of(round_) if award.entry.code not in code_only]
    owners = known_owners(round_, entries)
    for entry in entries:
        owner, form = owners.get(entry.code), wished_form(entry)
        if owner is not None and form is not None:
            record_consents(
                household=owner,
                sayings=[Saying(Purpose.WINNER, True, name_form=form)],
                means=ConsentMeans.SIGNED if entry.channel == EntryChannel.PAPER else ConsentMeans.WEB,
                by=by,
                said_at=entry.received_at,
            )
