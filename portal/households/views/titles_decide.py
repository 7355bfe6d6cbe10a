"""Entering decisions: the paper is typed in, shown once more exactly as it will be frozen, then written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from portal.core.private_files import keep_private, private_storage
from portal.households.access import officer_view, staff_of
from portal.households.enums import DecisionKind, Title
from portal.households.forms.titles import AmendForm, PaperForm, RecogniseForm, ScanForm
from portal.households.models import Decision, SensitiveChange
from portal.households.selectors.titles import accepted_lists, entries_of
from portal.households.services.approvals import ApprovalRefused, decide_change
from portal.households.services.decisions import (
    DecisionRefused,
    Line,
    Paper,
    check_amendment,
    correct_decision,
    digest_of,
    recognise_households,
    recognition_lines,
)
from portal.households.services.proposals import ProposalRefused
from portal.households.services.revocations import ask_to_revoke, revocation_of

#: Names of the buttons: look at the list once more, go back to the form, write.
BACK, WRITE = "sua-lai", "ghi"
SCANS = "quyet-dinh"
AMENDMENTS = {str(DecisionKind.CORRECT): "Đính chính", str(DecisionKind.REVOKE): "Thu hồi"}
REFUSALS = (DecisionRefused, ProposalRefused)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def recognise(request: HttpRequest, title: str, year: int) -> HttpResponse:
    """Nhập quyết định công nhận."""
    if title not in Title.values:
        raise Http404
    accepted = accepted_lists(Title(title), year)
    if not accepted:
        raise Http404
    form = RecogniseForm(request.POST or None, title=Title(title), year=year, accepted=accepted)
    context = {"heading": f"Quyết định công nhận “{Title(title).label}” năm {year}", "verb": "Ghi quyết định"}

    def lines_of() -> list[Line]:
        return recognition_lines(paper=form.paper(), proposals=list(form.cleaned_data["proposals"]))

    def write(paper: Paper) -> HttpResponse:
        chosen, shown = list(form.cleaned_data["proposals"]), request.POST.get("dau", "")
        decision = recognise_households(paper=paper, proposals=chosen, by=staff_of(request), expected_digest=shown)
        messages.success(request, f"Đã ghi quyết định {decision.number}: {decision.entries.count()} hộ.")
        return redirect("titles:decision", decision.pk)

    return _in_two_steps(request, form, lines_of, write, context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Đính chính hoặc thu hồi by a further decision; the households come in the address (?dong=)."""
    amended = get_object_or_404(Decision, pk=pk, kind=DecisionKind.RECOGNISE)
    if kind not in AMENDMENTS:
        raise Http404
    entries = list(entries_of(amended).filter(pk__in=[key for key in request.GET.getlist("dong") if key.isdecimal()]))
    if not entries:
        messages.warning(request, "Xin chọn hộ trong danh sách trước.")
        return redirect("titles:decision", amended.pk)
    form = AmendForm(
        request.POST or None,
        title=Title(amended.title),
        year=amended.year,
        entries=entries,
        kind=DecisionKind(kind),
    )
    context = {
        "heading": f"{AMENDMENTS[kind]} theo quyết định mới",
        "verb": "Ghi đính chính" if kind == DecisionKind.CORRECT else "Gửi người thứ hai duyệt",
        "amends": amended,
        "is_revocation": kind == DecisionKind.REVOKE,
    }

    def lines_of() -> list[Line]:
        lines = form.lines()
        check_amendment(paper=form.paper(), amends=amended, lines=lines)
        return lines

    def write(paper: Paper) -> HttpResponse:
        return _write_amendment(request, form, paper, amended)

    return _in_two_steps(request, form, lines_of, write, context)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person reads what was asked for, and lets it through or not."""
    change = get_object_or_404(SensitiveChange, pk=pk, kind=SensitiveChange.Kind.REVOKE)
    paper, amended, lines = revocation_of(change)
    error = ""
    if request.method == "POST":
        is_approved = "duyet" in request.POST
        try:
            decide_change(change=change, is_approved=is_approved, by=staff_of(request))
        except ApprovalRefused as refusal:
            error = str(refusal)
        else:
            said = f"Đã ghi quyết định thu hồi {paper.number}." if is_approved else "Không duyệt. Giấy vẫn còn giá trị."
            messages.success(request, said)
            return redirect("titles:decision", amended.pk)
    context = {"change": change, "paper": paper, "amends": amended, "lines": lines, "error": error}
    context["is_own"] = change.asked_by_id == staff_of(request).pk
    return render(request, "households/titles/revocation.html", context, status=422 if error else 200)


def _write_amendment(request: HttpRequest, form: AmendForm, paper: Paper, amended: Decision) -> HttpResponse:
    lines, by = form.lines(), staff_of(request)
    if form.kind == DecisionKind.REVOKE:
        ask_to_revoke(paper=paper, amends=amended, lines=lines, by=by)
        messages.info(request, "Việc này cần hai người. Đã gửi đề nghị, chờ cán bộ khác duyệt; chưa có hiệu lực.")
        return redirect("titles:index")
    decision = correct_decision(paper=paper, amends=amended, lines=lines, by=by)
    messages.success(request, f"Đã ghi đính chính {decision.number}. Giấy cũ đã thay bằng giấy mới.")
    return redirect("titles:decision", decision.pk)


def _in_two_steps(
    request: HttpRequest,
    form: PaperForm,
    lines_of: Callable[[], list[Line]],
    write: Callable[[Paper], HttpResponse],
    context: dict[str, Any],
) -> HttpResponse:
    """Form → the list as it will be frozen → written. A refusal leads back to the form with all that was typed."""
    context = {**context, "form": form}
    if request.method == "POST" and BACK not in request.POST and form.is_valid():
        scan = ScanForm(request.POST if WRITE in request.POST else None, request.FILES or None)
        try:
            lines = lines_of()
            if WRITE in request.POST and scan.is_valid():
                return _written_with_scan(form.paper(), scan.cleaned_data["scan"], write)
            shown = {"paper": form.paper(), "lines": lines, "digest": digest_of(lines), "posted": _hidden(request)}
            status = 422 if scan.is_bound else 200
            return render(request, "households/titles/confirm.html", context | shown | {"scan": scan}, status=status)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "households/titles/paper_form.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _written_with_scan(paper: Paper, scan: UploadedFile | None, write: Callable[[Paper], HttpResponse]) -> HttpResponse:
    """The scan is kept only with a decision that was written."""
    if scan is None:
        return write(paper)
    name = keep_private(scan, folder=SCANS)
    try:
        return write(replace(paper, scan=name))
    except REFUSALS:
        private_storage.delete(name)
        raise


def _hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again by the confirmation page."""
    given = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, str(value)) for name, value in given if name not in {"csrfmiddlewaretoken", "dau", BACK, WRITE}]
