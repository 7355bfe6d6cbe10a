"""Kỳ báo cáo: what has come in, what is closed, what has changed since."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.core.periods import Period
from portal.households.access import leader_or_officer_view, officer_view, staff_of
from portal.households.enums import ReportState
from portal.households.forms.village_reports import CloseForm, RevisionForm
from portal.households.models import PeriodClose, VillageReport
from portal.households.permissions import is_officer
from portal.households.progress.contents import TALLIES, Content, Difference
from portal.households.selectors.period_content import content_of
from portal.households.selectors.revisions import causes_of, differences_of, is_news, is_quick_to_explain
from portal.households.selectors.village_reports import period_lines
from portal.households.services.periods import CloseRefused, close_period, record_revision
from portal.households.views.progress_reports import period_of


@leader_or_officer_view
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """All quarters and years, the newest first."""
    return render(request, "households/progress/periods.html", {"lines": period_lines()})


@leader_or_officer_view
@require_safe
def period(request: HttpRequest, code: str) -> HttpResponse:
    """One period: reports, figures, what may be done next."""
    return _page(request, period_of(code), is_explained="vi-sao" in request.GET)


def _page(request: HttpRequest, found: Period, *, is_explained: bool = False, **forms: Any) -> HttpResponse:
    content, close = content_of(found)
    differences = differences_of(close) if close else []
    news = close is not None and is_news(close, differences)
    is_explained = close is not None and news and (is_explained or is_quick_to_explain(close))
    context = {
        "period": found,
        "content": content,
        "close": close,
        "figures": [content.figure(one) for one in content.definitions if one.is_share],
        "earlier": {one.key: content.earlier_figure(one) for one in content.definitions},
        "tallies": [(label, content.tally(key), unit) for key, (label, unit) in TALLIES.items()],
        "reports": _reports(content, found),
        "differences": differences,
        "news": news,
        "causes": causes_of(close) if close and is_explained else [],
        "is_explained": is_explained,
        "revisions": [_revision(row) for row in close.revisions.order_by("number")] if close else [],
        "close_form": forms.get("close_form") or CloseForm(),
        "revision_form": forms.get("revision_form") or RevisionForm(),
        "may_write": is_officer(staff_of(request)),
    }
    return render(request, "households/progress/period.html", context)


def _reports(content: Content, found: Period) -> list[tuple[Any, ReportState]]:
    states = {
        row.village_id: ReportState(row.state)
        for row in VillageReport.objects.filter(year=found.year, quarter=found.quarter)
    }
    return [(place, states.get(place.pk, ReportState.DRAFT)) for place in content.places] if found.quarter else []


def _revision(row: Any) -> dict[str, Any]:
    kept = json.loads(row.content)
    return {
        "row": row,
        "differences": [Difference(*line) for line in kept["differences"]],
        "causes": kept["causes"],
    }


@officer_view
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Freeze the period."""
    found = period_of(code)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            close_period(period=found, by=staff_of(request), note=form.cleaned_data["note"])
        except CloseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã chốt {found.name}. Từ giờ mọi báo cáo của kỳ này giữ nguyên số.")
            return redirect("progress:period", code=code)
    return _page(request, found, close_form=form)


@officer_view
@require_POST
def revise(request: HttpRequest, code: str) -> HttpResponse:
    """Say beside the closed period what the register says now, and why."""
    found = period_of(code)
    closed = get_object_or_404(PeriodClose, year=found.year, quarter=found.quarter)
    form = RevisionForm(request.POST)
    if form.is_valid():
        try:
            made = record_revision(close=closed, reason=form.cleaned_data["reason"], by=staff_of(request))
        except CloseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi điều chỉnh lần {made.number}. Số đã chốt vẫn giữ nguyên.")
            return redirect("progress:period", code=code)
    return _page(request, found, revision_form=form)
