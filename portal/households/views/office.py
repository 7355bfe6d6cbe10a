"""The register office: the list of households and one household. Leaders read, officers also change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.core.audit import record
from portal.core.codes import CodeRefused, read_numbered_code
from portal.core.phones import spaced
from portal.households.access import leader_or_officer_view, officer_view, staff_of
from portal.households.forms.office import ReasonForm
from portal.households.forms.office_changes import CHANGES
from portal.households.models import Household
from portal.households.models.household import CODE_PREFIX
from portal.households.permissions import is_officer
from portal.households.selectors import villages_today
from portal.households.selectors.file import household_file
from portal.households.selectors.register import ListState, RegisterQuery


@leader_or_officer_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list: filtered by village and state, searched by part of a name, nickname, phone or code."""
    query = RegisterQuery(
        village=whole_number(request.GET.get("thon", "")),
        state=request.GET.get("viec", ""),
        words=request.GET.get("q", "").strip()[:80],
        after=whole_number(request.GET.get("sau", "")),
    )
    context = {"query": query, "villages": villages_today(), "states": ListState.choices}
    return render(request, "households/office/index.html", context)


@leader_or_officer_view
@require_safe
def household(request: HttpRequest, code: str) -> HttpResponse:
    """All that the register knows of a household; looking is logged. An old code leads to the survivor."""
    found = household_of(code)
    if found.survivor_id is not None or found.code != code:
        return redirect("office:household", current_code(found))
    record("household.view", by=staff_of(request), subject=found.code)
    return render(request, "households/office/household.html", _file_context(request, found))


@officer_view
@require_POST
def reveal_phone(request: HttpRequest, code: str) -> HttpResponse:
    """The whole number on this one page, for a reason that the log keeps."""
    found = household_of(code)
    form = ReasonForm(request.POST)
    shown = ""
    if form.is_valid():
        record("phone.reveal", by=staff_of(request), subject=found.code, reason=form.cleaned_data["reason"])
        shown = spaced(found.phone)
    context = _file_context(request, found) | {"reason_form": form, "shown_phone": shown}
    return render(request, "households/office/household.html", context)


def household_of(code: str) -> Household:
    """The household of a code as typed into an address; 404 for none."""
    try:
        read = read_numbered_code(CODE_PREFIX, code)
    except CodeRefused as refused:
        raise Http404 from refused
    found = Household.objects.select_related("village", "survivor", "root").filter(code=read).first()
    if found is None:
        raise Http404
    return found


def current_code(found: Household) -> str:
    """The code under which the family stands today."""
    return found.root.code if found.root is not None else found.code


def whole_number(text: str) -> int | None:
    """A number from an address; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None


def _file_context(request: HttpRequest, found: Household) -> dict[str, Any]:
    may_change = is_officer(staff_of(request)) and found.listed_to is None
    return {
        "household": found,
        "file": household_file(found),
        "may_change": may_change,
        "may_reveal": is_officer(staff_of(request)) and bool(found.phone),
        "changes": [(word, form.heading) for word, form in CHANGES.items()],
        "reason_form": ReasonForm(),
        "shown_phone": "",
    }
