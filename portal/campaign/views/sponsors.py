"""Prize and sponsor log: lines added, named or not, struck out; the workbook; the public sums."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.campaign.documents.ledger import ledger_workbook
from portal.campaign.forms.sponsors import LedgerForm, SpendingForm, SponsorshipForm, StrikeForm
from portal.campaign.models import Spending, Sponsorship
from portal.campaign.selectors.sponsors import public_ledger, total
from portal.campaign.services.sponsors import LineStruck, add_line, name_sponsor, strike_out
from portal.core.audit import record
from portal.core.private_files import private_response
from portal.households.access import officer_view, public_view, staff_of

#: Words in the addresses.
GIVEN, SPENT = "nhan", "chi"
MODELS: dict[str, Any] = {GIVEN: Sponsorship, SPENT: Spending}
FORMS: dict[str, type[LedgerForm]] = {GIVEN: SponsorshipForm, SPENT: SpendingForm}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _lines(kind: str) -> Any:
    return MODELS[kind].objects.select_related("game", "round__game", "recorded_by", "cancelled_by")


def _line_or_404(kind: str, line: int) -> Any:
    if kind not in MODELS:
        raise Http404
    return get_object_or_404(_lines(kind), pk=line)


@officer_view
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Tài trợ và chi: all lines, the newest first."""
    given, spent = list(_lines(GIVEN)), list(_lines(SPENT))
    context = {"given": given, "spent": spent, "given_total": total(given), "spent_total": total(spent)}
    return render(request, "campaign/work/ledger.html", context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """One more line."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        receipt = form.cleaned_data["receipt"]
        add_line(model=MODELS[kind], values=form.values(), receipt=receipt, by=staff_of(request))
        messages.success(request, "Đã ghi vào sổ.")
        return redirect("gameprizes:ledger")
    title = "Ghi khoản được tặng" if kind == GIVEN else "Ghi khoản chi"
    context = {"form": form, "title": title}
    return render(request, "campaign/work/ledger_form.html", context, status=422 if form.errors else 200)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: HttpRequest, kind: str, line: int) -> HttpResponse:
    """A wrong line stays legible and counts no more."""
    row = _line_or_404(kind, line)
    form = StrikeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            strike_out(line=row, reason=form.cleaned_data["reason"], by=staff_of(request))
        except LineStruck as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, "Đã gạch bỏ. Dòng ấy vẫn đọc được, không tính vào tổng.")
        return redirect("gameprizes:ledger")
    context = {"form": form, "title": "Gạch bỏ một dòng", "line": row}
    return render(request, "campaign/work/ledger_form.html", context, status=422 if form.errors else 200)


@officer_view
@require_POST
def name(request: HttpRequest, line: int) -> HttpResponse:
    """Put the giver's name on the public page, or take it off."""
    row = _line_or_404(GIVEN, line)
    name_sponsor(sponsorship=row, is_named="dang" in request.POST, by=staff_of(request))
    messages.success(request, "Đã đăng tên người tặng." if "dang" in request.POST else "Đã thôi đăng tên người tặng.")
    return redirect("gameprizes:ledger")


@officer_view
@require_safe
def receipt(request: HttpRequest, kind: str, line: int) -> HttpResponse:
    """The paper of a line; every look is logged."""
    row = _line_or_404(kind, line)
    if not row.receipt_name:
        raise Http404
    response = private_response(row.receipt_name)
    record("sponsor.receipt_view", by=staff_of(request), subject=f"{kind} {row.pk}")
    return response


@officer_view
@require_POST
def workbook(request: HttpRequest) -> HttpResponse:
    """The ledger as .xlsx."""
    record("sponsor.export", by=staff_of(request))
    response = HttpResponse(ledger_workbook(list(_lines(GIVEN)), list(_lines(SPENT))), content_type=WORKBOOK)
    response["Content-Disposition"] = 'attachment; filename="so-tai-tro.xlsx"'
    return response


@public_view
@require_safe
def sponsors(request: HttpRequest) -> HttpResponse:
    """Who gave, as far as they want it known, and what became of it. Open to everyone."""
    return render(request, "campaign/sponsors.html", {"ledger": public_ledger()})
