"""Excel in and out. Officers only: a workbook holds the names and phones of the whole commune."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.audit import record
from portal.households.access import officer_view, staff_of
from portal.households.exchange.headings import NoHeadings
from portal.households.exchange.reading import Repair
from portal.households.exchange.waiting import drop_waiting, keep_waiting, waiting_content
from portal.households.exchange.workbook import WorkbookRefused
from portal.households.exchange.writing import write_households
from portal.households.forms.exchange import ExportForm, UploadForm
from portal.households.models import Household, ImportBatch
from portal.households.selectors.import_plan import read_import
from portal.households.services.imports import ImportRefused, import_households, undo_import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Lines of each kind on the page of the trial; how many more there are is said.
SHOWN = 200
GONE = "Lần đọc thử này đã cũ. Xin tải tệp lên lần nữa."


@officer_view
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Upload, export, and the batches of the past."""
    return _index(request, UploadForm(), ExportForm())


def _index(request: HttpRequest, upload: UploadForm, export: ExportForm, status: int = 200) -> HttpResponse:
    batches = ImportBatch.objects.select_related("imported_by", "undone_by")[:20]
    context = {"upload": upload, "export": export, "batches": batches}
    return render(request, "households/exchange/index.html", context, status=status)


def _refused(request: HttpRequest, sentence: str) -> HttpResponse:
    form = UploadForm()
    form.errors["workbook"] = form.error_class([sentence])
    return _index(request, form, ExportForm(), status=422)


@officer_view
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Read the workbook and say what it would do; the register is not touched."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, ExportForm(), status=422)
    file = form.cleaned_data["workbook"]
    content = file.read()
    return _trial(request, content, file.name, convert=form.cleaned_data["convert_phones"])


@officer_view
@require_POST
def try_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same workbook, old phone numbers converted."""
    content = waiting_content(key)
    if content is None:
        return _refused(request, GONE)
    drop_waiting(key)
    return _trial(request, content, request.POST.get("file_name", ""), convert=True)


def _trial(request: HttpRequest, content: bytes, file_name: str, *, convert: bool) -> HttpResponse:
    try:
        reading, plan = read_import(content, convert_phones=convert)
    except (WorkbookRefused, NoHeadings) as refusal:
        return _refused(request, str(refusal))
    context: dict[str, Any] = {
        "reading": reading,
        "plan": plan,
        "troubles": plan.troubles[:SHOWN],
        "doubts": plan.doubts[:SHOWN],
        "repairs": _by_kind(reading.repairs),
        "old_phones": sum(trouble.is_old_phone for trouble in plan.troubles),
        "shown": SHOWN,
        "key": keep_waiting(content),
        "file_name": file_name,
        "convert": convert,
        "can_write": not plan.troubles and bool(plan.row_count or plan.doubts),
    }
    return render(request, "households/exchange/trial.html", context)


def _by_kind(repairs: list[Repair]) -> list[tuple[str, int, list[Repair]]]:
    """(what was repaired, how often, the first of them)."""
    groups = groupby(sorted(repairs, key=lambda repair: repair.kind), key=lambda repair: repair.kind)
    listed = [(kind, list(group)) for kind, group in groups]
    return [(kind, len(group), group[:SHOWN]) for kind, group in listed]


@officer_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write what the trial showed. The file is read again: nothing that the browser sends is trusted.

    Confirmed twice, by a double tap or a weak line, it is one batch and the same page.
    """
    written = ImportBatch.objects.filter(trial=key).first()
    if written is not None:
        return redirect("exchange:batch", written.pk)
    content = waiting_content(key)
    if content is None:
        return _refused(request, GONE)
    convert, keep = request.POST.get("convert") == "1", request.POST.getlist("keep")
    _reading, plan = read_import(content, convert_phones=convert, keep=keep)
    if plan.troubles:
        return _refused(request, "Sổ vừa đổi, bảng có ô cần sửa. Xin tải tệp lên đọc thử lại.")
    try:
        batch = import_households(
            plan=plan, file_name=request.POST.get("file_name", ""), trial=key, by=staff_of(request)
        )
    except ImportRefused as refusal:
        return _refused(request, str(refusal))
    drop_waiting(key)
    return redirect("exchange:batch", batch.pk)


@officer_view
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: what it brought, and the way back."""
    found = get_object_or_404(ImportBatch.objects.select_related("imported_by", "undone_by"), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            undo_import(batch=found, by=staff_of(request))
            return redirect("exchange:batch", pk)
        except ImportRefused as error:
            refusal = str(error)
    households = Household.objects.filter(batch=found).select_related("village").order_by("number")
    context = {"batch": found, "households": households[:50], "count": households.count(), "refusal": refusal}
    return render(request, "households/exchange/batch.html", context, status=409 if refusal else 200)


@officer_view
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The register as a workbook; who took it and why is logged."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _index(request, UploadForm(), form, status=422)
    households = Household.objects.listed().select_related("village").order_by("village__number", "sort_key", "pk")
    content = write_households(households.iterator(chunk_size=500))
    record(
        "export.households",
        by=staff_of(request),
        reason=form.cleaned_data["purpose"],
        data={"rows": households.count()},
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="so-ho-{timezone.localdate():%Y-%m-%d}.xlsx"'
    return response
