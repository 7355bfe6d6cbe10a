"""A village's quarterly report as its team, the office and leaders read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from portal.core.periods import Period
from portal.households.enums import EDITABLE_REPORT_STATES, ReportState
from portal.households.models import PeriodClose, ReportReview, ReportVersion, Village, VillageReport
from portal.households.progress.contents import TALLIES, Content, Place
from portal.households.progress.measures import Definition, Figure
from portal.households.progress.wording import written
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.period_content import live_content
from portal.households.selectors.periods import Span, cutoff_day, quarter_ends
from portal.households.selectors.progress import ON_THE_REGISTER

#: Quarters that a team finds in its list: the running one and those before.
LISTED_QUARTERS = 5


@dataclass(frozen=True)
class ReportLine:
    """One number of the report; `before` is what it was when it was last sent, if that differs."""

    key: str
    name: str
    value: str
    percent: str = ""
    before: str = ""
    remark: str = ""


@dataclass(frozen=True)
class ReportPage:
    """A report with all that belongs to it; without a row while nobody has begun."""

    village: Village
    span: Span
    report: VillageReport | None
    lines: Sequence[ReportLine]
    tallies: Sequence[ReportLine]
    version: ReportVersion | None
    previous: ReportVersion | None
    review: ReportReview | None
    is_closed: bool

    @property
    def state(self) -> ReportState:
        """Where it stands; nothing begun is a draft."""
        return ReportState(self.report.state) if self.report else ReportState.DRAFT

    @property
    def is_editable(self) -> bool:
        """Whether the team may still write."""
        return not self.is_closed and self.state in EDITABLE_REPORT_STATES

    @property
    def is_over(self) -> bool:
        """Whether the quarter's last day has passed, so that the report can be sent."""
        return timezone.localdate() > self.span.last_on

    @property
    def has_paper(self) -> bool:
        """Whether the village stood on the last day, so that it has a report of its own."""
        since, until = self.village.valid_from, self.village.valid_to
        return since <= self.span.last_on and (until is None or until >= self.span.last_on)

    @property
    def last_day_words(self) -> str:
        """The day as of which the figures are: the last one of the quarter, or today while it runs."""
        return f"{min(self.span.last_on, timezone.localdate()):%d/%m/%Y}"

    @property
    def changed_words(self) -> list[str]:
        """Which texts are not as they were sent the time before."""
        if self.version is None or self.previous is None or self.is_editable:
            return []
        names = {"difficulties": "khó khăn", "proposals": "kiến nghị", "by_hand": "số nhập tay"}
        return [word for name, word in names.items() if getattr(self.version, name) != getattr(self.previous, name)]


def report_page(village: Village, period: Period) -> ReportPage:
    """What was sent last; while the team may write, the register's numbers of now beside what was sent before."""
    span = Span.of(period)
    report = VillageReport.objects.filter(village=village, year=period.year, quarter=period.quarter).first()
    versions = list(report.versions.order_by("-number")[:2]) if report else []
    last = versions[0] if versions else None
    review = ReportReview.objects.filter(version=last).order_by("-pk").first() if last else None
    close = PeriodClose.objects.filter(year=period.year, quarter=period.quarter).first()
    is_editable = close is None and (report is None or report.state in EDITABLE_REPORT_STATES)
    shown: Mapping[str, Any] = {"figures": last.figures, "tallies": last.tallies} if last else {}
    if is_editable or last is None:
        # A closed quarter in which the village sent nothing still has its figures, as they were frozen.
        content = Content.read(close.content) if close else live_content(span)
        shown, compared = _numbers_of(content, village), last
    else:
        compared = versions[1] if len(versions) > 1 else None
    remarks = review.remarks if review and not review.is_accepted else {}
    before = (compared.figures, compared.tallies) if compared else ({}, {})
    return ReportPage(
        village=village,
        span=span,
        report=report,
        lines=_figure_lines(_definitions(close, span), shown["figures"], before[0], remarks),
        tallies=_tally_lines(shown["tallies"], before[1], remarks),
        version=last,
        previous=compared,
        review=review,
        is_closed=close is not None,
    )


def _numbers_of(content: Content, village: Village) -> Mapping[str, Any]:
    place = Place(village.pk, village.name)
    figures = {one.key: dict(content.figure(one, place).heaps) for one in content.definitions}
    return {"figures": figures, "tallies": content.given["tallies"].get(str(village.pk), {})}


def _definitions(close: PeriodClose | None, span: Span) -> list[Definition]:
    """Of a closed period those that it was closed with."""
    if close is None:
        return [ON_THE_REGISTER, *definitions_of(measure_set_on(span.last_on))]
    kept = {one.key: one for one in Content.read(close.content).definitions}
    return [ON_THE_REGISTER, *(one for key, one in kept.items() if one.is_share and key != ON_THE_REGISTER.key)]


def _figure_lines(
    definitions: Sequence[Definition],
    figures: Mapping[str, Any],
    before: Mapping[str, Any],
    remarks: Mapping[str, str],
) -> list[ReportLine]:
    lines = []
    for one in definitions:
        figure = Figure(one, date.min, None, figures.get(one.key, {}))
        was = written(Figure(one, date.min, None, before.get(one.key, {}))) if before else ""
        value = written(figure)
        percent = figure.percent if one.key != ON_THE_REGISTER.key else ""
        lines.append(
            ReportLine(one.key, one.name, value, percent, was if was != value else "", remarks.get(one.key, ""))
        )
    return lines


def _tally_lines(tallies: Mapping[str, int], before: Mapping[str, int], remarks: Mapping[str, str]) -> list[ReportLine]:
    lines = []
    for key, (name, _unit) in TALLIES.items():
        value, was = str(tallies.get(key, 0)), str(before.get(key, 0)) if before else ""
        lines.append(ReportLine(key, name, value, "", was if was != value else "", remarks.get(key, "")))
    return lines


@dataclass(frozen=True)
class ListedReport:
    """A quarter of a village in a list."""

    village: Village
    period: Period
    last_on: date
    state: ReportState
    is_closed: bool

    @property
    def is_due(self) -> bool:
        """Whether the team has something to do now."""
        return not self.is_closed and self.state in EDITABLE_REPORT_STATES and timezone.localdate() > self.last_on


def reports_of(villages: QuerySet[Village]) -> list[ListedReport]:
    """The running quarter and the last ones of these villages, the newest first. Four queries."""
    today, cutoff = timezone.localdate(), cutoff_day()
    now = Period.quarter_of(today, cutoff)
    start = measure_set_on(today).pilot_from or today
    periods = [(now, now.last_day(cutoff)), *quarter_ends(start, today, cutoff, LISTED_QUARTERS - 1)[::-1]]
    rows = VillageReport.objects.filter(village__in=villages)
    states = {(row.village_id, row.period): ReportState(row.state) for row in rows}
    closed = {close.period for close in PeriodClose.objects.only("year", "quarter")}
    return [
        ListedReport(village, period, last_on, states.get((village.pk, period), ReportState.DRAFT), period in closed)
        for period, last_on in periods
        for village in Village.objects.standing_on(last_on).filter(pk__in=villages).order_by("number", "pk")
    ]


def reports_due(villages: Sequence[Village]) -> list[ListedReport]:
    """The quarter that ended last, of villages whose team has still to write or to mend its report."""
    today, cutoff = timezone.localdate(), cutoff_day()
    ended = quarter_ends(measure_set_on(today).pilot_from or today, today, cutoff, 1)
    if not ended:
        return []
    [(period, last_on)] = ended
    if PeriodClose.objects.filter(year=period.year, quarter=period.quarter).exists():
        return []
    rows = VillageReport.objects.filter(village__in=villages, year=period.year, quarter=period.quarter)
    states = {row.village_id: ReportState(row.state) for row in rows}
    listed = [
        ListedReport(village, period, last_on, states.get(village.pk, ReportState.DRAFT), is_closed=False)
        for village in villages
        if village.stands_on(last_on)
    ]
    return [report for report in listed if report.is_due]


@dataclass(frozen=True)
class PeriodLine:
    """A period in the office's list."""

    period: Period
    first_on: date
    last_on: date
    close: PeriodClose | None
    states: Mapping[ReportState, int]
    village_count: int

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return timezone.localdate() > self.last_on

    @property
    def accepted(self) -> int:
        """Reports taken."""
        return self.states.get(ReportState.ACCEPTED, 0)

    @property
    def unread(self) -> int:
        """Reports that wait for the office."""
        return self.states.get(ReportState.SUBMITTED, 0)


def period_lines() -> list[PeriodLine]:
    """The running quarter and all before it since the movement began, with their years, the newest first."""
    today, cutoff = timezone.localdate(), cutoff_day()
    now = Period.quarter_of(today, cutoff)
    start = measure_set_on(today).pilot_from or today
    quarters = [(now, now.last_day(cutoff)), *quarter_ends(start, today, cutoff, 40)[::-1]]
    years = [Period(year) for year in sorted({one.year for one, _end in quarters}, reverse=True)]
    closes = {close.period: close for close in PeriodClose.objects.defer("content")}
    states: dict[Period, dict[ReportState, int]] = {}
    for row in VillageReport.objects.only("year", "quarter", "state"):
        counts = states.setdefault(row.period, {})
        counts[ReportState(row.state)] = counts.get(ReportState(row.state), 0) + 1
    villages = list(Village.objects.values_list("valid_from", "valid_to"))
    periods = [period for year in years for period in (year, *(one for one, _end in quarters if one.year == year.year))]
    return [
        PeriodLine(
            period,
            period.first_day(cutoff),
            period.last_day(cutoff),
            closes.get(period),
            states.get(period, {}),
            sum(since <= period.last_day(cutoff) and (until is None or until >= period.last_day(cutoff))
                for since, until in villages),
        )
        for period in periods
    ]  # fmt: skip


@dataclass(frozen=True)
class PeriodsToTell:
    """What a leader wants to know of periods: the report to read, the period that hangs, the one that runs."""

    closed: PeriodLine | None
    hanging: PeriodLine | None
    running: PeriodLine | None


def periods_to_tell() -> PeriodsToTell:
    """The quarter closed last, the quarter over last if it is not closed, and the one that runs. Five queries."""
    quarters = sorted((line for line in period_lines() if line.period.quarter), key=lambda line: line.last_on)
    over = [line for line in quarters if line.is_over]
    closed = [line for line in over if line.close is not None]
    hanging = over[-1] if over and over[-1].close is None else None
    running = next((line for line in quarters if not line.is_over), None)
    return PeriodsToTell(closed[-1] if closed else None, hanging, running)
