"""`/quan-tri/minigame/da-xoa/`: what was erased of a round's entries, to look at and to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.campaign.models import Erasure
from portal.core.audit import record
from portal.households.access import officer_view, staff_of


@officer_view
@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof list of one round: codes and numbers alone."""
    erasure = get_object_or_404(Erasure.objects.select_related("round__game"), round=pk)
    record("round.erasure_view", by=staff_of(request), subject=str(pk))
    lines = [{"code": code, "versions": versions, "pictures": pictures} for code, versions, pictures in erasure.proof]
    context = {
        "round": erasure.round,
        "erasure": erasure,
        "lines": lines,
        "picture_count": sum(line["pictures"] for line in lines),
    }
    return render(request, "campaign/desk/erasure.html", context)
