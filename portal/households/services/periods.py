"""Closing a period freezes it; what comes to light later is a revision beside it, never a change (invariant 11)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.core.audit import hold_log, record
from portal.core.models import User
from portal.core.page_cache import forget_pages
from portal.core.periods import Period
from portal.households.enums import ReportState
from portal.households.models import ClosedRow, PeriodClose, PeriodRevision, Village, VillageReport
from portal.households.progress.contents import Content, canonical, digest_of_text
from portal.households.selectors.period_content import live_content
from portal.households.selectors.period_rows import KeptRow, rows_on
from portal.households.selectors.periods import Span, smallest_count
from portal.households.selectors.revisions import causes_of, differences_of, is_news
from portal.households.services.village_reports import add_version, numbers_of_village


class CloseRefused(Exception):
    """The period cannot be closed, or not be revised; the message says what is missing."""


@transaction.atomic
def close_period(*, period: Period, by: User, note: str = "") -> PeriodClose:
    """Freeze figures, definitions, words and a digest of every row; nothing of it changes any more."""
    hold_log()
    span = Span.of(period)
    check_can_close(span, note)
    content = live_content(span)
    _bring_reports_along(content, by)
    rows = list(rows_on(span.last_on))
    given = dict(content.given)
    given["least"] = smallest_count()
    given["rows"] = {"count": len(rows), "digest": digest_of_text("".join(sorted(row.digest for row in rows)))}
    text = canonical(given)
    close = PeriodClose(
        year=period.year,
        quarter=period.quarter,
        first_on=span.first_on,
        last_on=span.last_on,
        note=note.strip(),
        content=text,
        digest=digest_of_text(text),
        closed_by=by,
    )
    close.save()
    ClosedRow.objects.bulk_create((_kept(close, row) for row in rows), batch_size=1000)
    forget_pages()
    record("period.close", by=by, subject=period.code, data={"digest": close.digest, "rows": len(rows)})
    return close


def check_can_close(span: Span, note: str) -> None:
    """Refuse what is closed already, not over yet, or not looked through."""
    period, name = span.period, span.period.heading
    if PeriodClose.objects.filter(year=period.year, quarter=period.quarter).exists():
        raise CloseRefused(f"{name} đã chốt rồi.")
    if timezone.localdate() <= span.last_on:
        raise CloseRefused(f"{name} tính đến hết ngày {span.last_on:%d/%m/%Y}. Từ hôm sau mới chốt được.")
    if not period.quarter:
        _check_year(period)
        return
    reports = VillageReport.objects.filter(year=period.year, quarter=period.quarter)
    unread = reports.filter(state=ReportState.SUBMITTED).count()
    if unread:
        raise CloseRefused(f"Còn {unread} báo cáo thôn đã gửi mà xã chưa xem. Xin nhận hoặc trả lại trước khi chốt.")
    accepted = set(reports.filter(state=ReportState.ACCEPTED).values_list("village", flat=True))
    missing = [str(one) for one in Village.objects.standing_on(span.last_on) if one.pk not in accepted]
    if missing and not note.strip():
        raise CloseRefused(f"Chưa có báo cáo của: {', '.join(missing)}. Vẫn chốt thì xin ghi lý do.")


def _check_year(period: Period) -> None:
    last = PeriodClose.objects.filter(year=period.year, quarter=4).first()
    if last is None:
        raise CloseRefused(f"Xin chốt {Period(period.year, 4).name} trước khi chốt cả năm.")
    if is_news(last, differences_of(last)):
        raise CloseRefused(f"Sổ đã đổi sau khi chốt {last.period.name}. Xin ghi điều chỉnh của quý trước khi chốt năm.")


def _bring_reports_along(content: Content, by: User) -> None:
    """A village that was counted anew between acceptance and close gets a version that says so."""
    period = content.period
    reports = VillageReport.objects.filter(year=period.year, quarter=period.quarter, state=ReportState.ACCEPTED)
    for report in reports.select_related("village"):
        last = report.versions.latest("number")
        if (last.figures, last.tallies) != numbers_of_village(content, report.village_id):
            version = add_version(report=report, content=content, by=by, is_by_close=True)
            record("report.bring_along", by=by, subject=str(report), data={"version": version.number})


def _kept(close: PeriodClose, row: KeptRow) -> ClosedRow:
    return ClosedRow(close=close, code=row.code, village_id=row.village, heaps=row.heaps, digest=row.digest)


@transaction.atomic
def record_revision(*, close: PeriodClose, reason: str, by: User) -> PeriodRevision:
    """Say beside a closed period what the register says of it now, and why; the closed figures stay."""
    hold_log()
    locked = PeriodClose.objects.select_for_update(of=("self",)).get(pk=close.pk)
    differences = differences_of(locked)
    if not is_news(locked, differences):
        raise CloseRefused("Sổ hôm nay không nói khác. Không có gì để điều chỉnh.")
    if not reason.strip():
        raise CloseRefused("Xin ghi lý do điều chỉnh.")
    text = canonical(
        {
            "differences": [[one.key, one.name, one.place, one.then, one.now] for one in differences],
            "causes": [list(cause) for cause in causes_of(locked)],
            "as_of": _today().isoformat(),
        }
    )
    revision = PeriodRevision(
        close=locked,
        number=locked.revisions.count() + 1,
        reason=reason.strip(),
        content=text,
        digest=digest_of_text(locked.digest + text),
        made_by=by,
    )
    revision.save()
    record("period.revise", by=by, subject=locked.period.code, reason=reason, data={"digest": revision.digest})
    return revision


def _today() -> date:
    return timezone.localdate()
