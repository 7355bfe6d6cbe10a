"""A round is set up, announced, and from then on changed only in the open."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.campaign.clock import SEALING
from portal.campaign.enums import Phase
from portal.campaign.models import GamePage, Judge, Prize, Question, Round, RoundQuestion, RulesChange
from portal.campaign.selectors.setup import RULES, changeable_rules, troubles_of
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import forget_pages


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
def set_judges(*, round_: Round, users: Iterable[User], by: User) -> None:
    """Who judges; before the draw. Whoever has given points stays: what is said is not unsaid by a name struck out."""
    if Round.objects.filter(pk=round_.pk, drawn_at__isnull=False).exists():
        raise RulesAreFixed("Đã bốc thăm: giám khảo không đổi được nữa.")
    wanted = {user.pk for user in users}
    leaving = round_.judges.exclude(user__in=wanted)
    if kept := leaving.filter(scores__isnull=False).select_related("user").first():
        raise RulesAreFixed(f"{kept.user} đã chấm bài nên không bỏ ra được.")
    leaving.delete()
    known = set(round_.judges.values_list("user_id", flat=True))
    Judge.objects.bulk_create(Judge(round=round_, user_id=pk) for pk in sorted(wanted - known))
    record("round.judges", by=by, subject=str(round_.pk), data={"judges": len(wanted)})


@transaction.atomic
def change_round(*, round_: Round, values: Mapping[str, Any], by: User, reason: str = "") -> Round:
    """Write new values. Of an announced round only what may still change, with a reason that the round's page shows."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
    rules = [name for name in changed if name in RULES] if locked.announced_at is not None else []
    before = [_worded(locked, name) for name in rules]
    if rules:
        _check_rules_may_change(locked, changed, reason)
        locked.rules_version += 1
    for name, value in changed.items():
        setattr(locked, name, value)
    if locked.announced_at is not None and (troubles := troubles_of(locked)):
        raise RoundNotReady(troubles)
    locked.save()
    if rules:
        what = [[_label(name), old, _worded(locked, name)] for name, old in zip(rules, before, strict=True)]
        RulesChange(round=locked, version=locked.rules_version, reason=reason.strip(), what=what, changed_by=by).save()
    record("round.change", by=by, subject=str(locked.pk), reason=reason, data={"fields": sorted(changed)})
    forget_pages()
    return locked


@transaction.atomic
def announce_round(*, round_: Round, by: User) -> Round:
    """Show the round and its rules to everyone; questions are taken over word for word."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if locked.announced_at is not None:
        return locked
    if troubles := troubles_of(locked):
        raise RoundNotReady(troubles)
    _take_over_questions(locked)
    locked.announced_at, locked.announced_by = timezone.now(), by
    locked.save()
    record("round.announce", by=by, subject=str(locked.pk))
    forget_pages()
    return locked


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
    now = timezone.now()
    allowed = changeable_rules(round_)
    if not allowed:
        raise RulesAreFixed("Vòng đã đóng: thể lệ không đổi được nữa.")
    if changed.keys() & (RULES - allowed):
        raise RulesAreFixed(_why_fixed(round_))
    if "closes_at" in changed and changed["closes_at"] <= now:
        raise RulesAreFixed("Giờ đóng mới đã qua. Xin đặt giờ sau lúc này.")
    if round_.has_missed_number and changed.get("seed_known_at", now) < now + SEALING:
        raise RulesAreFixed("Số bốc thăm mới phải là số chưa ai biết. Xin ghi lúc có số, ít nhất 5 phút nữa.")
    if not reason.strip():
        raise RulesAreFixed("Đổi thể lệ sau khi công bố thì phải nói lý do; lý do hiện ở trang vòng thi.")


def _why_fixed(round_: Round) -> str:
    if round_.phase == Phase.OPEN:
        return "Vòng đang mở: chỉ đổi giờ đóng, giờ nhập phiếu giấy, ngày xóa và nói rõ thêm số bốc thăm được thôi."
    if round_.phase == Phase.ANNOUNCED:
        return "Đã in phiếu giấy của vòng này: số câu, câu dự đoán và những ngày được ghi không đổi được nữa."
    return "Vòng đã đóng: chỉ chọn được số bốc thăm khác, vì số cũ đã có mà danh sách chưa chốt."


def _label(name: str) -> str:
    return next(str(field.verbose_name) for field in Round._meta.fields if field.name == name)


def _worded(round_: Round, name: str) -> str:
    """The value as people read it."""
    value = getattr(round_, name)
    if value is None or value == "":
        return "không có"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    shown = getattr(round_, f"get_{name}_display", None)
    return str(shown() if shown else value)
