"""Ý kiến hỏi lại: what families ask again, with the days by which to answer."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from portal.households.access import officer_view, staff_of
from portal.households.forms.office_desk import ObjectionAnswerForm, ObjectionForm
from portal.households.models import Household, Objection
from portal.households.selectors.objections import open_objections
from portal.households.services.objections import ObjectionRefused, answer_objection, ask_about_result


@officer_view
def objections(request: HttpRequest) -> HttpResponse:
    """What waits; and a question that came by telephone or on paper."""
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed, household = form.cleaned_data, cast(Household, form.household)
        try:
            made = ask_about_result(
                household=household, asked_by=typed["asked_by"], text=typed["text"], by=staff_of(request)
            )
        except ObjectionRefused as refused:
            form.add_error("text", str(refused))
        else:
            messages.success(request, f"Đã ghi. Trả lời chậm nhất {made.answer_by:%d/%m/%Y}.")
            return redirect("office:objections")
    answered = Objection.objects.exclude(answered_at=None).select_related("household__root", "answered_by")
    context = {
        "open": open_objections(),
        "answered": answered.order_by("-answered_at")[:50],
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "households/office/objections.html", context)


@officer_view
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer with its reason; the family reads it as it is written."""
    found = get_object_or_404(Objection.objects.select_related("household", "proposal"), pk=pk, answered_at=None)
    form = ObjectionAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_objection(objection=found, answer=form.cleaned_data["answer"], by=staff_of(request))
        except ObjectionRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Đã ghi câu trả lời.")
        return redirect("office:objections")
    context = {
        "form": form,
        "heading": "Trả lời ý kiến hỏi lại",
        "note": f"{found.asked_by} hỏi ngày {found.received_on:%d/%m/%Y}: “{found.text}”",
        "button": "Ghi câu trả lời",
        "back": "office:objections",
    }
    return render(request, "households/office/desk_form.html", context)
