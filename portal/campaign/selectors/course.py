"""The course of a round as its desk shows it: what is done, what is next, what cannot be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.campaign.enums import Phase, Ranking
from portal.campaign.models import Award, Round
from portal.campaign.rooms import HANDOVER, JUDGING, room_of
from portal.campaign.selectors.closing import settling_of
from portal.campaign.selectors.results import unjudged_codes
from portal.campaign.selectors.setup import Trouble, parts_of, troubles_in

DONE, NOW, LATER = "done", "now", ""


class Step(NamedTuple):
    """A stage before it is known where the round stands."""

    title: str
    is_done: bool
    note: str
    done_at: datetime | None = None
    warning: str = ""


@dataclass(frozen=True)
class Task:
    """The one thing to do next. Without `verb` there is nothing to press: the clock, or somebody else, is at work."""

    sentence: str
    verb: str = ""
    url: str = ""


@dataclass(frozen=True)
class Stage:
    """One stage of the course: done, now, or later."""

    step: Step
    state: str


def moment(value: datetime) -> str:
    """20:00 ngày 06/12/2026."""
    return f"{timezone.localtime(value):%H:%M ngày %d/%m/%Y}"


def going_rounds() -> list[Round]:
    """Rounds that are not over: no results yet, or a prize that nobody has handed over; the first to close on top."""
    unhanded = Award.objects.waiting().values("prize__round")
    going = Round.objects.filter(Q(results_at=None) | Q(pk__in=unhanded))
    return list(going.select_related("game").order_by("closes_at", "pk"))


def next_task(round_: Round) -> Task:
    """What the clerk does now."""
    if round_.erased_at is not None and round_.drawn_at is None:
        return Task("Thông tin người dự thi đã xóa khi chưa bốc thăm, nên vòng này không bốc thăm được nữa.")
    return _TASKS[round_.phase](round_)


def _draft(round_: Round) -> Task:
    troubles = troubles_in(round_)
    if not troubles:
        url = reverse("gamedesk:announce", args=[round_.pk])
        return Task("Đã soạn đủ. Xem lại như bà con thấy, rồi công bố.", "Công bố vòng", url)
    first = next((trouble.part for trouble in troubles if trouble.part), parts_of(round_)[0])
    url = reverse("gamedesk:part", args=[round_.pk, first])
    return Task(f"Còn {len(troubles)} chỗ thiếu. Bắt đầu từ: {first.label}.", "Soạn tiếp", url)


def _announced(round_: Round) -> Task:
    return Task(f"Vòng tự mở lúc {moment(round_.opens_at)}. Chưa phải làm gì.")


def _open(round_: Round) -> Task:
    return Task(f"Bà con đang gửi bài. Vòng tự đóng lúc {moment(round_.closes_at)}.")


def _grace(round_: Round) -> Task:
    return Task(f"Đã đóng; nhà làm dở còn gửi được đến {moment(round_.times.ends_at)}.")


def _closed(round_: Round) -> Task:
    if round_.has_missed_number:
        url = reverse("gamedesk:part", args=[round_.pk, "so-boc-tham"])
        return Task(
            "Số bốc thăm đã có mà danh sách chưa chốt, nên số đó không dùng được. Chọn số khác, nói lý do.",
            "Chọn số khác",
            url,
        )
    if timezone.now() < round_.times.seals_from:
        return Task(f"Nhập nốt phiếu giấy đến {moment(round_.times.seals_from)}; sau đó máy tự chốt danh sách.")
    return Task("Máy tự chốt trong một phút. Chưa thấy thì bấm chốt.", "Chốt danh sách", _url("seal", round_))


def _sealed(round_: Round) -> Task:
    if count := settling_of(round_).count:
        sentence = f"Có {count} bài chưa rõ hộ, hoặc cùng một hộ. Khớp hộ, rồi xét để mỗi hộ một bài."
        return Task(sentence, "Xét bài", _url("settle", round_))
    if round_.ranking == Ranking.JUDGED and (waiting := len(unjudged_codes(round_))):
        room = room_of(JUDGING, round_)
        return Task(f"Giám khảo còn {waiting} bài chưa chấm đủ hai người.", "Xem việc chấm" if room else "", room)
    if round_.seed_known_at is not None and timezone.now() < round_.seed_known_at:
        return Task(f"Số bốc thăm có lúc {moment(round_.seed_known_at)}. Chờ đến giờ đó.")
    return Task("Đã có số bốc thăm. Gõ số vào, có người cùng xem.", "Bốc thăm", _url("draw", round_))


def _drawn(round_: Round) -> Task:
    return Task("Xem lại kết quả và cách hiện tên, rồi công bố.", "Công bố kết quả", _url("publish", round_))


def _published(round_: Round) -> Task:
    waiting = Award.objects.waiting().filter(prize__round=round_).count()
    if not waiting:
        return Task("Đã xong mọi việc của vòng này.")
    room = room_of(HANDOVER, round_)
    return Task(f"Còn {waiting} giải chưa trao tận tay.", "Trao giải" if room else "", room)


_TASKS = {
    Phase.DRAFT: _draft,
    Phase.ANNOUNCED: _announced,
    Phase.OPEN: _open,
    Phase.GRACE: _grace,
    Phase.CLOSED: _closed,
    Phase.SEALED: _sealed,
    Phase.DRAWN: _drawn,
    Phase.PUBLISHED: _published,
}


def _url(name: str, round_: Round) -> str:
    return reverse(f"gamedesk:{name}", args=[round_.pk])


def course_of(round_: Round, troubles: list[Trouble]) -> list[Stage]:
    """All stages from the first draft to the last prize; the first that is not done is where the round stands."""
    stages, is_behind = [], True
    for step in (*_until_sealed(round_, troubles), *_until_handed_over(round_)):
        state = LATER if not is_behind else DONE if step.is_done else NOW
        is_behind = is_behind and step.is_done
        stages.append(Stage(step, state))
    return stages


def _until_sealed(round_: Round, troubles: list[Trouble]) -> list[Step]:
    announced, ends = round_.announced_at, round_.times.ends_at
    missing = f"Còn {len(troubles)} chỗ thiếu." if troubles else "Đủ cả."
    return [
        Step("Soạn vòng", announced is not None or not troubles, missing),
        Step(
            "Công bố thể lệ",
            announced is not None,
            "Bà con thấy vòng và thể lệ.",
            announced,
            "Công bố rồi thì giải thưởng và câu hỏi giữ nguyên; đổi thể lệ thì phải nói lý do.",
        ),
        Step(
            "Nhận bài",
            announced is not None and timezone.now() >= ends,
            f"Từ {moment(round_.opens_at)} đến {moment(round_.closes_at)}.",
        ),
        Step(
            "Chốt danh sách",
            round_.sealed_at is not None,
            f"Máy tự chốt sau {moment(round_.times.seals_from)}.",
            round_.sealed_at,
            "Chốt rồi thì không mở lại.",
        ),
    ]


def _until_handed_over(round_: Round) -> list[Step]:
    awards = Award.objects.filter(prize__round=round_)
    is_settled = round_.drawn_at is not None or (round_.sealed_at is not None and not settling_of(round_).count)
    all_handed = round_.results_at is not None and not awards.waiting().exists()
    known = f"Số có lúc {moment(round_.seed_known_at)}." if round_.seed_known_at else "Chưa nói số lấy từ đâu."
    return [
        Step("Xét mỗi hộ một bài", is_settled, "Bài không xét giải có lý do, ai cũng đọc được."),
        Step("Bốc thăm", round_.drawn_at is not None, known, round_.drawn_at, "Chỉ bốc một lần."),
        Step(
            "Công bố kết quả",
            round_.results_at is not None,
            "Mã, tên của nhà đã đồng ý, đáp án.",
            round_.results_at,
            "Công bố rồi thì không rút lại.",
        ),
        Step("Trao giải", all_handed, "Trao tận tay, có biên nhận."),
    ]
