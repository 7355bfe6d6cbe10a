"""Looking at entries with words or pictures: oldest first, one key a verdict, and nothing is out before its yes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.campaign.enums import Phase, Verdict
from portal.campaign.forms.moderation import MEND_REASONS, REFUSE_REASONS, VerdictForm
from portal.campaign.models import EntryPhoto, Moderation, Round
from portal.campaign.selectors.moderation import lately_said, moderation_queue
from portal.campaign.services.moderation import ModerationRefused, approve_entries, moderate_entry, undo_moderation
from portal.campaign.views.desk import round_or_404
from portal.core.audit import record
from portal.core.http import whole_number
from portal.core.private_files import private_response
from portal.households.access import officer_view, staff_of

DONE = {Verdict.APPROVED: "đã duyệt", Verdict.REPAIR: "đã nhắn gia đình sửa lại", Verdict.REFUSED: "không nhận"}


@officer_view
@require_safe
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits, the oldest on top, and what was just said."""
    return _page(request, round_or_404(pk))


@officer_view
@require_POST
def say(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One verdict on one entry."""
    round_, form = round_or_404(pk), VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, form.first_mistake, code)
    verdict = Verdict(form.cleaned_data["verdict"])
    try:
        moderate_entry(
            round_=round_,
            code=code,
            version=form.cleaned_data["version"],
            verdict=verdict,
            reason="" if verdict == Verdict.APPROVED else form.reason,
            by=staff_of(request),
        )
    except ModerationRefused as refusal:
        return _page(request, round_, str(refusal), code)
    messages.success(request, f"Bài {code}: {DONE[verdict]}.")
    return redirect("gameprizes:moderation", pk)


@officer_view
@require_POST
def approve_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes to all that were ticked; `bai` is “DT-7KRD-24MX 1”, code and version that were looked at."""
    round_ = round_or_404(pk)
    ticked = [value.rpartition(" ") for value in request.POST.getlist("bai")]
    versions = [(code, whole_number(version)) for code, _space, version in ticked]
    looked = [(code, version) for code, version in versions if version is not None]
    if not looked:
        return _page(request, round_, "Chưa đánh dấu bài nào.")
    approved, changed = approve_entries(round_=round_, looked=looked, by=staff_of(request))
    messages.success(request, f"Đã duyệt {approved} bài.")
    if changed:
        messages.warning(request, f"{changed} bài gia đình vừa sửa, chưa duyệt. Xin xem bản mới.")
    return redirect("gameprizes:moderation", pk)


@officer_view
@require_POST
def undo(request: HttpRequest, said: int) -> HttpResponse:
    """The entry waits again."""
    row = get_object_or_404(Moderation.objects.select_related("round__game").exclude(verdict=""), pk=said)
    try:
        undo_moderation(said=row, by=staff_of(request))
    except ModerationRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Bài {row.code}: đã hoàn tác, chờ xem lại.")
    return redirect("gameprizes:moderation", row.round_id)


@officer_view
@require_safe
def photo(request: HttpRequest, photo: int) -> HttpResponse:
    """A picture that nobody else sees yet; every look is logged."""
    row = get_object_or_404(EntryPhoto.objects.select_related("entry"), pk=photo)
    response = private_response(row.name)
    record("entry.photo_view", by=staff_of(request), subject=row.entry.code)
    return response


def _page(request: HttpRequest, round_: Round, trouble: str = "", code: str = "") -> HttpResponse:
    waiting = moderation_queue(round_)
    context = {
        "round": round_,
        "queue": waiting,
        "oldest": waiting.items[0].waits_since if waiting.items else None,
        "is_open": round_.phase == Phase.OPEN,
        "said": lately_said(round_),
        "mend_reasons": MEND_REASONS,
        "refuse_reasons": REFUSE_REASONS,
        "trouble": trouble,
        "trouble_code": code,
        # What was typed beside a refused verdict is still there.
        "typed_own": request.POST.get("own", ""),
        "typed_ready": request.POST.get("ready", ""),
        "now": timezone.now(),
    }
    return render(request, "campaign/work/moderation.html", context, status=422 if trouble else 200)
