"""A round is set up, announced, and from then on changed only in the open."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.campaign.enums import Phase, Ranking
from portal.campaign.kinds import kind_of
from portal.campaign.models import GamePage, Prize, Question, Round, RoundQuestion
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages

#: What families rely on once a round is announced; a change before the close makes a new version of the rules.
RULES = (
    "opens_at", "closes_at", "grace_minutes", "question_count", "prediction_of", "days_from", "days_to", "takes_photo",
    "ranking", "by_time", "counting_rule", "seed_source", "seed_words", "seed_known_at", "erase_on",
)  # fmt: skip
MIN_JUDGES = 2


class RoundNotReady(Exception):
    """Something is missing before the round can be announced; `troubles` says all of it."""

    def __init__(self, troubles: list[str]) -> None:
        super().__init__(" ".join(troubles))
        self.troubles = troubles


class RulesAreFixed(Exception):
    """Families have begun to play by these rules; the message is what the clerk reads."""


@transaction.atomic
def create_round(*, game: GamePage, values: Mapping[str, Any], by: User) -> Round:
    """A further round of the game, not yet to be seen by anyone."""
    last = Round.objects.select_for_update(of=("self",)).filter(game=game).order_by("-number").first()
    round_ = Round(game=game, number=last.number + 1 if last else 1, **values)
    round_.save()
    record("round.create", by=by, subject=str(round_.pk))
    return round_


@transaction.atomic
def set_prizes(*, round_: Round, prizes: Iterable[Mapping[str, Any]], by: User) -> None:
    """Replace the prizes of a round that is not announced yet."""
    _refuse_once_announced(round_)
    round_.prizes.all().delete()
    for position, values in enumerate(prizes, start=1):
        Prize.objects.create(round=round_, position=position, **values)
    record("round.prizes", by=by, subject=str(round_.pk))


@transaction.atomic
def choose_questions(*, round_: Round, questions: Iterable[Question], by: User) -> None:
    """The part of the bank that the round draws from."""
    _refuse_once_announced(round_)
    round_.questions.all().delete()
    RoundQuestion.objects.bulk_create(
        RoundQuestion(round=round_, question=question, difficulty=question.difficulty) for question in questions
    )
    record("round.questions", by=by, subject=str(round_.pk))


@transaction.atomic
def change_round(*, round_: Round, values: Mapping[str, Any], by: User, reason: str = "") -> Round:
    """Write new values. Of an announced round only before it closes, with a reason that the round's page shows."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    if locked.announced_at is not None and changed.keys() & set(RULES):
        _check_rules_may_change(locked, changed, reason)
        locked.rules_version += 1
        locked.rules_note = reason
    for name, value in changed.items():
        setattr(locked, name, value)
    if locked.announced_at is not None and (troubles := troubles_of(locked)):
        raise RoundNotReady(troubles)
    locked.save()
    record("round.change", by=by, subject=str(locked.pk), reason=reason, data={"fields": sorted(changed)})
    forget_pages()
    return locked


@transaction.atomic
def announce_round(*, round_: Round, by: User) -> Round:
    """Show the round and its rules to everyone; questions are taken over word for word."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if locked.announced_at is not None:
        return locked
    troubles = troubles_of(locked)
    if locked.closes_at <= timezone.now():
        troubles.append("Giờ đóng đã qua. Xin đặt lại giờ mở và giờ đóng.")
    if troubles:
        raise RoundNotReady(troubles)
    _take_over_questions(locked)
    locked.announced_at, locked.announced_by = timezone.now(), by
    locked.save()
    record("round.announce", by=by, subject=str(locked.pk))
    forget_pages()
    return locked


def troubles_of(round_: Round) -> list[str]:
    """What is still missing, each in one sentence; empty when the round may be announced."""
    found = kind_of(round_).troubles(round_)
    if not round_.prizes.exists():
        found.append("Chưa có giải nào. Xin ghi ít nhất một giải, dù chỉ là lời khen.")
    if not (round_.seed_source and round_.seed_words and round_.seed_known_at):
        found.append("Xin ghi rõ số bốc thăm lấy từ đâu và có lúc nào; phải nói trước khi vòng đóng.")
    elif round_.seed_known_at <= round_.times.ends_at:
        found.append("Số bốc thăm phải có sau khi hết giờ nhận bài, để không ai biết trước.")
    if round_.ranking == Ranking.JUDGED and round_.judges.count() < MIN_JUDGES:
        found.append(f"Vòng có chấm điểm cần ít nhất {MIN_JUDGES} giám khảo.")
    if round_.erase_on <= timezone.localtime(round_.closes_at).date():
        found.append("Ngày xóa thông tin phải sau ngày đóng.")
    if not round_.game.live:
        found.append("Trang giới thiệu minigame chưa được đăng. Xin đăng trang đó trước.")
    return found


def _take_over_questions(round_: Round) -> None:
    """Word for word, the answers under numbers thrown anew: those of the bank tell in which order they were typed."""
    chosen = round_.questions.select_related("question").prefetch_related("question__options")
    for row in chosen:
        options = list(row.question.options.all())
        secrets.SystemRandom().shuffle(options)
        row.text = row.question.text
        row.options = [[number, option.text] for number, option in enumerate(options, start=1)]
        row.right = next(number for number, option in enumerate(options, start=1) if option.is_right)
        row.difficulty = row.question.difficulty
        row.save()


def _refuse_once_announced(round_: Round) -> None:
    if Round.objects.filter(pk=round_.pk, announced_at__isnull=False).exists():
        raise RulesAreFixed("Vòng đã công bố: giải thưởng và câu hỏi không đổi được nữa.")


def _check_rules_may_change(round_: Round, changed: Mapping[str, Any], reason: str) -> None:
    now: datetime = timezone.now()
    if round_.phase not in {Phase.ANNOUNCED, Phase.OPEN}:
        raise RulesAreFixed("Vòng đã đóng: thể lệ không đổi được nữa.")
    if round_.phase == Phase.OPEN and changed.keys() - {"closes_at", "seed_words", "seed_known_at", "erase_on"}:
        raise RulesAreFixed("Vòng đang mở: chỉ lùi giờ đóng và nói rõ thêm số bốc thăm được thôi.")
    if "closes_at" in changed and changed["closes_at"] <= now:
        raise RulesAreFixed("Giờ đóng mới đã qua. Xin đặt giờ sau lúc này.")
    if not reason.strip():
        raise RulesAreFixed("Đổi thể lệ sau khi công bố thì phải nói lý do; lý do hiện ở trang vòng thi.")
