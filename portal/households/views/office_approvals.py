"""Changes that wait for a second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.households.access import officer_view, staff_of
from portal.households.models import SensitiveChange
from portal.households.services.approvals import ApprovalRefused, decide_change


@officer_view
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits, and the last ones that were decided."""
    rows = SensitiveChange.objects.select_related("asked_by", "decided_by")
    context = {
        "waiting": [(row, row.asked_by_id == staff_of(request).pk) for row in rows.filter(decided_at=None)],
        "decided": rows.exclude(decided_at=None).order_by("-decided_at")[:50],
    }
    return render(request, "households/office/approvals.html", context)


@officer_view
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it through or not."""
    change = get_object_or_404(SensitiveChange, pk=pk)
    is_approved = request.POST.get("duyet") == "co"
    try:
        decide_change(change=change, is_approved=is_approved, by=staff_of(request))
    except ApprovalRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"{change.summary}: {'đã duyệt' if is_approved else 'không duyệt'}.")
    return redirect("office:approvals")
