"""Sự đồng ý: what a family and its people allow, and what they say anew on paper, aloud or by telephone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.core.audit import record
from portal.households.access import officer_view, staff_of, team_view
from portal.households.enums import ConsentMeans, Purpose
from portal.households.forms.consents import ConsentForm
from portal.households.models import Consent, Household
from portal.households.selectors.consents import last_sayings
from portal.households.services.consents import record_consents
from portal.households.views import office, team


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def team_consents(request: HttpRequest, code: str) -> HttpResponse:
    """For a family of one's own village."""
    return _consents(request, team.household_of(staff_of(request), code), "team")


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def office_consents(request: HttpRequest, code: str) -> HttpResponse:
    """For any family."""
    return _consents(request, office.household_of(code), "office")


def _consents(request: HttpRequest, household: Household, room: str) -> HttpResponse:
    if household.survivor_id is not None:
        raise Http404
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        [row] = record_consents(
            household=household,
            sayings=[form.saying()],
            means=ConsentMeans(form.cleaned_data["means"]),
            witness_name=form.cleaned_data["witness_name"],
            said_at=form.said_at,
            by=staff_of(request),
        )
        messages.success(request, _words_for(row))
        return redirect(f"{room}:consents", code=household.code)
    if request.method != "POST":
        record("household.view", by=staff_of(request), subject=household.code)
    context = {
        "household": household,
        "sayings": last_sayings(household),
        "form": form,
        "home": reverse(f"{room}:household", kwargs={"code": household.code}),
    }
    return render(request, "households/consents.html", context, status=422 if form.errors else 200)


def _words_for(row: Consent) -> str:
    if row.purpose == Purpose.NAME and not row.is_granted:
        return (
            f"Đã gỡ tên khỏi trang web lúc {timezone.localtime():%H:%M}. Bảng giấy đã dán thì thôn gỡ; "
            "bản người khác đã chép thì xã không gỡ được."
        )
    who = row.subject_name or row.get_subject_display()
    return f"Đã ghi: {who} {'đồng ý' if row.is_granted else 'thôi đồng ý'} “{row.get_purpose_display()}”."
