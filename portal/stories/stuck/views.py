"""`/bi-ket/`: a tap on “Tôi bị kẹt ở bước này”."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.households.access import public_view
from portal.stories.models import GuidePage
from portal.stories.stuck.services import note_stuck
from portal.stories.stuck.steps import step_of
from portal.stories.stuck.tickets import Ticket, comes_from_our_page


@public_view
@never_cache
@csrf_exempt  # No session, no cookie: it adds one to a count, and the page's ticket says that it is a page of ours.
@require_http_methods(["GET", "HEAD", "POST"])
def stuck(request: HttpRequest) -> HttpResponse:
    """Count, thank, and say what to try next; open to everyone."""
    ticket = Ticket.read(request.POST.get("phieu", ""))
    guide = GuidePage.objects.live().filter(pk=ticket.guide).first() if ticket else None
    step = step_of(guide, request.POST.get("buoc", "")) if guide else None
    if ticket is None or step is None:
        # Typed in, or the step is gone since the page was opened.
        return redirect(guide.url if guide else "wagtail_serve", *([] if guide else ["huong-dan/"]))
    if not ticket.is_fresh:
        return render(request, "stories/stuck.html", {"step": step, "is_old": True})
    if not request.POST.get("website") and comes_from_our_page(request):
        note_stuck(step=step, ticket=ticket)
    return render(request, "stories/stuck.html", {"step": step, "is_old": False})
