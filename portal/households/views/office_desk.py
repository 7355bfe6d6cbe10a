"""The office's queues: teams of the villages, requests for help, requests about data."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.households.access import officer_view, staff_of
from portal.households.enums import OPEN_HELP_STATES, ConsentMeans, DataRequestKind
from portal.households.forms.office_desk import DataRequestForm, HelpOutcomeForm, JoinForm, LeaveForm, OutcomeForm
from portal.households.models import DataRequest, HelpRequest, Household, TeamMembership
from portal.households.selectors.data_requests import open_data_requests
from portal.households.services.data_requests import DataRequestAnswered, answer_data_request, ask_about_data
from portal.households.services.erasure import carry_out_erasure
from portal.households.services.help_requests import HelpRequestClosed, close_help_request
from portal.households.services.teams import MembershipRefused, join_team, leave_team

ERASURE_NOTE = (
    "Hộ ra khỏi sổ; số điện thoại, câu trả lời, ghi chú và ảnh làm chứng bị xóa, không lấy lại được. "
    "Quyết định và giấy chứng nhận đã ký vẫn được lưu theo quy định."
)


@officer_view
def teams(request: HttpRequest) -> HttpResponse:
    """Who is on which team, from when to when; and somebody new."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = join_team(by=staff_of(request), **form.cleaned_data)
        except MembershipRefused as refused:
            form.add_error("user", str(refused))
        else:
            messages.success(request, f"{made.user} vào tổ {made.village} từ {made.valid_from:%d/%m/%Y}.")
            return redirect("office:teams")
    rows = TeamMembership.objects.select_related("user", "village").order_by("village__number", "valid_from", "pk")
    return render(request, "households/office/teams.html", {"memberships": rows, "form": form})


@officer_view
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody leaves a team."""
    membership = get_object_or_404(TeamMembership.objects.select_related("user", "village"), pk=pk, valid_to=None)
    form = LeaveForm(request.POST or None, initial={"valid_to": timezone.localdate()}, leaver=membership.user)
    if request.method == "POST" and form.is_valid():
        try:
            passed_on = leave_team(membership=membership, by=staff_of(request), **form.cleaned_data)
        except MembershipRefused as refused:
            form.add_error("valid_to", str(refused))
        else:
            successor = form.cleaned_data["successor"]
            to = f"{successor} nhận" if successor else "trả về cho tổ"
            tasks = f" {passed_on} việc giúp đang dở: {to}." if passed_on else ""
            messages.success(request, f"{membership.user} ra khỏi tổ {membership.village}.{tasks}")
            return redirect("office:teams")
    context = {
        "form": form,
        "heading": f"{membership.user} ra khỏi tổ {membership.village}",
        "note": "Từ hôm sau, người này không xem được hộ của thôn nữa. Những gì đã ghi vẫn còn.",
        "button": "Cho ra khỏi tổ",
        "back": "office:teams",
    }
    return render(request, "households/office/desk_form.html", context)


@officer_view
@require_safe
def help_queue(request: HttpRequest) -> HttpResponse:
    """Open requests for help of the whole commune, the nearest day first."""
    rows = HelpRequest.objects.filter(state__in=OPEN_HELP_STATES).select_related(
        "village", "household__root", "taken_by"
    )
    context = {"requests": rows[:200], "today": timezone.localdate()}
    return render(request, "households/office/help_queue.html", context)


@officer_view
def close_help(request: HttpRequest, pk: int) -> HttpResponse:
    """The request is answered, with what came of it."""
    found = get_object_or_404(HelpRequest, pk=pk, state__in=OPEN_HELP_STATES)
    form = HelpOutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            close_help_request(
                request=found, outcome=data["outcome"], is_done=data["is_done"] == "co", by=staff_of(request)
            )
        except HelpRequestClosed as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"Đã ghi kết quả: {found.topic}.")
        return redirect("office:help_queue")
    context = {
        "form": form,
        "heading": f"Kết quả: {found.topic}",
        "note": f"{found.name}, {found.village}",
        "button": "Ghi kết quả",
        "back": "office:help_queue",
    }
    return render(request, "households/office/desk_form.html", context)


@officer_view
def data_requests(request: HttpRequest) -> HttpResponse:
    """What families ask about their own data, with the days by which to answer; and a new one."""
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = ask_about_data(
            household=cast(Household, form.household),
            kind=DataRequestKind(data["kind"]),
            asked_by=data["asked_by"],
            means=ConsentMeans(data["means"]),
            by=staff_of(request),
            details=data["details"],
        )
        messages.success(
            request,
            f"Đã ghi. Báo đã nhận chậm nhất {made.acknowledge_by:%d/%m/%Y}, "
            f"làm xong chậm nhất {made.answer_by:%d/%m/%Y}.",
        )
        return redirect("office:data_requests")
    answered = DataRequest.objects.exclude(answered_at=None).select_related("household__root", "answered_by")
    context = {
        "open": open_data_requests(),
        "answered": answered.order_by("-answered_at")[:50],
        "form": form,
        "today": timezone.localdate(),
    }
    return render(request, "households/office/data_requests.html", context)


@officer_view
def answer_data(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done about it; a request to be erased is carried out by this very step."""
    found = get_object_or_404(DataRequest.objects.select_related("household"), pk=pk, answered_at=None)
    is_erasure = found.kind == DataRequestKind.ERASE
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = carry_out_erasure if is_erasure else answer_data_request
        try:
            answer(request=found, outcome=form.cleaned_data["outcome"], by=staff_of(request))
        except DataRequestAnswered as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, "Đã xóa và ghi kết quả." if is_erasure else "Đã ghi kết quả.")
        return redirect("office:data_requests")
    note = f"{found.asked_by} xin. Chậm nhất {found.answer_by:%d/%m/%Y}."
    context = {
        "form": form,
        "heading": f"{found.household.code}: {found.get_kind_display()}",
        "note": f"{note} {ERASURE_NOTE}" if is_erasure else note,
        "button": "Xóa dữ liệu và ghi kết quả" if is_erasure else "Ghi kết quả",
        "back": "office:data_requests",
    }
    return render(request, "households/office/desk_form.html", context)
