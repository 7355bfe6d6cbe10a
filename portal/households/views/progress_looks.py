"""Looking twice, and what to do next: visits to ask about, the sample visited again, a step for each village."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.households.access import leader_or_officer_view, officer_view, staff_of
from portal.households.enums import DoubtKind
from portal.households.forms.rechecks import DoubtForm, DrawForm
from portal.households.models import PeriodClose, Village, Visit
from portal.households.permissions import is_officer
from portal.households.selectors.doubts import DAYS, open_doubts
from portal.households.selectors.next_steps import next_steps
from portal.households.selectors.rechecks import sample_of
from portal.households.services.rechecks import RecheckRefused, answer_doubt, draw_rechecks
from portal.households.views.progress_reports import period_of


@leader_or_officer_view
@require_safe
def doubts(request: HttpRequest) -> HttpResponse:
    """Lượt thăm nên hỏi lại: what stands out in the last month."""
    context = {
        "doubts": open_doubts(timezone.now()),
        "days": DAYS,
        "closes": PeriodClose.objects.filter(quarter__gt=0).select_related("recheck").defer("content")[:4],
        "may_write": is_officer(staff_of(request)),
    }
    return render(request, "households/progress/doubts.html", context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask about one thing, and keep what came of it."""
    if kind not in DoubtKind.values:
        raise Http404
    found = next((one for one in open_doubts(timezone.now()) if one.first.pk == pk and one.kind == kind), None)
    visit = get_object_or_404(Visit.objects.select_related("household"), pk=pk)
    if found is None:
        messages.info(request, "Lượt thăm này đã hỏi rồi, hoặc đã sửa.")
        return redirect("progress:doubts")
    form = DoubtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_doubt(visit=visit, kind=DoubtKind(kind), note=form.cleaned_data["note"], by=staff_of(request))
        messages.success(request, "Đã ghi. Lượt thăm này không hiện ở đây nữa.")
        return redirect("progress:doubts")
    return render(request, "households/progress/doubt.html", {"doubt": found, "form": form})


@leader_or_officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def recheck(request: HttpRequest, code: str) -> HttpResponse:
    """The sample of a closed quarter: draw it (officers), see how far the second visits agree."""
    period, user = period_of(code), staff_of(request)
    close = get_object_or_404(PeriodClose, year=period.year, quarter=period.quarter, quarter__gt=0)
    form = DrawForm(request.POST or None)
    if request.method == "POST":
        if not is_officer(user):
            raise Http404
        if form.is_valid():
            try:
                draw_rechecks(close=close, percent=form.cleaned_data["percent"], by=user)
            except RecheckRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Đã rút. Hộ cần thăm lại hiện ở bàn của tổ, cho người chưa thăm nhà đó.")
                return redirect("progress:recheck", code=code)
    context = {
        "period": period,
        "close": close,
        "sample": sample_of(close),
        "form": form,
        "may_write": is_officer(user),
    }
    return render(request, "households/progress/recheck.html", context)


@leader_or_officer_view
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Việc nên làm của từng thôn."""
    today = timezone.localdate()
    villages = Village.objects.standing_on(today).order_by("number", "pk")
    return render(request, "households/progress/next_steps.html", {"steps": next_steps(villages, today)})
