"""Điều kiện danh hiệu: what each title asks for, year by year. Leaders read, officers ask, a second one agrees."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.households.access import leader_or_officer_view, officer_view, staff_of
from portal.households.enums import Title
from portal.households.forms.title_rules import TitleRuleForm
from portal.households.models import SensitiveChange
from portal.households.permissions import can_decide_titles
from portal.households.selectors.title_rules import title_rule, title_rules
from portal.households.services.approvals import ApprovalRefused, ask_to_set_title_rule

#: Years that may be looked at and prepared: the pilot's first, and the next one.
FIRST_YEAR = 2025


@leader_or_officer_view
@require_safe
def rules(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """The conditions of every title in a year, this one unless told."""
    this_year = timezone.localdate().year
    shown = year or this_year
    if not FIRST_YEAR <= shown <= this_year + 1:
        raise Http404
    context = {
        "year": shown,
        "years": range(this_year + 1, FIRST_YEAR - 1, -1),
        "rules": title_rules(shown),
        "waiting": SensitiveChange.objects.filter(kind=SensitiveChange.Kind.TITLE_RULE, decided_at=None),
        "can_decide": can_decide_titles(staff_of(request)),
    }
    return render(request, "households/titles/rules.html", context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, title: str, year: int) -> HttpResponse:
    """Ask for other conditions; nothing changes before a second person agrees."""
    if title not in Title.values or not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404
    found = title_rule(Title(title), year)
    form = TitleRuleForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_set_title_rule(
                title=Title(title), year=year, values=form.values, reason=form.cleaned_data["reason"],
                by=staff_of(request),
            )  # fmt: skip
        except ApprovalRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.info(request, "Việc này cần hai người. Đã gửi đề nghị, chờ cán bộ khác duyệt; chưa có hiệu lực.")
            return redirect("titles:rules_of_year", year)
    context = {"form": form, "title": Title(title), "year": year}
    return render(request, "households/titles/rule_form.html", context, status=422 if form.errors else 200)
