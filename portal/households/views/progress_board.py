"""The leader's board, and what stands behind each of its numbers."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.households.access import leader_or_officer_view, staff_of
from portal.households.forms.progress import DayForm
from portal.households.models import MeasureSet, Village
from portal.households.permissions import is_officer
from portal.households.selectors.board import board_on, figure_story
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.rechecks import last_agreement
from portal.households.selectors.village_reports import periods_to_tell
from portal.households.selectors.waiting import what_waits


def day_asked(request: HttpRequest) -> tuple[DayForm, date]:
    """The day that was asked for; today without one, or when it is none."""
    form = DayForm(request.GET if request.GET.get("ngay") else None)
    today = timezone.localdate()
    return form, (form.cleaned_data["ngay"] or today) if form.is_valid() else today


@leader_or_officer_view
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Hai phút tuần này; `?ngay=` shows any day before."""
    form, day = day_asked(request)
    today = timezone.localdate()
    context = {
        "board": board_on(day),
        "form": form,
        "is_today": day == today,
        "recheck": last_agreement() if day == today else None,
        "periods": periods_to_tell() if day == today else None,
        "waiting": what_waits(today) if day == today else [],
        "may_decide": is_officer(staff_of(request)),
    }
    return render(request, "households/progress/board.html", context)


@leader_or_officer_view
@require_safe
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Where one number comes from: definition, both parts, what is left out, on what it rests, village by village."""
    form, day = day_asked(request)
    chosen = request.GET.get("thon", "")
    place = get_object_or_404(Village, pk=int(chosen)) if chosen.isdecimal() else None
    story = figure_story(key, day, place)
    if story is None:
        raise Http404
    return render(request, "households/progress/figure.html", {"story": story, "form": form, "day": day, "key": key})


@leader_or_officer_view
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """The definitions in force, and the versions before and after."""
    chosen = measure_set_on(timezone.localdate())
    context = {
        "chosen": chosen,
        "definitions": definitions_of(chosen),
        "versions": MeasureSet.objects.order_by("-valid_from", "-pk"),
    }
    return render(request, "households/progress/definitions.html", context)
