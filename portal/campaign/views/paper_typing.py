"""The returned pile: type or scan a code, answer by single keys, look at what was saved, next sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portal.campaign.forms.paper import SheetForm
from portal.campaign.kinds import ContentForm, kind_of
from portal.campaign.models import Entry, EntrySheet
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.paper import rows_of, unanswered
from portal.campaign.selectors.sheets import is_changed_since, lately_typed, sheets_within, typed_entry, who_of
from portal.campaign.services.entries import EntryRefused
from portal.campaign.services.sheets import AlreadyTyped
from portal.campaign.services.sheets import type_sheet as enter_sheet
from portal.campaign.views.paper import sheet_of
from portal.core.codes import CodeRefused, read_drawn_code
from portal.core.models import User
from portal.households.access import staff_of, team_or_officer_view


@team_or_officer_view
@require_safe
def code_box(request: HttpRequest) -> HttpResponse:
    """`?ma=` opens a sheet; `?vua=` shows the one just saved, as the register has it."""
    user, typed = staff_of(request), request.GET.get("ma", "").strip()[:200]
    trouble = ""
    if typed:
        try:
            # A scanner types the whole address of the square code.
            code = read_drawn_code(ENTRY_PREFIX, typed.rstrip("/").rsplit("/", 1)[-1])
        except CodeRefused as refusal:
            trouble = str(refusal)
        else:
            if sheets_within(user).filter(code=code).exists():
                return redirect("gamepaper:type_sheet", code=code)
            trouble = "Không thấy phiếu này, hoặc phiếu không thuộc thôn anh/chị phụ trách."
    saved = _saved(user, request.GET.get("vua", ""))
    return render(request, "campaign/paper/type.html", {"typed": typed, "trouble": trouble, **saved})


@team_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def type_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet. Typed in already, it says so; `?sua=1` opens it for a correction."""
    user = staff_of(request)
    sheet = sheet_of(user, code)
    before = typed_entry(sheet)
    may_correct = before is not None and not is_changed_since(before) and sheet.round.sealed_at is None
    if request.method == "POST":
        return _save(request, user, sheet)
    if before is not None and not (may_correct and request.GET.get("sua")):
        context = {"sheet": sheet, "may_correct": may_correct, **_read_back(before)}
        return render(request, "campaign/paper/typed_already.html", context)
    last = next((entry for entry in lately_typed(user) if entry.round_id == sheet.round_id), None)
    form = SheetForm.fresh(sheet=sheet, user=user, before=before, last=last)
    written = kind_of(sheet.round).initial(before.content) if before else None
    return _page(request, sheet, form, kind_of(sheet.round).paper_form(sheet.round, who_of(sheet), written))


def _save(request: HttpRequest, user: User, sheet: EntrySheet) -> HttpResponse:
    form = SheetForm(request.POST, sheet=sheet, user=user)
    content = kind_of(sheet.round).paper_form(sheet.round, who_of(sheet), request.POST)
    is_valid = [form.is_valid(), content.is_valid()]
    if not all(is_valid):
        return _page(request, sheet, form, content)
    missing = [] if form.cleaned_data["left_blank"] else unanswered(content)
    if missing or form.asks_check:
        return _page(request, sheet, form, content, missing=missing)
    try:
        enter_sheet(sheet=sheet, typed=form.typed(content.content()), by=user)
    except AlreadyTyped:
        return redirect("gamepaper:type_sheet", code=sheet.code)
    except EntryRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, sheet, form, content)
    return redirect(f"{reverse('gamepaper:type')}?vua={sheet.code}")


def _page(
    request: HttpRequest,
    sheet: EntrySheet,
    form: SheetForm,
    content: ContentForm,
    missing: list[int] | None = None,
) -> HttpResponse:
    rows = [(row, content[row.name]) for row in rows_of(content)]
    context = {"sheet": sheet, "form": form, "rows": rows, "content": content, "missing": missing or []}
    return render(request, "campaign/paper/type_sheet.html", context)


def _saved(user: User, typed: str) -> dict[str, Any]:
    sheet = sheets_within(user).filter(code=typed).first() if typed else None
    entry = typed_entry(sheet) if sheet else None
    return {"sheet": sheet, **_read_back(entry)} if entry else {"sheet": None, "entry": None}


def _read_back(entry: Entry) -> dict[str, Any]:
    """The entry as it lies in the database, in words."""
    return {"entry": entry, "shown": kind_of(entry.round).shown(entry.round, entry.content)}
