"""Excel in and out. Officers only: a workbook holds the names and phones of the whole commune."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.audit import record
from portal.core.text import fold
from portal.households.access import officer_view, staff_of
from portal.households.exchange.headings import NoHeadings
from portal.households.exchange.reading import Sheet, WorkbookRefused, read_workbook
from portal.households.exchange.writing import write_households
from portal.households.forms.exchange import ExportForm, UploadForm
from portal.households.models import Household, ImportBatch
from portal.households.selectors import villages_today
from portal.households.services.imports import ImportPlan, ImportRefused, import_households, plan_import, undo_import

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_TROUBLES = 200


def _waiting_files() -> FileSystemStorage:
    """Workbooks between trial and confirmation: outside the media folder, no address leads to them."""
    return FileSystemStorage(location=settings.DATA_DIR / "private" / "excel", file_permissions_mode=0o600)


@officer_view
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Upload, export, and the batches of the past."""
    return _index(request, UploadForm(), ExportForm())


def _index(request: HttpRequest, upload: UploadForm, export: ExportForm, status: int = 200) -> HttpResponse:
    batches = ImportBatch.objects.select_related("imported_by", "undone_by")[:20]
    context = {"upload": upload, "export": export, "batches": batches}
    return render(request, "households/exchange/index.html", context, status=status)


@officer_view
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """Read the workbook and say what it would do; the register is not touched."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, ExportForm(), status=422)
    file = form.cleaned_data["workbook"]
    content = file.read()
    convert = form.cleaned_data["convert_phones"]
    try:
        sheet, plan = _understood(content, convert=convert)
    except (WorkbookRefused, NoHeadings, ImportRefused) as refusal:
        form.add_error("workbook", str(refusal))
        return _index(request, form, ExportForm(), status=422)
    key = uuid4()
    _waiting_files().save(f"{key}.xlsx", ContentFile(content))
    context: dict[str, Any] = {
        "sheet": sheet,
        "plan": plan,
        "troubles": sheet.troubles[:SHOWN_TROUBLES],
        "key": key,
        "file_name": file.name,
        "convert": convert,
        "to_write": len(plan.new) + len(plan.changed),
        "can_write": not sheet.troubles and not plan.unknown_codes and bool(plan.new or plan.changed),
    }
    return render(request, "households/exchange/trial.html", context)


def _understood(content: bytes, *, convert: bool) -> tuple[Sheet, ImportPlan]:
    villages = {" ".join(fold(village.name).split()): village.pk for village in villages_today()}
    sheet = read_workbook(content, villages, convert_phones=convert)
    bad = {trouble.row for trouble in sheet.troubles}
    return sheet, plan_import(row for row in sheet.rows if row.number not in bad)


@officer_view
@require_POST
def confirm(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write what the trial showed. The file is read again: nothing that the browser sends is trusted."""
    store, name = _waiting_files(), f"{key}.xlsx"
    if not store.exists(name):
        raise Http404
    with store.open(name) as file:
        content = file.read()
    try:
        sheet, plan = _understood(content, convert=request.POST.get("convert") == "1")
        if sheet.troubles:
            raise ImportRefused("Bảng còn ô cần sửa.")
        batch = import_households(plan=plan, file_name=request.POST.get("file_name", ""), by=staff_of(request))
    except ImportRefused as refusal:
        form = UploadForm()
        form.errors["workbook"] = form.error_class([str(refusal)])
        return _index(request, form, ExportForm(), status=422)
    store.delete(name)
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
