"""Paper for the field: one sheet per household, and the list that lies on the table at the village meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.core.audit import record
from portal.households.access import staff_of, team_view
from portal.households.models import Household
from portal.households.permissions import villages_of
from portal.households.selectors.standing import criteria_set_on
from portal.households.selectors.work import never_visited
from portal.households.views.team import household_of

#: Sheets in one print: a morning's work, and no more than a phone can lay out.
SHEETS = 40


@team_view
@require_GET
def sheets(request: HttpRequest) -> HttpResponse:
    """Phiếu thăm: of one household (`?ho=`), or of the next ones that nobody has visited."""
    user = staff_of(request)
    code = request.GET.get("ho", "")
    if code:
        households = [household_of(user, code)]
    else:
        listed = Household.objects.listed().in_villages(villages_of(user)).select_related("village")
        households = list(never_visited(listed).order_by("village__number", "listed_from", "sort_key")[:SHEETS])
    criteria_set = criteria_set_on(timezone.localdate())
    record("sheets.print", by=user, subject=code, data={"households": len(households)})
    context = {"households": households, "criteria": criteria_set.criteria.all() if criteria_set else []}
    return render(request, "households/team/sheets.html", context)


@team_view
@require_GET
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Danh sách họp thôn: every household with what the visits say; no phones."""
    user = staff_of(request)
    listed = Household.objects.listed().in_villages(villages_of(user)).select_related("village")
    households = list(listed.order_by("village__number", "sort_key", "id"))
    record("meeting_list.print", by=user, data={"households": len(households)})
    context = {"households": households, "villages": villages_of(user), "today": timezone.localdate()}
    return render(request, "households/team/meeting_list.html", context)
