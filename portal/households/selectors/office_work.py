"""What waits for the register office: one line each, with a day and one verb, the oldest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from portal.core.models import User
from portal.households.enums import OPEN_HELP_STATES, ProposalState, ReportState
from portal.households.models import HelpRequest, PeriodClose, Proposal, SensitiveChange, VillageReport
from portal.households.selectors.data_requests import open_data_requests
from portal.households.selectors.doubts import open_doubts
from portal.households.selectors.duplicate_queue import likely_pairs
from portal.households.selectors.objections import open_objections
from portal.households.selectors.rechecks import open_cases
from portal.households.selectors.titles import lists_in
from portal.households.selectors.village_reports import PeriodLine, period_lines


@dataclass(frozen=True)
class OfficeTask:
    """One thing to do. `day` is the last one for it where `is_due`, else the one since which it waits."""

    kind: str
    title: str
    words: str
    day: date
    verb: str
    url: str
    is_due: bool = False
    #: How many things the line stands for.
    count: int = 1

    @property
    def days_late(self) -> int:
        """Days since the last day for it; 0 where there is time, or no such day."""
        return max((timezone.localdate() - self.day).days, 0) if self.is_due else 0


def register_tasks(user: User) -> list[OfficeTask]:
    """All that this officer has to decide, answer, or look at. The same number of queries however much waits."""
    return [
        *_answers(),
        *_lists(),
        *_second_people(user),
        *_late_help(),
        *_reports(),
        *_periods(period_lines()),
        *_heaps(user),
    ]


def _day(moment: datetime | None) -> date:
    return timezone.localdate(moment) if moment else timezone.localdate()


def _answers() -> Iterable[OfficeTask]:
    """Families that wait for an answer within the days of the rules."""
    for asked in open_data_requests():
        yield OfficeTask(
            kind="Yêu cầu về dữ liệu",
            title=f"{asked.household.code}: {asked.get_kind_display()}",
            words=f"{asked.asked_by} xin ngày {_day(asked.received_at):%d/%m/%Y}",
            day=asked.answer_by,
            verb="Trả lời",
            url=reverse("office:answer_data", args=[asked.pk]),
            is_due=True,
        )
    for question in open_objections():
        yield OfficeTask(
            kind="Hỏi lại",
            title=f"{question.asked_by} hỏi lại",
            words=f"“{question.text}”",
            day=question.answer_by,
            verb="Trả lời",
            url=reverse("office:answer_objection", args=[question.pk]),
            is_due=True,
        )


def _lists() -> Iterable[OfficeTask]:
    """Villages' lists to look at, and lists that were taken and have no decision yet."""
    submitted: Iterable[Any] = lists_in(ProposalState.SUBMITTED)  # each with its `candidate_count`
    for sent in submitted:
        yield OfficeTask(
            kind="Danh sách thôn gửi",
            title=str(sent),
            words=f"{sent.candidate_count} hộ, chờ xã xem",
            day=_day(sent.submitted_at),
            verb="Xem danh sách",
            url=reverse("titles:proposal", args=[sent.pk]),
        )
    taken = Proposal.objects.filter(state=ProposalState.ACCEPTED).order_by("year", "title").values("year", "title")
    for row in taken.annotate(homes=Count("candidates"), since=Max("reviewed_at")):
        title = Proposal(title=row["title"]).get_title_display()
        yield OfficeTask(
            kind="Chờ quyết định",
            title=f"{title} năm {row['year']}",
            words=f"{row['homes']} hộ trong danh sách đã nhận. In dự thảo, trình ký, rồi nhập số từ bản đã ký",
            day=_day(row["since"]),
            verb="Nhập quyết định",
            url=reverse("titles:recognise", args=[row["title"], row["year"]]),
        )


def _second_people(user: User) -> Iterable[OfficeTask]:
    """Changes that a colleague asked for; one's own wait for somebody else."""
    waiting = SensitiveChange.objects.filter(decided_at=None).exclude(asked_by=user).select_related("asked_by")
    for change in waiting:
        is_revocation = change.kind == SensitiveChange.Kind.REVOKE
        yield OfficeTask(
            kind="Cần người thứ hai",
            title=change.summary,
            words=f"{change.asked_by} đề nghị: {change.reason}",
            day=_day(change.asked_at),
            verb="Xem để duyệt",
            url=reverse("titles:revocation", args=[change.pk]) if is_revocation else reverse("office:approvals"),
        )


def _late_help() -> Iterable[OfficeTask]:
    """Requests for help that a village's team has let pass the day it was to come by."""
    late = HelpRequest.objects.filter(state__in=OPEN_HELP_STATES, due_on__lt=timezone.localdate())
    for asked in late.select_related("village").order_by("due_on", "pk"):
        yield OfficeTask(
            kind="Nhờ giúp quá hẹn",
            title=f"{asked.name}, {asked.village}",
            words=asked.topic,
            day=asked.due_on,
            verb="Ghi kết quả",
            url=reverse("office:close_help", args=[asked.pk]),
            is_due=True,
        )


def _reports() -> Iterable[OfficeTask]:
    """Quarterly reports that a village sent and nobody has taken."""
    closed = {(close.year, close.quarter) for close in PeriodClose.objects.only("year", "quarter")}
    sent = VillageReport.objects.filter(state=ReportState.SUBMITTED).select_related("village")
    for report in sent.annotate(sent_at=Max("versions__sent_at")).order_by("sent_at", "pk"):
        if (report.year, report.quarter) not in closed:
            yield OfficeTask(
                kind="Báo cáo quý",
                title=f"Báo cáo {report.period.name} của {report.village}",
                words="Xem từng số, rồi nhận hoặc trả lại kèm lời nhắn",
                day=_day(report.sent_at),
                verb="Xem báo cáo",
                url=reverse("progress:report", args=[report.period.code, report.village_id]),
            )


def _periods(lines: Sequence[PeriodLine]) -> Iterable[OfficeTask]:
    """The period that ended last and is not closed; older ones are counted, they no longer hurry."""
    open_lines = sorted((line for line in lines if line.is_over and line.close is None), key=lambda line: line.last_on)
    if open_lines:
        *older, last = open_lines
        taken = f"Đã nhận báo cáo của {last.accepted} trong {last.village_count} thôn. " if last.period.quarter else ""
        also = f" Còn {len(older)} kỳ trước cũng chưa chốt." if older else ""
        yield OfficeTask(
            kind="Chốt kỳ",
            title=f"Chốt {last.period.name}",
            words=f"{taken}Chốt rồi thì mọi báo cáo của kỳ giữ nguyên số.{also}",
            day=last.last_on,
            verb="Mở kỳ",
            url=reverse("progress:period", args=[last.period.code]),
        )


def _heaps(user: User) -> Iterable[OfficeTask]:
    """Queues that are told as one line each: they never end, and none of them has a last day."""
    today = timezone.localdate()
    pairs = [pair for pair in likely_pairs() if not pair.is_waiting]
    doubts, cases = open_doubts(timezone.now()), open_cases(user)
    if pairs:
        yield OfficeTask(
            kind="Hộ có thể trùng",
            title=f"{len(pairs)} cặp hộ có thể trùng",
            words="Xem cạnh nhau, bấm “Không trùng” hoặc đề nghị gộp",
            day=today,
            verb="Xem từng cặp",
            url=reverse("office:duplicates"),
            count=len(pairs),
        )
    if doubts:
        yield OfficeTask(
            kind="Lượt thăm nên hỏi thêm",
            title=f"{len(doubts)} chỗ nên hỏi thêm",
            words="Hỏi người đi thăm, rồi ghi lời trả lời",
            day=min(_day(doubt.first.visited_at) for doubt in doubts),
            verb="Soát lại",
            url=reverse("progress:doubts"),
            count=len(doubts),
        )
    if cases:
        close = PeriodClose.objects.only("year", "quarter").get(recheck=cases[0].draw)
        yield OfficeTask(
            kind="Thăm đối chiếu",
            title=f"{len(cases)} hộ chưa thăm đối chiếu, {close.period.name}",
            words="Người khác trong tổ thăm lại; nhắc tổ của thôn",
            day=min(_day(case.draw.drawn_at) for case in cases),
            verb="Xem từng hộ",
            url=reverse("progress:recheck", args=[close.period.code]),
            count=len(cases),
        )
