"""Prizes go from hand to hand: the round's list, one prize, what was noted of it, and the paper to sign."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.campaign.documents.handover import handover_paper
from portal.campaign.forms.handover import HandoverForm, MissedForm, TakeBackForm
from portal.campaign.models import Handover, Round
from portal.campaign.selectors.handover import PrizeToHand, prizes_within
from portal.campaign.services.handover import HandoverRefused, StubRefused, hand_over, mark_missed, take_back
from portal.campaign.views.desk import round_or_404
from portal.core.audit import record
from portal.core.private_files import private_response
from portal.core.staff_forms import OfficeForm
from portal.households.access import officer_view, staff_of, team_or_officer_view
from portal.households.permissions import is_officer


def _prize_or_404(request: HttpRequest, round_: Round, award: int) -> PrizeToHand:
    """A prize within reach; another village's is not there."""
    found = next((row for row in prizes_within(staff_of(request), round_) if row.award.pk == award), None)
    if found is None:
        raise Http404
    return found


@team_or_officer_view
@require_safe
def prizes(request: HttpRequest, pk: int) -> HttpResponse:
    """Trao giải: every prize within reach, those that wait on top."""
    round_ = round_or_404(pk)
    rows = sorted(prizes_within(staff_of(request), round_), key=lambda row: not row.is_waiting)
    context = {
        "round": round_,
        "prizes": rows,
        "waiting": sum(row.is_waiting for row in rows),
        "is_officer": is_officer(staff_of(request)),
    }
    return render(request, "campaign/work/handover.html", context)


@team_or_officer_view
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Receipts to print and sign, for the prizes within reach that still wait."""
    round_ = round_or_404(pk)
    rows = [row for row in prizes_within(staff_of(request), round_) if row.award.handed_at is None]
    if not rows:
        messages.info(request, "Không còn giải nào chờ trao nên không có biên nhận để in.")
        return redirect("gameprizes:handover", pk)
    record("award.print", by=staff_of(request), subject=str(pk), data={"prizes": len(rows)})
    response = HttpResponse(handover_paper(round_, rows), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-nhan-vong-{round_.number}.pdf"'
    return response


@team_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def prize(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """One prize: hand it over, once the stub was checked."""
    round_ = round_or_404(pk)
    row = _prize_or_404(request, round_, award)
    if request.method != "POST":
        record("award.view", by=staff_of(request), subject=row.award.entry.code)
        return _page(request, round_, row)
    form = HandoverForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            hand_over(award=row.award, handed=form.handed(), by=staff_of(request))
        except StubRefused as refusal:
            form.add_error("secret", str(refusal))
        except HandoverRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi trao {row.award.prize.name} cho bài {row.award.entry.code}.")
            return redirect("gameprizes:handover", pk)
    return _page(request, round_, row, hand=form)


@team_or_officer_view
@require_POST
def missed(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """Nobody came for it."""
    round_ = round_or_404(pk)
    row, form = _prize_or_404(request, round_, award), MissedForm(request.POST)
    if form.is_valid():
        try:
            mark_missed(award=row.award, reason=form.cleaned_data["missed_reason"], by=staff_of(request))
        except HandoverRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã ghi bài {row.award.entry.code} chưa đến nhận. Nhà ấy đến sau vẫn trao được.")
            return redirect("gameprizes:handover", pk)
    return _page(request, round_, row, missed=form)


@officer_view
@require_POST
def correct(request: HttpRequest, pk: int, award: int) -> HttpResponse:
    """What was noted is taken back, with the reason beside it."""
    round_ = round_or_404(pk)
    row, form = _prize_or_404(request, round_, award), TakeBackForm(request.POST)
    if form.is_valid():
        try:
            take_back(award=row.award, reason=form.cleaned_data["wrong_reason"], by=staff_of(request))
        except HandoverRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã rút lại dòng ghi nhầm. Bài {row.award.entry.code} lại chờ trao giải.")
            return redirect("gameprizes:prize", pk, award)
    return _page(request, round_, row, wrong=form)


@team_or_officer_view
@require_safe
def receipt(request: HttpRequest, pk: int, award: int, said: int) -> HttpResponse:
    """The signed paper; every look is logged."""
    row = _prize_or_404(request, round_or_404(pk), award)
    found = Handover.objects.filter(pk=said, award=row.award).exclude(receipt_name="").first()
    if found is None:
        raise Http404
    response = private_response(found.receipt_name)
    record("award.receipt_view", by=staff_of(request), subject=row.award.entry.code)
    return response


def _page(request: HttpRequest, round_: Round, row: PrizeToHand, **bound: OfficeForm) -> HttpResponse:
    context = {
        "round": round_,
        "row": row,
        "log": row.award.handovers.select_related("said_by"),
        "is_officer": is_officer(staff_of(request)),
        "hand": bound.get("hand", HandoverForm()),
        "missed": bound.get("missed", MissedForm()),
        "wrong": bound.get("wrong", TakeBackForm()),
    }
    return render(request, "campaign/work/prize.html", context, status=422 if bound else 200)
