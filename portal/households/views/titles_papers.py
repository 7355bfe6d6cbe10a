"""Printing: certificates as PDF, drafts of official papers as .docx."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from portal.core.audit import record
from portal.core.private_files import private_response
from portal.households.access import leader_or_officer_view, officer_view, staff_of, team_or_officer_view
from portal.households.documents.certificates import certificate_response, pdf_response
from portal.households.documents.drafts import decision_draft, minutes_draft, request_draft
from portal.households.enums import Title
from portal.households.models import Certificate, Decision, Proposal
from portal.households.permissions import villages_of
from portal.households.selectors.titles import accepted_lists, candidates_of, certificates_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@officer_view
@require_POST
def print_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper, whatever its state: one that no longer holds says so across its face."""
    certificate = get_object_or_404(Certificate.objects.select_related("entry__decision", "household"), pk=pk)
    return certificate_response(certificate, by=staff_of(request))


@officer_view
@require_POST
def print_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """All valid papers of a decision in one file, in the order of its list."""
    decision = get_object_or_404(Decision, pk=pk)
    certificates = certificates_of(decision)
    if not certificates:
        raise Http404
    return pdf_response(certificates, f"giay-chung-nhan-quyet-dinh-{decision.pk}", staff_of(request))


@leader_or_officer_view
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed decision as scanned; every look is logged."""
    decision = get_object_or_404(Decision.objects.exclude(scan=""), pk=pk)
    response = private_response(decision.scan)
    record("decision.scan_view", by=staff_of(request), subject=decision.number)
    return response


@team_or_officer_view
@require_safe
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Biên bản họp thôn, drafted from what was typed in."""
    lists = Proposal.objects.select_related("village").filter(village__in=villages_of(staff_of(request)))
    proposal = get_object_or_404(lists, pk=pk)
    return _docx(request, minutes_draft(proposal, list(candidates_of(proposal))), f"bien-ban-hop-thon-{proposal.pk}")


@officer_view
@require_safe
def request_paper(request: HttpRequest, title: str, year: int) -> HttpResponse:
    """Tờ trình over the accepted lists."""
    return _docx(request, request_draft(_lists(title, year), Title(title), year), f"to-trinh-{title}-{year}")


@officer_view
@require_safe
def decision_paper(request: HttpRequest, title: str, year: int) -> HttpResponse:
    """Dự thảo quyết định with its list as an annex."""
    return _docx(request, decision_draft(_lists(title, year), Title(title), year), f"quyet-dinh-{title}-{year}")


def _lists(title: str, year: int) -> list[Proposal]:
    if title not in Title.values:
        raise Http404
    found = accepted_lists(Title(title), year)
    if not found:
        raise Http404
    return found


def _docx(request: HttpRequest, drawn: bytes, name: str) -> HttpResponse:
    record("draft.make", by=staff_of(request), subject=name)
    response = HttpResponse(drawn, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
