"""A round's public page, from its announcement to its winners. One page, whatever the hour."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.campaign.enums import Phase
from portal.campaign.kinds import kind_of
from portal.campaign.models import Draw, Round, SealedList
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.selectors.closing import exclusions_of
from portal.campaign.selectors.public import figures_of, lines_of, place_of, right_answers_of
from portal.campaign.selectors.winners import winners_of
from portal.campaign.wording import ranking_words
from portal.core.codes import CodeRefused, read_drawn_code
from portal.core.page_cache import keep_at_most
from portal.households.access import public_view

PER_PAGE = 60


def public_round(game: str, number: int) -> Round:
    """The announced round behind an address, or 404."""
    return get_object_or_404(Round.objects.announced().select_related("game"), game__slug=game, number=number)


@public_view
@require_safe
def round_page(request: HttpRequest, game: str, number: int) -> HttpResponse:
    """Rules and hours; later the sealed list, the draw, the winners and the right answers."""
    round_ = public_round(game, number)
    context = round_context(round_, round_.phase)
    typed = request.GET.get("ma", "").strip()
    if context["sealed"] is not None:
        context["lines"] = Paginator(lines_of(context["sealed"]), PER_PAGE).get_page(request.GET.get("trang"))
        context |= look_up(round_, context["sealed"], context["draw"], typed)
    response = render(request, "campaign/rounds/round.html", context)
    if typed:
        # Somebody's own code: public, but nobody else's business.
        response["Cache-Control"] = "private, no-store"
    keep_until_the_clock_speaks(request, round_)
    return response


def round_context(round_: Round, phase: Phase) -> dict[str, Any]:
    """What the page shows in that phase."""
    sealed = SealedList.objects.filter(round=round_).first()
    context: dict[str, Any] = {
        "round": round_,
        "phase": phase,
        "kind": kind_of(round_),
        "ranking": ranking_words(round_),
        "prizes": list(round_.prizes.select_related("gift_from")),
        "changes": list(round_.changes.all()),
        "sealed": sealed,
        "draw": Draw.objects.filter(round=round_).first(),
        "is_over": phase in {Phase.CLOSED, Phase.SEALED, Phase.DRAWN, Phase.PUBLISHED},
    }
    if sealed is not None:
        context["exclusions"] = sorted(exclusions_of(round_).items())
    if context["draw"] is not None:
        context["winners"] = winners_of(round_)
    if phase == Phase.PUBLISHED:
        context["figures"] = figures_of(round_)
        context["answers"] = right_answers_of(round_) if context["kind"].has_questions else []
    return context


def look_up(round_: Round, sealed: SealedList, draw: Draw | None, typed: str) -> dict[str, Any]:
    """A family types its code and finds its own place."""
    found: dict[str, Any] = {"typed": typed, "place": None, "trouble": ""}
    if not typed:
        return found
    try:
        code = read_drawn_code(ENTRY_PREFIX, typed)
    except CodeRefused as refusal:
        return {**found, "trouble": str(refusal)}
    place = place_of(round_, sealed, draw, code)
    if place is None:
        found["trouble"] = f"Danh sách của vòng này không có mã {code}. Xem lại số vòng trên giấy nhận, hoặc hỏi xã."
    return {**found, "place": place}


def keep_until_the_clock_speaks(request: HttpRequest, round_: Round) -> None:
    """No stored copy says “open” after the close."""
    now = timezone.now()
    ahead = [moment for moment in (round_.opens_at, round_.closes_at, round_.times.ends_at) if moment > now]
    if ahead:
        # A second less: a copy that ends at the very moment would still be served in it.
        keep_at_most(request, max(int((min(ahead) - now).total_seconds()) - 1, 0))
