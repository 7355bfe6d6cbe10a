"""The content of a period from the register as it is now; what a close freezes and what a draft shows."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from portal.core.periods import Period
from portal.households.enums import ReportState
from portal.households.models import (
    Decision,
    PeriodClose,
    ReportVersion,
    Village,
)
from portal.households.progress.contents import COMMUNE, Content, packed_definition
from portal.households.progress.measures import Definition
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.periods import Span
from portal.households.selectors.progress import ON_THE_REGISTER, VISITED_LAST, Figures, figures_on
from portal.households.selectors.rechecks import last_agreement
from portal.households.selectors.tallies import tallies_of

Tallies = dict[str, dict[str, int]]


def live_content(span: Span) -> Content:
    """All that the period says by the register of now. A fixed number of queries, whatever the register's size."""
    definitions = [*definitions_of(measure_set_on(span.last_on)), ON_THE_REGISTER, VISITED_LAST]
    villages = list(Village.objects.standing_on(span.last_on).order_by("number", "pk").values_list("pk", "name"))
    before = span.first_on - timedelta(days=1)
    figures = figures_on([before, span.last_on], definitions)
    reports = _reports(span.period)
    return Content(
        {
            "period": {
                "year": span.period.year,
                "quarter": span.period.quarter,
                "first_on": span.first_on.isoformat(),
                "last_on": span.last_on.isoformat(),
            },
            "definitions": [packed_definition(one) for one in definitions],
            "villages": [list(row) for row in villages],
            "figures": {one.key: _heaps(figures, one, span.last_on, dict(villages)) for one in definitions},
            "earlier": {
                "name": span.period.previous().name,
                "last_on": before.isoformat(),
                "figures": _closed_figures(span.period.previous())
                or {one.key: dict(figures.of(one, before).heaps) for one in definitions},
            },
            "tallies": tallies_of(span),
            "reports": reports,
            "missing": [pk for pk, _name in villages if span.period.quarter and str(pk) not in reports],
            "decisions": _decisions(span),
            "recheck": _recheck(),
        }
    )


def content_of(period: Period) -> tuple[Content, PeriodClose | None]:
    """What the period says: frozen when it is closed, else by the register of now."""
    close = PeriodClose.objects.filter(year=period.year, quarter=period.quarter).first()
    return (Content.read(close.content), close) if close else (live_content(Span.of(period)), None)


def _heaps(figures: Figures, definition: Definition, day: date, villages: Iterable[int]) -> dict[str, dict[str, int]]:
    found = {COMMUNE: dict(figures.of(definition, day).heaps)}
    return found | {str(pk): dict(figures.of(definition, day, pk).heaps) for pk in villages}


def _closed_figures(period: Period) -> dict[str, dict[str, int]]:
    """The commune's figures of a closed period, as they were frozen; empty while it is open."""
    close = PeriodClose.objects.filter(year=period.year, quarter=period.quarter).first()
    kept = Content.read(close.content).given["figures"] if close else {}
    return {key: places[COMMUNE] for key, places in kept.items()}


def _reports(period: Period) -> dict[str, dict[str, Any]]:
    """What the accepted reports say in words, by village; of each the last version. A year has those of its end."""
    rows = ReportVersion.objects.filter(
        report__year=period.year, report__quarter=period.quarter or 4, report__state=ReportState.ACCEPTED
    )
    return {
        str(row.report.village_id): {
            "version": row.number,
            "difficulties": row.difficulties,
            "proposals": row.proposals,
            "by_hand": row.by_hand,
        }
        for row in rows.select_related("report").order_by("number")
    }


def _recheck() -> dict[str, Any] | None:
    """How far second visits agree, by the newest sample there is when the content is made."""
    found = last_agreement()
    if found is None:
        return None
    period, agreement = found
    return {"name": period.name, **asdict(agreement)}


def _decisions(span: Span) -> list[dict[str, Any]]:
    rows = Decision.objects.filter(signed_on__range=(span.first_on, span.last_on)).order_by("signed_on", "pk")
    return [
        {
            "kind": row.get_kind_display(),
            "number": row.number,
            "signed_on": row.signed_on.isoformat(),
            "title": row.get_title_display(),
            "year": row.year,
            "households": row.households,
        }
        for row in rows.annotate(households=Count("entries", filter=Q(entries__isnull=False)))
    ]
