"""The log on screen, for those whose doings it does not record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.households.access import log_view
from portal.households.selectors.log import ACTIONS, LogPage
from portal.households.views.office import whole_number


@log_view
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Newest lines first, narrowed by household code, person and action."""
    page = LogPage(
        subject=request.GET.get("ma", "").strip(),
        username=request.GET.get("ai", "").strip(),
        action=request.GET.get("viec", ""),
        before=whole_number(request.GET.get("truoc", "")),
    )
    actions = sorted(ACTIONS.items(), key=lambda pair: pair[1])
    return render(request, "households/office/log.html", {"page": page, "actions": actions})
