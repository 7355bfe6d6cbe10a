"""The papers of a period: of a closed one from what was frozen, of an open one from the register of now."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from portal.core.periods import Period
from portal.households.enums import EDITABLE_REPORT_STATES
from portal.households.models import ReportVersion, Village
from portal.households.progress.contents import Content, Place
from portal.households.progress.papers import Paper
from portal.households.progress.reports import commune_report, village_report
from portal.households.selectors.period_content import content_of


@dataclass(frozen=True)
class PeriodPaper:
    """A paper with the period that it is of."""

    paper: Paper
    content: Content
    is_closed: bool


def commune_paper(period: Period) -> PeriodPaper:
    """The commune's report."""
    content, close = content_of(period)
    paper = commune_report(content, day=last_counted(content), is_closed=close is not None)
    return PeriodPaper(paper, content, close is not None)


def village_paper(period: Period, village: Village) -> PeriodPaper | None:
    """A village's report: as frozen, else as sent last, else as it would be sent now; None before the village stood."""
    content, close = content_of(period)
    place = next((one for one in content.places if one.pk == village.pk), None)
    if place is None:
        return None
    if close is None:
        content = _as_sent(content, place, period)
    paper = village_report(content, place, day=last_counted(content), is_closed=close is not None)
    return PeriodPaper(paper, content, close is not None)


def last_counted(content: Content) -> date:
    """The last day of the period, or today while it runs."""
    return min(content.last_on, timezone.localdate())


def _as_sent(content: Content, place: Place, period: Period) -> Content:
    versions = ReportVersion.objects.filter(
        report__village=place.pk, report__year=period.year, report__quarter=period.quarter
    )
    last = versions.select_related("report").order_by("-number").first()
    if last is None:
        return content
    words = last.report if last.report.state in EDITABLE_REPORT_STATES else last
    given = dict(content.given)
    given["reports"] = {
        str(place.pk): {
            "difficulties": words.difficulties,
            "proposals": words.proposals,
            "by_hand": words.by_hand,
        }
    }
    if words is last:
        given["figures"] = {key: {str(place.pk): heaps} for key, heaps in last.figures.items()}
        given["tallies"] = {str(place.pk): last.tallies}
    return Content(given)
