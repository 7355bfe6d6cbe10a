"""The village team's desk: what to do today, and the families of its own village."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.core.audit import record
from portal.core.codes import CodeRefused, read_numbered_code
from portal.core.models import User
from portal.core.phones import spaced
from portal.households.access import staff_of, team_view
from portal.households.forms.team import ReasonForm
from portal.households.models import HelpRequest, Household, HouseholdEvent, Visit
from portal.households.models.household import CODE_PREFIX, HouseholdQuerySet
from portal.households.permissions import villages_of
from portal.households.selectors.help_requests import repaired_lately
from portal.households.selectors.next_steps import families_of, next_steps
from portal.households.selectors.rules import register_rules
from portal.households.selectors.standing import criteria_set_on, household_standing
from portal.households.selectors.village_reports import reports_due
from portal.households.selectors.work import TaskKind, never_visited, to_visit_again, with_open_criteria, work_of

PAGE_SIZE = 50
FILTERS = {
    "": "Tất cả",
    str(TaskKind.FIRST_VISIT): "Chưa thăm",
    str(TaskKind.VISIT_AGAIN): "Cần thăm lại",
    str(TaskKind.MISSING): "Còn việc chưa xem được",
    "con-thieu": "Còn việc chưa xong",
    "du": "Đủ điều kiện",
}


def household_of(user: User, code: str) -> Household:
    """The family behind a code, as the register sees it today; 404 for another village's, as for none."""
    try:
        code = read_numbered_code(CODE_PREFIX, code)
    except CodeRefused as refusal:
        raise Http404 from refusal
    household = (
        Household.objects.select_related("root__village").filter(code=code, root__village__in=villages_of(user)).first()
    )
    if household is None or household.root is None:
        raise Http404
    return household.root


@team_view
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Việc hôm nay."""
    user = staff_of(request)
    villages = list(villages_of(user).order_by("number"))
    work, steps = work_of(user), next_steps(villages, timezone.localdate())
    context = {
        "work": work,
        "kinds": {kind.name.lower(): work.counts[kind] for kind in TaskKind},
        "steps": [(step, families_of(step)) for step in steps],
        "reports": reports_due(villages),
        "repaired": repaired_lately(user),
        "now": timezone.now(),
    }
    return render(request, "households/team/today.html", context)


@team_view
@require_GET
def households(request: HttpRequest) -> HttpResponse:
    """Hộ trong thôn: searched without marks, narrowed by what is left to do."""
    found = households_asked_for(request)
    items = Paginator(found.order_by("sort_key", "id"), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "items": items,
        "query": _query(request),
        "chosen": request.GET.get("loc", ""),
        "filters": FILTERS.items(),
    }
    return render(request, "households/team/households.html", context)


def households_asked_for(request: HttpRequest) -> HouseholdQuerySet:
    """Own families that the address asks for: `?q=` words, `?loc=` what is left to do."""
    listed = Household.objects.listed().in_villages(villages_of(staff_of(request))).select_related("village")
    return _narrowed(listed, request.GET.get("loc", "")).matching(_query(request))


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:80]


def _narrowed(found: HouseholdQuerySet, chosen: str) -> HouseholdQuerySet:
    if chosen == TaskKind.FIRST_VISIT:
        return never_visited(found)
    if chosen == TaskKind.VISIT_AGAIN:
        return to_visit_again(found, timezone.localdate(), register_rules())
    if chosen == TaskKind.MISSING:
        return with_open_criteria(found, timezone.localdate(), register_rules())
    if chosen == "con-thieu":
        return found.filter(is_passing=False)
    return found.filter(is_passing=True) if chosen == "du" else found


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def household(request: HttpRequest, code: str) -> HttpResponse:
    """One family. POST shows the whole phone number: with a reason, and never without a line in the log."""
    user = staff_of(request)
    family = household_of(user, code)
    if request.method != "POST" and family.code != code:
        return redirect("team:household", code=family.code)
    form = ReasonForm(request.POST or None)
    phone = ""
    if request.method == "POST" and form.is_valid():
        record("phone.reveal", by=user, subject=family.code, reason=form.cleaned_data["reason"])
        phone = spaced(family.phone)
    elif request.method != "POST":
        record("household.view", by=user, subject=family.code)
    return render(
        request, "households/team/household.html", {"household": family, "form": form, "phone": phone} | _facts(family)
    )


def _facts(family: Household) -> dict[str, object]:
    day = timezone.localdate()
    criteria_set = criteria_set_on(day)
    standing = household_standing(family, day, criteria_set)
    criteria = criteria_set.criteria.all() if criteria_set else []
    visits = Visit.objects.filter(household__root=family).select_related("visited_by", "criteria_set")
    visits = visits.prefetch_related("findings", "evidence").order_by("-visited_at", "-client_id")
    corrected = {visit.corrects for visit in visits if visit.corrects}
    return {
        "standing": standing,
        "rows": [(criterion, standing.of(criterion.key)) for criterion in criteria] if standing else [],
        "visits": [(visit, visit.client_id in corrected) for visit in visits],
        "help_requests": HelpRequest.objects.filter(household__root=family).order_by("-asked_at"),
        "events": HouseholdEvent.objects.filter(household__root=family).order_by("-happened_on", "-id"),
    }
