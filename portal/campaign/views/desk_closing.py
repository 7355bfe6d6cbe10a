"""A round is over: its list is sealed, and one entry of each household stays in the running."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portal.campaign.forms.closing import ExclusionForm
from portal.campaign.models import SealedList
from portal.campaign.rooms import MATCHING, room_of
from portal.campaign.sealing import codes_of
from portal.campaign.selectors.closing import SETTLED, exclusions_of, settling_of
from portal.campaign.services.closing import (
    ExclusionRefused,
    SealingRefused,
    exclude_entry,
    lift_exclusion,
    seal_round,
    settle_households,
)
from portal.campaign.views.desk import round_or_404
from portal.households.access import officer_view, staff_of


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Chốt danh sách by hand, where the clock has not done it yet."""
    round_ = round_or_404(pk)
    if round_.sealed_at is not None:
        return redirect("gamedesk:round", pk)
    error = ""
    if request.method == "POST":
        try:
            sealed = seal_round(round_=round_, by=staff_of(request))
        except SealingRefused as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"Đã chốt danh sách: {len(codes_of(sealed.text))} bài.")
            return redirect("gamedesk:round", pk)
    return render(request, "campaign/desk/seal.html", {"round": round_, "error": error}, status=422 if error else 200)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Xét bài: one entry of each household; others taken out with a reason."""
    round_ = round_or_404(pk)
    sealed = SealedList.objects.filter(round=round_).first()
    if sealed is None:
        messages.warning(request, "Chốt danh sách rồi mới xét bài.")
        return redirect("gamedesk:round", pk)
    form = ExclusionForm(request.POST if "loai" in request.POST else None)
    error = ""
    if request.method == "POST":
        try:
            if not form.is_bound:
                count = settle_households(round_=round_, by=staff_of(request))
                messages.success(request, f"Đã xét: {count} bài được đưa ra khỏi danh sách xét giải, có lý do.")
                return redirect("gamedesk:settle", pk)
            if form.is_valid():
                exclude_entry(round_=round_, by=staff_of(request), **form.cleaned_data)
                messages.success(request, f"Bài {form.cleaned_data['code']} không xét giải nữa.")
                return redirect("gamedesk:settle", pk)
        except ExclusionRefused as refusal:
            form.add_error("code", str(refusal)) if form.is_bound else None
            error = str(refusal)
    standing, codes = exclusions_of(round_), codes_of(sealed.text)
    context = {
        "round": round_,
        "settling": settling_of(round_),
        "matching_url": room_of(MATCHING, round_),
        "excluded": [(row, row.reason not in SETTLED) for _code, row in sorted(standing.items())],
        "listed_count": len(codes),
        "running_count": len(set(codes) - standing.keys()),
        "form": form,
        "error": error,
        "is_drawn": round_.drawn_at is not None,
    }
    return render(request, "campaign/desk/settle.html", context, status=422 if error or form.errors else 200)


@officer_view
@require_POST
def decide(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An entry that somebody took out is in the running again."""
    try:
        lift_exclusion(round_=round_or_404(pk), code=code, by=staff_of(request))
    except ExclusionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Bài {code} lại được xét giải.")
    return redirect("gamedesk:settle", pk)
