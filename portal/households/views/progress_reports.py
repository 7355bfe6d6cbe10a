"""Báo cáo quý của thôn: the team writes and sends, the office returns or takes, everybody sees where it stands."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.models import User
from portal.core.periods import Period
from portal.households.access import officer_view, staff_of, staff_view, team_view
from portal.households.forms.village_reports import ReportForm, ReviewForm
from portal.households.models import Village, VillageReport
from portal.households.permissions import is_officer, is_team_member, villages_of, villages_reported_to
from portal.households.selectors.village_reports import ReportPage, report_page, reports_of
from portal.households.services.village_reports import (
    ReportRefused,
    accept_report,
    return_report,
    submit_report,
    write_report,
)


def period_of(code: str) -> Period:
    """The period in an address; 404 for what is none."""
    try:
        return Period.read(code)
    except ValueError as error:
        raise Http404 from error


def _village_of(user: User, pk: int) -> Village:
    return get_object_or_404(villages_reported_to(user), pk=pk)


@team_view
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The quarters of the own village; officers and leaders have the list of periods."""
    villages = villages_of(staff_of(request))
    return render(request, "households/progress/reports.html", {"reports": reports_of(villages)})


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, code: str, village: int) -> HttpResponse:
    """One report. POST keeps what was written, and sends it where `viec` says so."""
    user, period = staff_of(request), period_of(code)
    if not period.quarter:
        raise Http404
    place = _village_of(user, village)
    may_write = villages_of(user).filter(pk=place.pk).exists()
    page = report_page(place, period)
    if request.method == "POST" and not may_write:
        raise Http404
    values = ReportForm.values_of(page.report) if page.report else {}
    form = ReportForm(request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid() and _written(request, form, place, period):
        return redirect("progress:report", code=code, village=village)
    return _shown(request, page, form=form, may_write=may_write)


def _written(request: HttpRequest, form: ReportForm, village: Village, period: Period) -> bool:
    user, data = staff_of(request), form.cleaned_data
    try:
        kept = write_report(
            village=village,
            period=period,
            difficulties=data["difficulties"],
            proposals=data["proposals"],
            by_hand=form.by_hand,
            by=user,
        )
        if request.POST.get("viec") == "gui":
            version = submit_report(report=kept, by=user)
            messages.success(request, f"Đã gửi xã, lần {version.number}. Xã xem xong thì nhận hoặc nhắn lại ở đây.")
        else:
            messages.success(request, "Đã lưu chữ đã viết. Chưa gửi xã.")
    except ReportRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@officer_view
@require_POST
def review(request: HttpRequest, code: str, village: int) -> HttpResponse:
    """The office takes a report, or sends it back with remarks."""
    user, period = staff_of(request), period_of(code)
    place = _village_of(user, village)
    found = get_object_or_404(VillageReport, village=place, year=period.year, quarter=period.quarter)
    page = report_page(place, period)
    form = ReviewForm(request.POST, keys=_keys(page))
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            if request.POST.get("viec") == "nhan":
                accept_report(report=found, by=user, note=note)
                messages.success(request, f"Đã nhận báo cáo của {place}.")
            else:
                return_report(report=found, note=note, remarks=form.remarks, by=user)
                messages.success(request, f"Đã trả lại {place} kèm lời nhắn.")
        except ReportRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("progress:period", code=code)
    return _shown(request, page, review_form=form)


def _keys(page: ReportPage) -> list[str]:
    return [line.key for line in (*page.lines, *page.tallies)]


def _shown(
    request: HttpRequest, page: ReportPage, *, form: ReportForm | None = None, may_write: bool = False,
    review_form: ReviewForm | None = None,
) -> HttpResponse:  # fmt: skip
    officer = is_officer(staff_of(request))
    keys = _keys(page)
    asked = review_form or ReviewForm(keys=keys)
    boxes = {key: asked[f"nhan_{key}"] for key in keys}
    context = {
        "page": page,
        "form": form or ReportForm(initial=ReportForm.values_of(page.report) if page.report else {}),
        "review_form": asked,
        "lines": [(line, boxes[line.key]) for line in page.lines],
        "tallies": [(line, boxes[line.key]) for line in page.tallies],
        "may_write": (may_write or officer) and page.is_editable,
        "may_review": officer and not page.is_closed and page.state in {"da-gui", "dong-y"},
        "is_office": officer or not is_team_member(staff_of(request)),
    }
    return render(request, "households/progress/report.html", context)
