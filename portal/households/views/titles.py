"""Titles: what waits, villages' lists to check, decisions to read. Leaders read; officers act."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.core.audit import record
from portal.households.access import leader_or_officer_view, officer_view, staff_of
from portal.households.enums import ProposalState, Title
from portal.households.forms.minutes_scans import MinutesScansForm
from portal.households.forms.titles import ReviewForm
from portal.households.models import Decision, Proposal
from portal.households.permissions import can_decide_titles
from portal.households.selectors.title_rules import title_rule
from portal.households.selectors.titles import (
    candidates_of,
    certificates_of,
    entries_of,
    lists_in,
    rounds,
    waiting_revocations,
)
from portal.households.services.decisions import digest_still_fits
from portal.households.services.proposals import ProposalRefused, accept_proposal, return_proposal

#: Lists that a village is still making are its own business until it sends them.
SENT = (ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.ACCEPTED, ProposalState.DECIDED)


@leader_or_officer_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Danh hiệu: lists to check, rounds ready for a decision, decisions so far."""
    return render(
        request,
        "households/titles/index.html",
        {
            "can_decide": can_decide_titles(staff_of(request)),
            "submitted": lists_in(ProposalState.SUBMITTED),
            "returned": lists_in(ProposalState.RETURNED),
            "rounds": rounds(),
            "revocations": waiting_revocations(),
            "decisions": Decision.objects.all(),
        },
    )


@leader_or_officer_view
@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One village's list: families with their standing, minutes, posting, objections."""
    return sent_proposal_page(request, get_object_or_404(sent_lists(), pk=pk))


@officer_view
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the list, or give it back with a remark."""
    found = get_object_or_404(sent_lists(), pk=pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return sent_proposal_page(request, found, form)
    by, note = staff_of(request), form.cleaned_data["note"]
    try:
        if "tra-lai" in request.POST:
            return_proposal(proposal=found, note=note, by=by)
            messages.success(request, f"Đã trả lại danh sách của {found.village}.")
        else:
            accept_proposal(proposal=found, note=note, by=by)
            messages.success(request, f"Đã nhận danh sách của {found.village}.")
    except ProposalRefused as refusal:
        form.add_error("note", str(refusal))
        return sent_proposal_page(request, found, form)
    return redirect("titles:index")


@leader_or_officer_view
@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision as entered, its list, what came after it, and its papers."""
    found = get_object_or_404(Decision.objects.select_related("amends", "entered_by"), pk=pk)
    record("decision.view", by=staff_of(request), subject=found.number)
    return render(
        request,
        "households/titles/decision.html",
        {
            "decision": found,
            "entries": entries_of(found),
            "fits": digest_still_fits(found),
            "amendments": found.amendments.order_by("signed_on", "pk"),
            "valid_count": len(certificates_of(found)),
            "can_decide": can_decide_titles(staff_of(request)),
        },
    )


def sent_lists() -> QuerySet[Proposal]:
    """Lists that left their village at least once."""
    return Proposal.objects.filter(state__in=SENT).select_related("village", "submitted_by", "reviewed_by")


def sent_proposal_page(
    request: HttpRequest, found: Proposal, form: ReviewForm | None = None, scans: MinutesScansForm | None = None
) -> HttpResponse:
    """One village's list with what was typed last."""
    can_decide = can_decide_titles(staff_of(request))
    form, scans = form or ReviewForm(), scans or MinutesScansForm()
    record("proposal.view", by=staff_of(request), subject=str(found.pk))
    return render(
        request,
        "households/titles/proposal.html",
        {
            "proposal": found,
            "candidates": candidates_of(found),
            "rule": title_rule(Title(found.title), found.year),
            "objections": found.objections.select_related("household"),
            "form": form,
            "minutes_scans": found.minutes_scans.select_related("added_by"),
            "scans": scans,
            "can_decide": can_decide,
            "can_review": can_decide and found.state == ProposalState.SUBMITTED,
        },
        status=422 if form.errors or scans.errors else 200,
    )
