"""What a round still lacks before it can be announced, and what of it may still be changed."""

from dataclasses import dataclass

from django.utils import timezone

from portal.campaign.clock import SEALING
from portal.campaign.enums import Part, Phase, Ranking
from portal.campaign.kinds import kind_of
from portal.campaign.models import Round

#: What families rely on once a round is announced; a change before the close makes a new version of the rules.
RULES = frozenset(
    (
        "opens_at", "closes_at", "grace_minutes", "paper_until", "question_count", "prediction_of", "days_from",
        "days_to", "takes_photo", "ranking", "by_time", "counting_rule", "seed_source", "seed_words", "seed_known_at",
        "erase_on",
    )
)  # fmt: skip
NUMBER_RULES = frozenset({"seed_source", "seed_words", "seed_known_at"})
#: What does not touch those who have entered already.
OPEN_RULES = frozenset({"closes_at", "paper_until", "seed_words", "seed_known_at", "erase_on"})
#: What a printed sheet asks: it is typed in as it was printed.
ASKED_ON_PAPER = frozenset({"question_count", "prediction_of", "days_from", "days_to"})
MIN_JUDGES = 2


@dataclass(frozen=True)
class Trouble:
    """Something is missing: one sentence for the clerk, and the page on which it is put right."""

    sentence: str
    part: Part | None = None


def parts_of(round_: Round) -> list[Part]:
    """The pages of this round's set-up, in the order in which they are filled in."""
    parts = [Part.HOURS, Part.RULES]
    if kind_of(round_).has_questions:
        parts.append(Part.QUESTIONS)
    parts += [Part.NUMBER, Part.PRIZES]
    return [*parts, Part.JUDGES] if round_.ranking == Ranking.JUDGED else parts


def troubles_in(round_: Round) -> list[Trouble]:
    """All that is missing; empty when the round may be announced."""
    kind = kind_of(round_)
    part = Part.QUESTIONS if kind.has_questions else Part.RULES
    found = [*_hours(round_), *(Trouble(sentence, part) for sentence in kind.troubles(round_)), *_number(round_)]
    if not round_.prizes.exists():
        found.append(Trouble("Chưa có giải nào. Xin ghi ít nhất một giải, dù chỉ là lời khen.", Part.PRIZES))
    if round_.ranking == Ranking.JUDGED and round_.judges.count() < MIN_JUDGES:
        found.append(Trouble(f"Vòng có chấm điểm cần ít nhất {MIN_JUDGES} giám khảo.", Part.JUDGES))
    if not round_.game.live:
        found.append(Trouble("Trang giới thiệu minigame chưa được đăng. Xin nhờ người duyệt bài đăng trang đó trước."))
    return found


def troubles_of(round_: Round) -> list[str]:
    """The sentences alone."""
    return [trouble.sentence for trouble in troubles_in(round_)]


def changeable_rules(round_: Round) -> frozenset[str]:
    """Rules that may be changed right now; of an announced round only in the open."""
    if round_.phase in {Phase.DRAFT, Phase.ANNOUNCED}:
        return RULES - ASKED_ON_PAPER if round_.pk and round_.sheets.exists() else RULES
    if round_.phase == Phase.OPEN:
        return OPEN_RULES
    return NUMBER_RULES if round_.has_missed_number else frozenset()


def _hours(round_: Round) -> list[Trouble]:
    found = []
    if round_.phase == Phase.DRAFT and round_.closes_at <= timezone.now():
        found.append(Trouble("Giờ đóng đã qua. Xin đặt lại giờ mở và giờ đóng.", Part.HOURS))
    if round_.erase_on <= timezone.localtime(round_.closes_at).date():
        found.append(Trouble("Ngày xóa thông tin phải sau ngày đóng.", Part.HOURS))
    return found


def _number(round_: Round) -> list[Trouble]:
    if not (round_.seed_source and round_.seed_words and round_.seed_known_at):
        sentence = "Xin ghi rõ số bốc thăm lấy từ đâu và có lúc nào; phải nói trước khi vòng đóng."
    elif round_.seed_known_at < round_.times.seals_from + SEALING:
        sealed = timezone.localtime(round_.times.seals_from + SEALING)
        sentence = (
            "Số bốc thăm phải có sau khi hết giờ nhận bài và chốt danh sách, để không ai biết trước: "
            f"sau {sealed:%H:%M ngày %d/%m/%Y}."
        )
    else:
        return []
    return [Trouble(sentence, Part.NUMBER)]
