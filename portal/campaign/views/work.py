"""The work around the games: what waits in which round."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.campaign.models import Round
from portal.campaign.selectors.work import work_of
from portal.households.access import officer_view


@officer_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Rounds that are going on, each with what a person has to do in it."""
    rounds = Round.objects.announced().filter(erased_at=None).select_related("game").order_by("closes_at", "pk")
    return render(request, "campaign/work/index.html", {"rounds": [(round_, work_of(round_)) for round_ in rounds]})
