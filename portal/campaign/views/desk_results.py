"""The draw with its one number, the ranks to look over, and their publication."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.campaign.enums import SeedSource
from portal.campaign.forms.closing import EvidenceForm, NumberSeenForm
from portal.campaign.models import Draw, Round, SealedList
from portal.campaign.rooms import STORIES, room_of
from portal.campaign.sealing import codes_of
from portal.campaign.seeds import HELP
from portal.campaign.selectors.closing import exclusions_of
from portal.campaign.selectors.course import next_task
from portal.campaign.selectors.results import ranked_entries
from portal.campaign.selectors.winners import awards_of, wishes_of
from portal.campaign.services.results import DrawRefused, ResultsRefused, draw_round, publish_results
from portal.campaign.views.desk import round_or_404
from portal.core.audit import record
from portal.core.private_files import keep_private, private_response, private_storage
from portal.households.access import officer_view, staff_of

#: Names of the buttons: back to the form, and draw.
BACK, DRAW = "sua-lai", "boc"
FOLDER = "minigame-boc-tham"
PER_PAGE = 50


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Bốc thăm: the number is typed, shown once more in large figures, then drawn with, once."""
    round_ = round_or_404(pk)
    if round_.drawn_at is not None:
        messages.info(request, "Vòng này đã bốc thăm rồi. Bốc thăm chỉ làm một lần.")
        return redirect("gamedesk:results", pk)
    if not round_.seed_source:
        raise Http404
    source = SeedSource(round_.seed_source)
    form = NumberSeenForm(request.POST or None, round_=round_)
    context: dict[str, Any] = {"round": round_, "form": form, "help": HELP[source], "task": next_task(round_)}
    if request.method == "POST" and BACK not in request.POST and form.is_valid():
        evidence = EvidenceForm(request.POST if DRAW in request.POST else None, request.FILES or None, source=source)
        if DRAW not in request.POST or not evidence.is_valid():
            return _confirm(request, context, form, evidence)
        try:
            _draw(round_, form, evidence.cleaned_data["evidence"], request)
        except DrawRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã bốc thăm. Xem lại kết quả, rồi công bố.")
            return redirect("gamedesk:results", pk)
    return render(request, "campaign/desk/draw.html", context, status=422 if form.is_bound and form.errors else 200)


def _confirm(
    request: HttpRequest, context: dict[str, Any], form: NumberSeenForm, evidence: EvidenceForm
) -> HttpResponse:
    round_ = context["round"]
    sealed = SealedList.objects.filter(round=round_).first()
    codes = codes_of(sealed.text) if sealed else []
    shown = {
        "evidence": evidence,
        "number": form.cleaned_data["number"],
        "running_count": len(set(codes) - exclusions_of(round_).keys()),
        "prize_count": sum(prize.quantity for prize in round_.prizes.all()),
    }
    return render(request, "campaign/desk/draw_confirm.html", context | shown, status=422 if evidence.errors else 200)


def _draw(round_: Round, form: NumberSeenForm, file: Any, request: HttpRequest) -> None:
    """The paper is kept only with a draw that was made."""
    name = keep_private(file, folder=FOLDER) if file else ""
    try:
        draw_round(round_=round_, outside=form.outside(name), by=staff_of(request))
    except DrawRefused:
        if name:
            private_storage.delete(name)
        raise


@officer_view
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip or the minutes; every look is logged."""
    found = get_object_or_404(Draw.objects.exclude(evidence=""), round=pk)
    response = private_response(found.evidence)
    record("round.evidence_view", by=staff_of(request), subject=str(pk))
    return response


@officer_view
@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Ranks of all entries in the running, for the office alone."""
    round_ = round_or_404(pk)
    found = get_object_or_404(Draw, round=round_)
    prizes = {award.entry_id: award.prize for award in awards_of(round_)}
    places = Paginator(ranked_entries(round_), PER_PAGE).get_page(request.GET.get("trang"))
    rows = [(place, prizes.get(place.entry.pk)) for place in places]
    context = {"round": round_, "draw": found, "rows": rows, "places": places, "task": next_task(round_)}
    context["stories_url"] = room_of(STORIES, round_) if round_.results_at is not None else ""
    return render(request, "campaign/desk/results.html", context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Công bố kết quả, after a look at how each winner will be called."""
    round_ = round_or_404(pk)
    if round_.results_at is not None:
        return redirect("gamedesk:round", pk)
    error = ""
    if request.method == "POST":
        try:
            publish_results(round_=round_, by=staff_of(request), code_only=request.POST.getlist("chi-ma"))
        except ResultsRefused as refusal:
            error = str(refusal)
        else:
            messages.success(request, f"Đã công bố kết quả {round_}.")
            return redirect("gamedesk:round", pk)
    record("round.winners_view", by=staff_of(request), subject=str(pk))
    context = {"round": round_, "wishes": wishes_of(round_), "error": error}
    return render(request, "campaign/desk/publish.html", context, status=422 if error else 200)
