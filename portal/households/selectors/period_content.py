"""The content of a period from the register as it is now; what a close freezes and what a draft shows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from portal.core.periods import Period
from portal.households.enums import DecisionKind, HelpState, ReportState
from portal.households.models import (
    Decision,
    DecisionEntry,
    HelpRequest,
    Household,
    PeriodClose,
    Registration,
    ReportVersion,
    Village,
    Visit,
)
from portal.households.progress.contents import COMMUNE, TALLIES, Content, packed_definition
from portal.households.progress.facts import village_in_charge
from portal.households.progress.measures import Definition
from portal.households.selectors.activities import activity_sums
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.periods import cutoff_day
from portal.households.selectors.progress import ON_THE_REGISTER, VISITED_LAST, Figures, figures_on
from portal.households.selectors.progress_facts import village_facts
from portal.households.selectors.rechecks import last_agreement
from portal.households.standing import HANOI

Tallies = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Span:
    """A period with its days."""

    period: Period
    first_on: date
    last_on: date

    @classmethod
    def of(cls, period: Period) -> "Span":
        """By the cut-off in force now."""
        cutoff = cutoff_day()
        return cls(period, period.first_day(cutoff), period.last_day(cutoff))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first instant to the first one after."""
        start, after = self.first_on, self.last_on + timedelta(days=1)
        return datetime.combine(start, time(), HANOI), datetime.combine(after, time(), HANOI)


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


def tallies_of(span: Span) -> Tallies:
    """{village or commune: {key: number}} of what was done within the period."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    villages = village_facts()
    for key, counts in _counts(span).items():
        for village, number in counts:
            tallies[str(village_in_charge(villages, village, span.last_on))][key] += number
            tallies[COMMUNE][key] += number
    return {place: {key: counts[key] for key in TALLIES if counts[key]} for place, counts in tallies.items()}


def _counts(span: Span) -> Mapping[str, list[tuple[int, int]]]:
    first, after = span.moments
    corrected = Visit.objects.filter(corrects=OuterRef("client_id"))
    visits = Visit.objects.filter(~Exists(corrected), visited_at__gte=first, visited_at__lt=after)
    sums = activity_sums(span.first_on, span.last_on)
    forms = Registration.objects.filter(received_at__gte=first, received_at__lt=after)
    helped = HelpRequest.objects.filter(state=HelpState.DONE, closed_at__gte=first, closed_at__lt=after)
    entered = DecisionEntry.objects.filter(
        action=DecisionKind.RECOGNISE, decision__signed_on__range=(span.first_on, span.last_on)
    )
    listed = Household.objects.listed_on(span.last_on)
    return {
        "luot-tham": _by(visits, "village", Count("pk")),
        "ho-tham": _by(visits, "village", Count("household__root", distinct=True)),
        "phieu": _by(forms, "household__root__village", Count("pk")),
        "da-giup": _by(helped, "village", Count("pk")),
        "hoat-dong": [(village, one.activities) for village, one in sums.items()],
        "nguoi-du": [(village, one.people) for village, one in sums.items()],
        "nu-du": [(village, one.women) for village, one in sums.items()],
        "cao-tuoi-du": [(village, one.elders) for village, one in sums.items()],
        "cong-nhan-moi": _by(entered, "household__root__village", Count("household__root", distinct=True)),
        "khong-song": _by(listed.filter(has_no_signal=True), "village", Count("pk")),
        "khong-dien": _by(listed.filter(has_no_power=True), "village", Count("pk")),
        "gia-yeu": _by(listed.filter(has_hardship=True), "village", Count("pk")),
    }


def _by(rows: QuerySet[Any], village: str, number: Count) -> list[tuple[int, int]]:
    counted = rows.order_by().values(where=F(village)).annotate(number=number)
    return list(counted.values_list("where", "number"))


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
