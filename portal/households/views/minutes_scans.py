"""The signed minutes as scanned: added from the village's desk or the office, looked at by those who may."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from portal.core.audit import record
from portal.core.models import User
from portal.core.private_files import private_response
from portal.households.access import leader_or_officer_view, officer_view, staff_of, team_view
from portal.households.forms.minutes_scans import MinutesScansForm
from portal.households.models import MinutesScan, Proposal
from portal.households.permissions import villages_of
from portal.households.services.minutes_scans import ScanKept, add_minutes_scans, drop_minutes_scan
from portal.households.views.team_proposals import proposal_of, proposal_page
from portal.households.views.titles import sent_lists, sent_proposal_page


@team_view
@require_POST
def team_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add pages from the village's desk."""
    found = proposal_of(staff_of(request), pk)
    form = MinutesScansForm(request.POST, request.FILES)
    if not form.is_valid():
        return proposal_page(request, found, scans=form)
    _keep(request, found, form)
    return redirect("team:proposal", pk=pk)


@team_view
@require_POST
def team_drop(request: HttpRequest, pk: int, scan: int) -> HttpResponse:
    """Take out a page added by mistake."""
    user = staff_of(request)
    found = get_object_or_404(MinutesScan, pk=scan, proposal=proposal_of(user, pk))
    try:
        drop_minutes_scan(scan=found, by=user)
    except ScanKept as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã bỏ một trang biên bản.")
    return redirect("team:proposal", pk=pk)


@team_view
@require_safe
def team_view_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """One page, to the village's own team."""
    user = staff_of(request)
    return _shown(MinutesScan.objects.filter(proposal__village__in=villages_of(user)), pk, user)


@officer_view
@require_POST
def office_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add pages that came to the office on paper."""
    found = get_object_or_404(sent_lists(), pk=pk)
    form = MinutesScansForm(request.POST, request.FILES)
    if not form.is_valid():
        return sent_proposal_page(request, found, scans=form)
    _keep(request, found, form)
    return redirect("titles:proposal", pk=pk)


@leader_or_officer_view
@require_safe
def office_view_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of a list that was sent, to the office."""
    return _shown(MinutesScan.objects.filter(proposal__in=sent_lists()), pk, staff_of(request))


def _keep(request: HttpRequest, found: Proposal, form: MinutesScansForm) -> None:
    added = add_minutes_scans(proposal=found, files=form.cleaned_data["scans"], by=staff_of(request))
    words = f"Đã thêm {added} tệp vào biên bản." if added else "Các tệp này đã có từ trước, không thêm gì."
    messages.success(request, words)


def _shown(scans: QuerySet[MinutesScan], pk: int, user: User) -> HttpResponse:
    scan = get_object_or_404(scans, pk=pk)
    response = private_response(scan.name)
    record("minutes.scan_view", by=user, subject=str(scan.proposal_id), data={"scan": scan.pk})
    return response
