"""Requests for help: seen, taken, answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.audit import record
from portal.core.models import User
from portal.core.phones import masked, spaced
from portal.households.access import staff_of, team_view
from portal.households.enums import OPEN_HELP_STATES
from portal.households.forms.team import ReasonForm
from portal.households.forms.team_help import DONE, HelpOutcomeForm
from portal.households.help_topics import help_topic
from portal.households.models import HelpRequest
from portal.households.permissions import villages_of
from portal.households.services.help_requests import HelpRequestClosed, close_help_request, take_help_request


def help_request_of(user: User, pk: int) -> HelpRequest:
    """A request from this member's villages; 404 for others, as for none."""
    rows = HelpRequest.objects.select_related("household__root", "village", "taken_by", "closed_by")
    return get_object_or_404(rows, pk=pk, village__in=villages_of(user))


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def help_request(request: HttpRequest, pk: int) -> HttpResponse:
    """One request. POST shows the whole phone number, with a reason."""
    user = staff_of(request)
    item = help_request_of(user, pk)
    form, phone = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        record("phone.reveal", by=user, subject=f"help {item.pk}", reason=form.cleaned_data["reason"])
        phone = spaced(item.phone)
    return _page(request, item, form, HelpOutcomeForm(), phone)


@team_view
@require_POST
def take_help(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhận giúp."""
    try:
        take_help_request(request=help_request_of(staff_of(request), pk), by=staff_of(request))
    except HelpRequestClosed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã nhận giúp. Giúp xong thì ghi kết quả ở trang này.")
    return redirect("team:help_request", pk=pk)


@team_view
@require_POST
def close_help(request: HttpRequest, pk: int) -> HttpResponse:
    """Ghi kết quả giúp."""
    user = staff_of(request)
    item = help_request_of(user, pk)
    form = HelpOutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, item, ReasonForm(), form)
    is_done = form.cleaned_data["result"] == DONE
    try:
        close_help_request(request=item, outcome=form.cleaned_data["outcome"], is_done=is_done, by=user)
    except HelpRequestClosed as refusal:
        messages.warning(request, str(refusal))
        return redirect("team:help_request", pk=pk)
    messages.success(request, "Đã ghi kết quả giúp.")
    return redirect("team:today")


def _page(
    request: HttpRequest, item: HelpRequest, form: ReasonForm, outcome: HelpOutcomeForm, phone: str = ""
) -> HttpResponse:
    context = {
        "item": item,
        "household": item.household.root if item.household else None,
        "is_open": item.state in OPEN_HELP_STATES,
        "form": form,
        "outcome": outcome,
        "phone": phone,
        "masked_phone": masked(item.phone),
        "topic": help_topic(item.about) if item.about else None,
    }
    return render(request, "households/team/help_request.html", context)
