"""A village's list for a title: made, posted, asked about, sent, and locked."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portal.core.models import User
from portal.households.access import staff_of, team_view
from portal.households.enums import EDITABLE_PROPOSAL_STATES, ProposalState, Title
from portal.households.forms.minutes_scans import MinutesScansForm
from portal.households.forms.team import DeskForm
from portal.households.forms.team_proposals import (
    AnswerForm,
    CandidateForm,
    MinutesForm,
    ObjectionForm,
    OpenProposalForm,
)
from portal.households.models import Candidate, Objection, Proposal
from portal.households.permissions import villages_of
from portal.households.selectors.title_rules import title_rule
from portal.households.selectors.titles import households_to_propose
from portal.households.services.objections import ObjectionRefused, answer_objection, note_objection
from portal.households.services.proposals import (
    MINUTES_FIELDS,
    ProposalRefused,
    add_candidate,
    add_passing_households,
    missing_before_submit,
    open_proposal,
    remove_candidate,
    submit_proposal,
    write_minutes,
)


def proposal_of(user: User, pk: int) -> Proposal:
    """A list of this member's villages; 404 for others, as for none."""
    rows = Proposal.objects.select_related("village", "submitted_by", "reviewed_by")
    return get_object_or_404(rows, pk=pk, village__in=villages_of(user))


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """Danh sách đề nghị of the village; POST begins one."""
    user = staff_of(request)
    villages = villages_of(user).order_by("number")
    form = OpenProposalForm(request.POST or None, villages=villages)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        same = Proposal.objects.filter(
            village=chosen["village"], title=chosen["title"], year=chosen["year"], state__in=EDITABLE_PROPOSAL_STATES
        ).first()
        # A second tap finds the list that the first one began.
        proposal = same or open_proposal(
            village=chosen["village"], title=Title(chosen["title"]), year=chosen["year"], by=user
        )
        return redirect("team:proposal", pk=proposal.pk)
    rows = Proposal.objects.filter(village__in=villages).select_related("village")
    rows = rows.annotate(size=Count("candidates")).order_by("-year", "-pk")
    return render(request, "households/team/proposals.html", {"proposals": rows, "form": form})


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One list; POST writes the minutes."""
    user = staff_of(request)
    found = proposal_of(user, pk)
    minutes = MinutesForm(
        request.POST or None, initial={name: getattr(found, name) for name in MINUTES_FIELDS}, prefix="hop"
    )
    if request.method == "POST" and minutes.is_valid():
        try:
            write_minutes(proposal=found, minutes=minutes.cleaned_data, by=user)
        except ProposalRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, "Đã lưu biên bản và ngày niêm yết.")
        return redirect("team:proposal", pk=pk)
    return proposal_page(request, found, minutes=minutes)


@team_view
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a household on the list."""
    user = staff_of(request)
    found = proposal_of(user, pk)
    form = CandidateForm(request.POST, households=households_to_propose(found))
    if not form.is_valid():
        return proposal_page(request, found, candidate=form)
    household = form.cleaned_data["household"]
    try:
        add_candidate(
            proposal=found, household=household, by=user, exception_reason=form.cleaned_data["exception_reason"]
        )
    except ProposalRefused as refusal:
        form.add_error(None, str(refusal))
        return proposal_page(request, found, candidate=form)
    messages.success(request, f"Đã thêm {household.head_name} vào danh sách.")
    return redirect("team:proposal", pk=pk)


@team_view
@require_POST
def add_passing(request: HttpRequest, pk: int) -> HttpResponse:
    """Put all who meet the rule on the list at once; who should not be there is taken off again."""
    user = staff_of(request)
    try:
        count = add_passing_households(proposal=proposal_of(user, pk), by=user)
    except ProposalRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Đã thêm {count} hộ đủ điều kiện. Hộ nào không đề nghị thì bỏ khỏi danh sách.")
    return redirect("team:proposal", pk=pk)


@team_view
@require_POST
def remove(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    """Take a household off the list."""
    user = staff_of(request)
    rows = Candidate.objects.select_related("household", "proposal")
    found = get_object_or_404(rows, pk=candidate, proposal=proposal_of(user, pk))
    try:
        remove_candidate(candidate=found, by=user)
    except ProposalRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Đã bỏ {found.household.head_name} khỏi danh sách.")
    return redirect("team:proposal", pk=pk)


@team_view
@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what somebody asks again."""
    user = staff_of(request)
    found = proposal_of(user, pk)
    form = ObjectionForm(request.POST, prefix="hoi")
    if not form.is_valid():
        return proposal_page(request, found, objection=form)
    try:
        asked = form.cleaned_data
        note_objection(proposal=found, asked_by=asked["asked_by"], text=asked["text"], by=user)
    except ProposalRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã ghi ý kiến hỏi lại. Trả lời xong mới gửi danh sách được.")
    return redirect("team:proposal", pk=pk)


@team_view
@require_POST
def answer(request: HttpRequest, pk: int, objection: int) -> HttpResponse:
    """Answer it, with the reason."""
    user = staff_of(request)
    found = proposal_of(user, pk)
    asked = get_object_or_404(Objection, pk=objection, proposal=found, answered_at=None)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Chưa ghi câu trả lời. Xin ghi câu trả lời và lý do.")
        return redirect("team:proposal", pk=pk)
    try:
        answer_objection(objection=asked, answer=form.cleaned_data["answer"], by=user)
    except ObjectionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã ghi câu trả lời.")
    return redirect("team:proposal", pk=pk)


@team_view
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Gửi xã; from here on the village cannot change it."""
    user = staff_of(request)
    try:
        submit_proposal(proposal=proposal_of(user, pk), by=user)
    except ProposalRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Đã gửi danh sách lên xã. Thôn không sửa được nữa, trừ khi xã trả lại.")
    return redirect("team:proposal", pk=pk)


def proposal_page(
    request: HttpRequest,
    found: Proposal,
    *,
    minutes: DeskForm | None = None,
    candidate: DeskForm | None = None,
    objection: DeskForm | None = None,
    scans: DeskForm | None = None,
) -> HttpResponse:
    """One list with what was typed last."""
    initial = {name: getattr(found, name) for name in MINUTES_FIELDS}
    is_editable = found.state in EDITABLE_PROPOSAL_STATES
    rule = title_rule(Title(found.title), found.year)
    may_add_all = is_editable and rule.is_told_by_visits
    context = {
        "proposal": found,
        "is_editable": is_editable,
        "passing_count": households_to_propose(found).filter(is_passing=True).count() if may_add_all else 0,
        "is_returned": found.state == ProposalState.RETURNED,
        "candidates": found.candidates.select_related("household").order_by("household__sort_key"),
        "objections": found.objections.select_related("answered_by"),
        "missing": missing_before_submit(found),
        "rule": rule,
        "minutes": minutes or MinutesForm(initial=initial, prefix="hop"),
        "candidate": candidate or CandidateForm(households=households_to_propose(found)),
        "objection": objection or ObjectionForm(prefix="hoi"),
        "minutes_scans": found.minutes_scans.select_related("added_by"),
        "scans": scans or MinutesScansForm(),
    }
    return render(request, "households/team/proposal.html", context)
