"""Whose entry it is: one tap for a group of entries under one name, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.campaign.enums import Phase
from portal.campaign.models import Round
from portal.campaign.selectors.matching import lately_matched, matching_groups, unmatched_entries
from portal.campaign.services.closing import ExclusionRefused, match_entry, undo_match
from portal.campaign.views.desk import round_or_404
from portal.core.codes import CodeRefused
from portal.core.models import User
from portal.households.access import officer_view, staff_of
from portal.households.models import Household
from portal.households.selectors.reach import reachable_household

#: Before the close nobody may learn from a queue how many have entered.
MATCHED_IN = (Phase.CLOSED, Phase.SEALED)
NOBODY = "khong"


@officer_view
@require_safe
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """Entries without household, grouped by name and village."""
    return _page(request, round_or_404(pk))


@officer_view
@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """`bai` are the entries, `ho` is a household's code or “khong” for none of the register's."""
    round_, user = round_or_404(pk), staff_of(request)
    codes = _codes_to_match(round_, request.POST.getlist("bai"))
    try:
        household = _household(user, request.POST.get("ho", ""), request.POST.get("ma", ""))
        for code in codes:
            match_entry(round_=round_, code=code, household=household, by=user)
    except (CodeRefused, ExclusionRefused) as refusal:
        return _page(request, round_, str(refusal), codes)
    whose = f"của hộ {household.code} {household.head_name}" if household else "không phải của hộ nào trong sổ"
    messages.success(request, f"Bài {', '.join(codes)}: {whose}.")
    return redirect("gameprizes:matching", pk)


@officer_view
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Back in the queue."""
    round_, code = round_or_404(pk), request.POST.get("bai", "")
    if code not in {row.code for row in lately_matched(round_)}:
        raise Http404
    try:
        undo_match(round_=round_, code=code, by=staff_of(request))
    except ExclusionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Bài {code}: đã hoàn tác, chờ khớp lại.")
    return redirect("gameprizes:matching", pk)


def _codes_to_match(round_: Round, typed: list[str]) -> list[str]:
    codes = [entry.code for entry in unmatched_entries(round_) if entry.code in set(typed)]
    if not codes:
        raise Http404
    return codes


def _household(user: User, chosen: str, typed: str) -> Household | None:
    """By button, or by a code that somebody looked up; raises CodeRefused."""
    if chosen == NOBODY:
        return None
    found = reachable_household(user, chosen or typed)
    if found is None:
        raise CodeRefused("Không thấy hộ có mã này.")
    return found


def _page(request: HttpRequest, round_: Round, trouble: str = "", codes: list[str] | None = None) -> HttpResponse:
    is_time = round_.phase in MATCHED_IN
    context = {
        "round": round_,
        "is_time": is_time,
        "groups": matching_groups(round_) if is_time else [],
        "said": lately_matched(round_) if is_time else [],
        "trouble": trouble,
        "trouble_codes": codes or [],
        "typed": request.POST.get("ma", ""),
    }
    return render(request, "campaign/work/matching.html", context, status=422 if trouble else 200)
