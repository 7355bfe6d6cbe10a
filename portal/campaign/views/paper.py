"""Entry sheets: which rounds have them, and printing them for families or blank."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.campaign.documents.sheets import sheets_response
from portal.campaign.forms.paper import BlankSheetsForm
from portal.campaign.models import EntrySheet, Round
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.selectors.handover import waiting_rounds
from portal.campaign.selectors.sheets import lately_typed, rounds_on_paper, sheets_within
from portal.campaign.services.sheets import MAX_SHEETS, SheetsRefused, print_blank_sheets, print_household_sheets
from portal.core.audit import record
from portal.core.codes import CodeRefused, read_drawn_code
from portal.core.models import User
from portal.households.access import staff_of, team_or_officer_view
from portal.households.models import Household, Village
from portal.households.models.household import HouseholdQuerySet
from portal.households.permissions import villages_of
from portal.households.selectors.reach import reachable_households


def sheet_of(user: User, code: str) -> EntrySheet:
    """The sheet behind a code; 404 for another village's, as for none."""
    try:
        code = read_drawn_code(ENTRY_PREFIX, code)
    except CodeRefused as refusal:
        raise Http404 from refusal
    return get_object_or_404(sheets_within(user), code=code)


@team_or_officer_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Phiếu thi giấy: rounds that take paper, and what was typed in last."""
    user = staff_of(request)
    context = {
        "rounds": rounds_on_paper(),
        "typed": lately_typed(user),
        "prizes": waiting_rounds(user),
        "now": timezone.now(),
    }
    return render(request, "campaign/paper/index.html", context)


@team_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def print_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose families, or a number of blank sheets; the answer to the form is the PDF itself."""
    round_ = get_object_or_404(rounds_on_paper(), pk=pk)
    if request.method != "POST":
        return _print_page(request, round_, BlankSheetsForm(initial={"batch": uuid4()}))
    blank = BlankSheetsForm(request.POST if "blank" in request.POST else None)
    try:
        if "blank" not in request.POST:
            return sheets_response(round_, _household_sheets(request, round_))
        if blank.is_valid():
            return sheets_response(round_, _blank_sheets(request, round_, blank))
    except SheetsRefused as refusal:
        return _print_page(request, round_, blank, str(refusal))
    return _print_page(request, round_, blank)


@team_or_officer_view
@require_POST
def print_again(request: HttpRequest, code: str) -> HttpResponse:
    """The same sheet once more."""
    user = staff_of(request)
    sheet = sheet_of(user, code)
    record("sheets.print", by=user, subject=sheet.code)
    return sheets_response(sheet.round, [sheet])


def _household_sheets(request: HttpRequest, round_: Round) -> list[EntrySheet]:
    found = _found(request)
    if "all" not in request.POST:
        found = found.filter(code__in=request.POST.getlist("ho"))
    households: list[Household] = list(found)
    if not households:
        raise SheetsRefused("Chưa chọn hộ nào. Xin đánh dấu hộ cần in phiếu.")
    return print_household_sheets(round_=round_, households=households, by=staff_of(request))


def _blank_sheets(request: HttpRequest, round_: Round, form: BlankSheetsForm) -> list[EntrySheet]:
    user = staff_of(request)
    villages: list[Village] = list(villages_of(user)[:2])
    return print_blank_sheets(
        round_=round_,
        batch=form.cleaned_data["batch"],
        count=form.cleaned_data["count"],
        # A sheet of a team with one village says which; the office prints for everybody.
        village=villages[0] if len(villages) == 1 else None,
        by=user,
    )


def _found(request: HttpRequest) -> HouseholdQuerySet:
    """Families as the address narrows them: `?thon=` a village, `?q=` words of the name."""
    found = reachable_households(staff_of(request)).matching(request.GET.get("q", "").strip()[:80])
    number = request.GET.get("thon", "")
    return found.filter(village__number=int(number[:4])) if number.isascii() and number.isdigit() else found


def _print_page(request: HttpRequest, round_: Round, blank: BlankSheetsForm, trouble: str = "") -> HttpResponse:
    households = list(_found(request)[: MAX_SHEETS + 1])
    context = {
        "round": round_,
        "households": households[:MAX_SHEETS],
        "is_cut": len(households) > MAX_SHEETS,
        "limit": MAX_SHEETS,
        "villages": villages_of(staff_of(request)).order_by("number"),
        "query": request.GET.get("q", ""),
        "village_number": request.GET.get("thon", ""),
        "blank": blank,
        "trouble": trouble,
    }
    return render(request, "campaign/paper/print.html", context)
