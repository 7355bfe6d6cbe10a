"""Versions of the criteria: read, drafted, tried on today's visits, and put in force by two people."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.households.access import officer_view, staff_of
from portal.households.forms.office import ReasonForm
from portal.households.forms.office_criteria import CriterionForm, DraftForm, RuleForm
from portal.households.models import CriteriaSet
from portal.households.selectors.criteria import try_criteria_set
from portal.households.selectors.standing import criteria_set_on
from portal.households.services import criteria as services
from portal.households.services.approvals import ApprovalRefused, ask_to_activate
from portal.households.services.criteria import CriteriaSetRefused, is_waiting


@officer_view
@require_safe
def criteria_sets(request: HttpRequest) -> HttpResponse:
    """All sets, the one in force marked."""
    context = {"sets": CriteriaSet.objects.all(), "current": criteria_set_on(timezone.localdate())}
    return render(request, "households/office/criteria_sets.html", context)


@officer_view
@require_safe
def criteria_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One set; a draft can be tried with ?thu=1."""
    found = get_object_or_404(CriteriaSet.objects.prefetch_related("criteria"), pk=pk)
    return _set_page(request, found, ReasonForm())


@officer_view
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft from this set."""
    source = get_object_or_404(CriteriaSet, pk=pk)
    initial = {"legal_basis": source.legal_basis, "valid_from": timezone.localdate()}
    form = DraftForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = services.draft_criteria_set(source=source, by=staff_of(request), **form.cleaned_data)
        messages.success(request, f"Đã lập bản nháp “{made.name}”. Chưa có hiệu lực.")
        return redirect("office:criteria_set", made.pk)
    return _form_page(request, source, form, f"Bản nháp từ “{source.name}”", "Lập bản nháp")


@officer_view
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, basis, day and pass rule of a draft."""
    found = _draft_or_404(pk)
    form = RuleForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_criteria_set(criteria_set=found, changes=form.cleaned_data, by=staff_of(request))
        except CriteriaSetRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Đã lưu bản nháp.")
            return redirect("office:criteria_set", pk)
    return _form_page(request, found, form, "Sửa quy tắc", "Lưu bản nháp")


@officer_view
def criterion(request: HttpRequest, pk: int, key: str = "") -> HttpResponse:
    """Change one criterion of a draft, or add one."""
    found = _draft_or_404(pk)
    existing = found.criteria.filter(key=key).first() if key else None
    if key and existing is None:
        raise Http404
    form = CriterionForm(request.POST or None, criterion=existing)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["key"]
        if existing is None and found.criteria.filter(key=wanted).exists():
            form.add_error("key", f"Bản nháp đã có tiêu chí {wanted}.")
        else:
            try:
                services.write_criterion(
                    criteria_set=found, key=wanted, changes=form.cleaned_data, by=staff_of(request)
                )
            except CriteriaSetRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"Đã lưu tiêu chí {wanted}.")
                return redirect("office:criteria_set", pk)
    heading = f"Tiêu chí {existing}" if existing else "Thêm tiêu chí"
    return _form_page(request, found, form, heading, "Lưu tiêu chí")


@officer_view
@require_POST
def drop(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Take a criterion out of a draft."""
    found = _draft_or_404(pk)
    try:
        services.drop_criterion(criteria_set=found, key=key, by=staff_of(request))
    except CriteriaSetRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Đã bỏ tiêu chí {key} khỏi bản nháp.")
    return redirect("office:criteria_set", pk)


@officer_view
@require_POST
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to put a draft in force; another officer decides."""
    found = _draft_or_404(pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _set_page(request, found, form)
    try:
        services.check_can_activate(found)
        ask_to_activate(criteria_set=found, reason=form.cleaned_data["reason"], by=staff_of(request))
    except (CriteriaSetRefused, ApprovalRefused) as refused:
        messages.warning(request, str(refused))
        return redirect("office:criteria_set", pk)
    messages.success(request, "Việc này cần hai người. Đã gửi đề nghị, chờ cán bộ sổ hộ khác duyệt; chưa có hiệu lực.")
    return redirect("office:approvals")


def _draft_or_404(pk: int) -> CriteriaSet:
    return get_object_or_404(CriteriaSet.objects.prefetch_related("criteria"), pk=pk, activated_at=None)


def _set_page(request: HttpRequest, found: CriteriaSet, form: ReasonForm) -> HttpResponse:
    waiting = found.is_draft and is_waiting(found)
    context = {
        "set": found,
        "criteria": found.criteria.all(),
        "is_waiting": waiting,
        "may_edit": found.is_draft and not waiting,
        "trial": try_criteria_set(found) if request.GET.get("thu") else None,
        "form": form,
    }
    return render(request, "households/office/criteria_set.html", context)


def _form_page(
    request: HttpRequest, found: CriteriaSet, form: DraftForm | CriterionForm, heading: str, button: str
) -> HttpResponse:
    context = {"set": found, "form": form, "heading": heading, "button": button}
    return render(request, "households/office/criteria_form.html", context)
