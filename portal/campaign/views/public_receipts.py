"""`/minigame/bai/`: an entry read again by its code, and opened with its secret number.

The code is public once the list of a round is: by itself it tells no more than the list does.
"""

import io
from typing import Any

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.campaign.changing import can_be_changed
from portal.campaign.clock import accepts
from portal.campaign.forms.entering import SecretForm, shown_as_words
from portal.campaign.kinds import kind_of
from portal.campaign.models import Entry
from portal.campaign.receipts import spaced_mark
from portal.campaign.selectors.entries import versions_of
from portal.campaign.selectors.outcomes import outcome_of
from portal.campaign.selectors.rounds import round_now
from portal.campaign.services.entry_secrets import EntrySecretRefused, open_entry, read_entry_code, ticket_for
from portal.campaign.services.photos import preview_of
from portal.core.codes import CodeRefused, spoken_code
from portal.households.access import public_view

DAY_SECONDS = 24 * 60 * 60


@public_view
@never_cache
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """Ask for the code; open to everyone."""
    typed = request.GET.get("ma", "").strip()[:40]
    context = {"typed": typed, "mistake": ""}
    if typed:
        try:
            return redirect("games:receipt", read_entry_code(typed))
        except CodeRefused as refusal:
            context["mistake"] = str(refusal)
    elif "ma" in request.GET:
        context["mistake"] = "Xin gõ mã dự thi in trên giấy nhận."
    return render(request, "campaign/play/receipts.html", context)


@public_view
@never_cache
@csrf_exempt  # No session to ride on: the secret number comes with the form itself.
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What a code alone tells; with the secret number the answers too. Open to everyone."""
    try:
        read = read_entry_code(code)
    except CodeRefused as refusal:
        return _unknown(request, code[:40], str(refusal))
    if read != code:
        return redirect("games:receipt", read)
    form = SecretForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            address = str(request.META.get("REMOTE_ADDR", ""))
            return _opened_page(request, open_entry(code, form.cleaned_data["secret"], address=address))
        except EntrySecretRefused as refusal:
            form.add_error("secret", str(refusal))
    versions = versions_of(code)
    if not versions:
        return _unknown(request, code, "Không thấy mã này. Xin xem lại từng chữ trên giấy nhận.")
    mistakes = [("id_secret", str(errors[0])) for errors in form.errors.values()]
    context = {**_context(versions), "form": form, "mistakes": mistakes}
    return render(request, "campaign/play/receipt_again.html", context)


@public_view
@require_safe
def square_code(_request: HttpRequest, code: str) -> HttpResponse:
    """The receipt's square code as a drawing of its own, so that giving out a receipt never waits for it.

    Drawn for any well-formed code: whether an entry has it is not told. Open to everyone.
    """
    try:
        read = read_entry_code(code)
    except CodeRefused as refusal:
        raise Http404 from refusal
    text = settings.BASE_URL + reverse("games:receipt", args=[read])
    drawing = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=2, omitsize=True, xmldecl=False)
    response = HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
    patch_cache_control(response, private=True, max_age=DAY_SECONDS)
    return response


def _unknown(request: HttpRequest, typed: str, mistake: str) -> HttpResponse:
    context = {"typed": typed, "mistake": mistake}
    return render(request, "campaign/play/receipts.html", context, status=404)


def _context(versions: list[Entry]) -> dict[str, Any]:
    last = versions[-1]
    return {
        "code": last.code,
        "spoken": spoken_code(last.code),
        "last": last,
        "round": last.round,
        "clock": round_now(last.round),
        "outcome": outcome_of(last),
        "mark": spaced_mark(last.digest),
    }


def _opened_page(request: HttpRequest, versions: list[Entry]) -> HttpResponse:
    last, clock = versions[-1], round_now(versions[-1].round)
    photo = last.photos.first()
    context = {
        **_context(versions),
        "versions": versions,
        "shown": kind_of(last.round).shown(last.round, last.content) if last.erased_at is None else [],
        "shown_as": shown_as_words(last.shown_as),
        "preview": preview_of(photo.name) if photo else "",
        "may_change": can_be_changed(last) and accepts(clock.now, clock.now, last.round.times),
        "ticket": ticket_for(last),
    }
    return render(request, "campaign/play/opened.html", context)
