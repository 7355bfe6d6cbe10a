"""Visits: one by form, many as JSON, and the pictures that were taken."""

from hashlib import sha256

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.audit import record
from portal.core.codes import CodeRefused, read_numbered_code
from portal.core.models import User
from portal.core.pictures import reencode
from portal.core.private_files import keep_private, private_response
from portal.households.access import staff_of, team_or_officer_view, team_view
from portal.households.enums import Channel
from portal.households.forms.team_visits import VisitForm, read_uuid
from portal.households.models import Evidence, Household, Visit
from portal.households.models.household import CODE_PREFIX
from portal.households.permissions import villages_of
from portal.households.selectors.standing import criteria_set_on
from portal.households.services.capable import state_capable_member
from portal.households.services.households import update_household
from portal.households.services.visits import Answer, Outcome, record_visits
from portal.households.standing import local_day
from portal.households.views.team import household_of
from portal.households.visit_batches import BatchRefused, take_batch


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """Ghi lượt thăm; `?sua=<id>` opens a correction, which is a further visit that names the old one.

    `?giay=1`: one of a pile of paper sheets; the next one follows.
    """
    user = staff_of(request)
    family = household_of(user, code)
    criteria_set = criteria_set_on(timezone.localdate())
    if criteria_set is None:
        raise Http404
    old, is_pile = _corrected(family, request.GET.get("sua", "")), "giay" in request.GET
    form = VisitForm(request.POST or None, request.FILES or None, criteria_set=criteria_set, household=family, old=old)
    if request.method == "POST" and form.is_valid():
        answer = _record(form, family, user, Channel.PAPER if is_pile else Channel.TEAM)
        if answer.outcome != Outcome.REFUSED and is_pile:
            return redirect(f"{reverse('team:visit_pile')}?vua={answer.client_id}")
        if answer.outcome != Outcome.REFUSED:
            known = "Lượt thăm này xã đã nhận từ trước, không cần gửi lại."
            fresh = f"Đã lưu lượt thăm {family.code} lúc {timezone.localtime():%H:%M}."
            messages.success(request, known if answer.outcome == Outcome.KNOWN else fresh)
            return redirect("team:household", code=family.code)
        form.add_error(None, answer.message)
    context = {"form": form, "household": family, "criteria_set": criteria_set, "old": old, "is_pile": is_pile}
    return render(request, "households/team/visit.html", context)


def _corrected(family: Household, typed: str) -> Visit | None:
    if not typed:
        return None
    return get_object_or_404(
        Visit.objects.prefetch_related("findings"), client_id=read_uuid(typed), household__root=family
    )


@transaction.atomic
def _record(form: VisitForm, family: Household, user: User, channel: Channel) -> Answer:
    [answer] = record_visits(reports=[form.report(channel)], by=user)
    if answer.outcome == Outcome.RECORDED:
        update_household(household=family, changes=form.household_changes(), by=user)
        recorded = Visit.objects.get(client_id=answer.client_id)
        who, basis = form.capable
        said_on = local_day(recorded.visited_at)
        state_capable_member(household=family, who=who, said_on=said_on, basis=basis, visit=recorded, by=user)
        if form.cleaned_data["photo"]:
            picture = reencode(form.cleaned_data["photo"])
            digest = sha256(picture.read()).hexdigest()
            name = keep_private(picture, folder="lam-chung")
            note = form.cleaned_data["photo_note"]
            Evidence.objects.create(visit=recorded, name=name, taken_note=note, digest=digest)
            record("evidence.add", by=user, subject=family.code)
    return answer


@team_view
@require_GET
def visit_pile(request: HttpRequest) -> HttpResponse:
    """Nhập phiếu thăm giấy: a code, then the family's name to compare with the sheet, then what the sheet says."""
    user = staff_of(request)
    typed, trouble = request.GET.get("ho", "").strip()[:20], ""
    if typed:
        try:
            family = household_of(user, read_numbered_code(CODE_PREFIX, typed))
            return redirect(f"{reverse('team:visit', kwargs={'code': family.code})}?giay=1")
        except CodeRefused as refusal:
            trouble = str(refusal)
        except Http404:
            trouble = "Không thấy hộ này, hoặc hộ không thuộc thôn anh/chị phụ trách."
    saved = read_uuid(request.GET.get("vua", ""))
    own = Visit.objects.filter(household__root__village__in=villages_of(user)).select_related("household__root")
    last = own.prefetch_related("findings").filter(client_id=saved).first() if saved else None
    return render(request, "households/team/visit_pile.html", {"typed": typed, "trouble": trouble, "last": last})


@team_or_officer_view
@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """One picture, to the village's own team and to officers; every view is a line in the log."""
    user = staff_of(request)
    photo = get_object_or_404(
        Evidence.objects.select_related("visit__household__root"),
        pk=pk,
        visit__household__root__village__in=villages_of(user),
    )
    response = private_response(photo.name)
    record("evidence.view", by=user, subject=photo.visit.household.code, data={"evidence": photo.pk})
    return response


@team_view
@require_POST
def visit_batch(request: HttpRequest) -> HttpResponse:
    """`{"visits": […]}` in any order, any number of times; answered one by one."""
    try:
        answers = take_batch(request.body, by=staff_of(request))
    except BatchRefused as refusal:
        return JsonResponse({"message": str(refusal)}, status=refusal.status)
    return JsonResponse({"answers": answers})
