"""Reports of a period to read, to number and sign, and to count with; every one that leaves the site is logged."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.core.audit import record
from portal.core.periods import Period
from portal.households.access import leader_or_officer_view, officer_view, staff_of, staff_view
from portal.households.documents.reports import (
    Frame,
    commune_frame,
    report_docx,
    report_pdf,
    sheet_frame,
    village_frame,
)
from portal.households.exchange.figures import write_paper
from portal.households.permissions import villages_reported_to
from portal.households.progress.contents import Place
from portal.households.progress.papers import Grid, Paper
from portal.households.selectors.period_papers import PeriodPaper, commune_paper, village_paper
from portal.households.selectors.year_papers import award_sheet, emulation_export
from portal.households.views.progress_reports import period_of

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@leader_or_officer_view
@require_safe
def reading(request: HttpRequest, code: str) -> HttpResponse:
    """The commune's report on the screen, with the files to take along."""
    found = commune_paper(period_of(code))
    context = {
        "period": found.content.period,
        "paper": found.paper,
        "is_closed": found.is_closed,
        "sections": [(one.title, _shown(one.parts)) for one in found.paper.sections],
        "annexes": [(one.title, _shown(one.parts)) for one in found.paper.annexes],
    }
    return render(request, "households/progress/reading.html", context)


def _shown(parts: Sequence[str | Grid]) -> list[tuple[str, Grid | None]]:
    """(words, None) or (caption, table)."""
    return [(part.caption, part) if isinstance(part, Grid) else (part, None) for part in parts]


@leader_or_officer_view
@require_safe
def commune_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The commune's report as .docx, .pdf or .xlsx."""
    found = commune_paper(_period_of(code, kind))
    return _file(request, found, commune_frame(found.content.last_on.year), kind, f"bao-cao-{code}")


@staff_view
@require_safe
def village_file(request: HttpRequest, code: str, village: int, kind: str) -> HttpResponse:
    """A village's own report: for its team, officers and leaders."""
    period = _period_of(code, kind)
    place = get_object_or_404(villages_reported_to(staff_of(request)), pk=village)
    found = village_paper(period, place) if period.quarter else None
    if found is None:
        raise Http404
    known_as = next(one for one in found.content.places if one.pk == place.pk)
    frame = village_frame(Place(place.pk, known_as.name), period.name, found.content.last_on.year)
    return _file(request, found, frame, kind, f"bao-cao-{code}-thon-{place.number}")


@officer_view
@require_safe
def awards(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """Facts for those who propose awards of the year, as .docx, .pdf or .xlsx."""
    period = _period_of(str(year), kind)
    return _file(request, award_sheet(period.year), sheet_frame(period.year), kind, f"de-nghi-khen-thuong-{year}")


@officer_view
@require_safe
def emulation(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """What counts for the year's emulation, in the same formats; no family is named without its consent."""
    period = _period_of(str(year), kind)
    return _file(request, emulation_export(period.year), sheet_frame(period.year), kind, f"thi-dua-{year}")


def _period_of(code: str, kind: str) -> Period:
    """The period in an address of a file; 404 for what is none, or for a format that is not made."""
    if kind not in TYPES:
        raise Http404
    return period_of(code)


def _file(request: HttpRequest, found: PeriodPaper, frame: Frame, kind: str, name: str) -> HttpResponse:
    return _sent(request, found, _drawn(found.paper, frame, kind), kind, name)


def _sent(request: HttpRequest, found: PeriodPaper, drawn: bytes, kind: str, name: str) -> HttpResponse:
    draft = "" if found.is_closed else "-nhap"
    record("report.make", by=staff_of(request), subject=f"{name}{draft}.{kind}")
    response = HttpResponse(drawn, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}{draft}.{kind}"'
    return response


def _drawn(paper: Paper, frame: Frame, kind: str) -> bytes:
    if kind == "docx":
        return report_docx(paper, frame)
    return report_pdf(paper, frame, paper.last_on) if kind == "pdf" else write_paper(paper)
