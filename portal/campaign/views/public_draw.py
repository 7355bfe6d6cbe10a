"""The sealed list as a text and as a paper, and the draw that anyone can run again."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.campaign.documents.sealed_list import list_paper
from portal.campaign.draw import first_difference, rerun
from portal.campaign.enums import SeedSource
from portal.campaign.models import Draw, Round, SealedList
from portal.campaign.sealing import codes_of
from portal.campaign.seeds import HELP
from portal.campaign.selectors.winners import winners_of
from portal.campaign.services.results import DrawRefused, clean_number
from portal.campaign.views.public_rounds import look_up, public_round
from portal.households.access import public_view

#: What anybody may run at home: shown on the page, and served as files.
RECIPES = ("boc-tham.py", "boc-tham.sh")


def sealed_or_404(game: str, number: int) -> tuple[Round, SealedList]:
    """An announced round whose list is sealed."""
    round_ = public_round(game, number)
    sealed = SealedList.objects.filter(round=round_).first()
    if sealed is None:
        raise Http404
    return round_, sealed


@public_view
@require_safe
def list_text(request: HttpRequest, game: str, number: int) -> HttpResponse:
    """The list byte for byte as it is hashed."""
    _round, sealed = sealed_or_404(game, number)
    return HttpResponse(sealed.text, content_type="text/plain; charset=utf-8")


@public_view
@require_safe
def list_pdf(request: HttpRequest, game: str, number: int) -> HttpResponse:
    """The list for the notice boards, A4."""
    round_, sealed = sealed_or_404(game, number)
    response = HttpResponse(list_paper(round_, sealed), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="danh-sach-{game}-vong-{number}.pdf"'
    return response


@public_view
@require_safe
def draw(request: HttpRequest, game: str, number: int) -> HttpResponse:
    """The draw: recipe, published order, and the same done again here on the server (`?so=`) or in the browser."""
    round_, sealed = sealed_or_404(game, number)
    drawn = Draw.objects.filter(round=round_).first()
    typed, code = request.GET.get("so", "").strip(), request.GET.get("ma", "").strip()
    context: dict[str, Any] = {
        "round": round_,
        "sealed": sealed,
        "draw": drawn,
        "count": len(codes_of(sealed.text)),
        "winners": {winner.code: winner.prize for winner in winners_of(round_)} if drawn else {},
        "help": HELP[SeedSource(round_.seed_source)],
        "recipes": [(name, recipe(name)) for name in RECIPES],
        "typed_number": typed or (drawn.number if drawn else ""),
        **_run_again(round_, sealed, drawn, typed),
        **look_up(round_, sealed, drawn, code),
    }
    response = render(request, "campaign/rounds/draw.html", context)
    if typed or code:
        response["Cache-Control"] = "private, no-store"
    return response


def _run_again(round_: Round, sealed: SealedList, drawn: Draw | None, typed: str) -> dict[str, Any]:
    if not typed:
        return {"again": None, "difference": None, "number_trouble": ""}
    try:
        number = clean_number(SeedSource(round_.seed_source), typed)
    except DrawRefused as refusal:
        return {"again": None, "difference": None, "number_trouble": str(refusal)}
    again = rerun(sealed.text, number)
    is_real = drawn is not None and drawn.number == number
    return {
        "again": again,
        "again_number": number,
        "is_real_number": is_real,
        "digest_fits": again.digest == sealed.digest,
        "difference": first_difference(again.order, drawn.order) if drawn and is_real else None,
        "number_trouble": "",
    }


@cache
def recipe(name: str) -> str:
    """The text of a script, as it is served."""
    return (settings.BASE_DIR / "static" / "recipe" / name).read_text(encoding="utf-8")
