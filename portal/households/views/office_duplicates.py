"""Entries that may be one family: the queue, two side by side, what was merged, and the way back."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.households.access import officer_view, staff_of
from portal.households.forms.office import ReasonForm
from portal.households.models import Household, Merge
from portal.households.selectors.duplicate_queue import likely_pairs, waiting_merges
from portal.households.selectors.duplicates import Traits, compare
from portal.households.selectors.file import household_file
from portal.households.selectors.rules import register_rules
from portal.households.services.approvals import ApprovalRefused, ask_to_merge
from portal.households.services.merging import MergeRefused, mark_distinct, undo_merge
from portal.households.views.office import household_of


@officer_view
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Likely pairs, the most alike first."""
    return render(request, "households/office/duplicates.html", {"pairs": likely_pairs()})


@officer_view
@require_safe
def pair(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Two entries side by side."""
    return _pair_page(request, *_two(code, other), ReasonForm())


@officer_view
@require_POST
def distinct(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Remember that these are two."""
    first, second = _two(code, other)
    mark_distinct(first=first, second=second, by=staff_of(request))
    messages.success(request, f"Đã ghi: {first.code} và {second.code} không trùng. Không hỏi lại cặp này nữa.")
    return redirect("office:duplicates")


@officer_view
@require_POST
def ask_merge(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Ask to take the second into the first; another officer decides."""
    survivor, absorbed = _two(code, other)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _pair_page(request, survivor, absorbed, form)
    try:
        ask_to_merge(survivor=survivor, absorbed=absorbed, reason=form.cleaned_data["reason"], by=staff_of(request))
    except ApprovalRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(
            request, "Việc này cần hai người. Đã gửi đề nghị, chờ cán bộ sổ hộ khác duyệt; chưa có hiệu lực."
        )
    return redirect("office:approvals")


@officer_view
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """What was merged, and until when it can be undone."""
    rows = Merge.objects.select_related("survivor", "absorbed", "merged_by", "undone_by")[:200]
    time_to_undo, now = timedelta(days=register_rules().merge_undo_days), timezone.now()
    lines = [
        (row, row.merged_at + time_to_undo, row.undone_at is None and now < row.merged_at + time_to_undo)
        for row in rows
    ]
    return render(request, "households/office/merges.html", {"lines": lines})


@officer_view
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Two again."""
    merge = get_object_or_404(Merge.objects.select_related("absorbed"), pk=pk)
    try:
        undo_merge(merge=merge, by=staff_of(request))
    except MergeRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Đã gỡ gộp. Mã {merge.absorbed.code} đứng riêng như trước.")
    return redirect("office:merges")


def _two(code: str, other: str) -> tuple[Household, Household]:
    first, second = household_of(code), household_of(other)
    if first.pk == second.pk or first.survivor_id is not None or second.survivor_id is not None:
        raise Http404
    return first, second


def _pair_page(request: HttpRequest, first: Household, second: Household, form: ReasonForm) -> HttpResponse:
    points, reasons = compare(Traits.of(first), Traits.of(second))
    context = {
        "sides": [(first, household_file(first), second), (second, household_file(second), first)],
        "reasons": reasons,
        "points": points,
        "form": form,
        "is_waiting": (min(first.pk, second.pk), max(first.pk, second.pk)) in waiting_merges(),
        "first": first,
        "second": second,
        "undo_until": timezone.localdate() + timedelta(days=register_rules().merge_undo_days),
    }
    return render(request, "households/office/pair.html", context)
