"""A village's quarterly report: figures from the register, words from the team; sent, returned, sent again, taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.core.audit import record
from portal.core.models import User
from portal.core.periods import Period
from portal.households.enums import EDITABLE_REPORT_STATES, REPORT_TRANSITIONS, ReportState
from portal.households.models import PeriodClose, ReportReview, ReportVersion, Village, VillageReport
from portal.households.progress.contents import Content, Place
from portal.households.selectors.period_content import live_content
from portal.households.selectors.periods import Span


class ReportRefused(Exception):
    """The report cannot take this step; the message says why, and what to do."""


@transaction.atomic
def write_report(
    *, village: Village, period: Period, difficulties: str, proposals: str, by_hand: Sequence[Sequence[str]], by: User
) -> VillageReport:
    """Keep what the team wrote so far; the figures come from the register by themselves."""
    _check_open(period)
    report, _created = VillageReport.objects.get_or_create(village=village, year=period.year, quarter=period.quarter)
    locked = VillageReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.state not in EDITABLE_REPORT_STATES:
        raise ReportRefused("Báo cáo đã gửi xã nên không sửa được nữa. Xã trả lại thì sửa tiếp.")
    locked.difficulties, locked.proposals, locked.by_hand = difficulties, proposals, [list(row) for row in by_hand]
    locked.save(update_fields=["difficulties", "proposals", "by_hand"])
    record("report.write", by=by, subject=f"{village} {period.code}")
    return locked


@transaction.atomic
def submit_report(*, report: VillageReport, by: User) -> ReportVersion:
    """Send it: from here on its figures are those of this moment, and the team changes nothing."""
    locked = _moved(report, "submit")
    span = Span.of(locked.period)
    if timezone.localdate() <= span.last_on:
        raise ReportRefused(
            f"{locked.period.heading} tính đến hết ngày {span.last_on:%d/%m/%Y}. Từ hôm sau mới gửi được; "
            "chữ đã viết vẫn còn."
        )
    locked.save(update_fields=["state"])
    version = add_version(report=locked, content=live_content(span), by=by)
    record("report.submit", by=by, subject=str(locked), data={"version": version.number})
    return version


def add_version(*, report: VillageReport, content: Content, by: User, is_by_close: bool = False) -> ReportVersion:
    """Write down the report as it is, with the figures of that content."""
    figures, tallies = numbers_of_village(content, report.village_id)
    version = ReportVersion(
        report=report,
        number=report.versions.count() + 1,
        figures=figures,
        tallies=tallies,
        difficulties=report.difficulties,
        proposals=report.proposals,
        by_hand=report.by_hand,
        is_by_close=is_by_close,
        sent_by=by,
    )
    version.save()
    return version


def numbers_of_village(content: Content, village: int) -> tuple[dict[str, Any], dict[str, int]]:
    """The figures and tallies of one village in that content."""
    place = Place(village, "")
    figures = {one.key: dict(content.figure(one, place).heaps) for one in content.definitions}
    return figures, dict(content.given["tallies"].get(str(village), {}))


@transaction.atomic
def return_report(*, report: VillageReport, note: str, remarks: Mapping[str, str], by: User) -> VillageReport:
    """Send it back: the team reads a remark beside each figure that is asked about."""
    said = {key: text.strip() for key, text in remarks.items() if text.strip()}
    if not note.strip() and not said:
        raise ReportRefused("Trả lại thì xin ghi cần sửa gì: nhắn chung, hoặc nhắn cạnh từng số.")
    return _reviewed(report, "return", note.strip(), said, by)


@transaction.atomic
def accept_report(*, report: VillageReport, by: User, note: str = "") -> VillageReport:
    """Take it."""
    return _reviewed(report, "accept", note.strip(), {}, by)


def _reviewed(report: VillageReport, verb: str, note: str, remarks: Mapping[str, str], by: User) -> VillageReport:
    locked = _moved(report, verb)
    locked.save(update_fields=["state"])
    last = locked.versions.latest("number")
    ReportReview(version=last, is_accepted=verb == "accept", note=note, remarks=dict(remarks), made_by=by).save()
    record(f"report.{verb}", by=by, subject=str(locked), data={"version": last.number})
    return locked


def _moved(report: VillageReport, verb: str) -> VillageReport:
    locked = VillageReport.objects.select_for_update(of=("self",)).select_related("village").get(pk=report.pk)
    _check_open(locked.period)
    sources, target = REPORT_TRANSITIONS[verb]
    if locked.state not in sources:
        raise ReportRefused(f"Báo cáo đang ở bước “{ReportState(locked.state).label}” nên không làm bước này được.")
    locked.state = target
    return locked


def _check_open(period: Period) -> None:
    if PeriodClose.objects.filter(year=period.year, quarter=period.quarter).exists():
        raise ReportRefused(f"{period.heading} đã chốt. Sửa số thì cán bộ sổ hộ ghi điều chỉnh và lý do.")
