"""Changing a household: fill in, read what will happen, and only then do it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.households.access import officer_view, staff_of
from portal.households.forms.office_changes import CHANGES, ChangeForm
from portal.households.services.households import HouseholdChangeRefused
from portal.households.views.office import household_of


@officer_view
def change(request: HttpRequest, code: str, change: str) -> HttpResponse:
    """One dated change of one household, in two steps."""
    found = household_of(code)
    form_class = CHANGES.get(change)
    if form_class is None or found.survivor_id is not None or found.listed_to is not None:
        raise Http404
    form = form_class(request.POST or None, household=found)
    step = request.POST.get("buoc", "")
    if step == "ghi" and form.is_valid():
        done = _applied(request, form)
        if done is not None:
            return done
    is_asking = step == "xem" and form.is_valid()
    template = "households/office/change_confirm.html" if is_asking else "households/office/change.html"
    return render(request, template, {"household": found, "form": form, "change": change})


def _applied(request: HttpRequest, form: ChangeForm) -> HttpResponse | None:
    """To the household's page when it worked; None with the reason in the form when it was refused."""
    try:
        result = form.apply(staff_of(request))
    except HouseholdChangeRefused as refused:
        form.add_error("happened_on" if "happened_on" in form.fields else None, str(refused))
        return None
    messages.success(request, f"Hộ {result.code}: đã ghi.")
    return redirect("office:household", result.code)
