"""`/minigame/<game>/vong-<n>/`: the address of a round."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from portal.campaign.selectors.rounds import round_at
from portal.households.access import public_view


@public_view
@require_safe
def round_page(request: HttpRequest, game: str, number: int) -> HttpResponse:
    """The round's place on the page of its game; open to everyone."""
    round_ = round_at(game, number)
    if round_ is None:
        raise Http404
    return HttpResponseRedirect(f"{round_.game.get_url(request)}#vong-{number}")
