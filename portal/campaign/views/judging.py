"""A judge's own desk, and how far the judges are for the office."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.campaign.enums import Ranking
from portal.campaign.forms.judging import CriteriaForm, ScoreForm
from portal.campaign.kinds import kind_of
from portal.campaign.models import EntryPhoto, Judge, JudgeScore, Round
from portal.campaign.permissions import is_judge
from portal.campaign.selectors.judging import (
    Card,
    are_all_in,
    cards_of,
    judge_of,
    progress_of,
    score_lines,
    trouble_with_judging,
)
from portal.campaign.services.judging import CriteriaFixed, ScoreRefused, score_entry, write_criteria
from portal.campaign.views.desk import round_or_404
from portal.core.audit import record
from portal.core.private_files import private_response
from portal.households.access import guarded_by, officer_view, staff_of

judge_view = guarded_by(is_judge)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts only, until all are in; and what the judges judge by."""
    round_ = round_or_404(pk)
    if round_.ranking != Ranking.JUDGED:
        raise Http404
    form = CriteriaForm(request.POST or None, initial={"text": round_.judged_by})
    if request.method == "POST" and form.is_valid():
        try:
            write_criteria(round_=round_, text=form.cleaned_data["text"], by=staff_of(request))
        except CriteriaFixed as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Đã lưu cách chấm.")
            return redirect("gameprizes:judging", pk)
    context = {
        "round": round_,
        "form": form,
        "progress": progress_of(round_) if round_.sealed_at else [],
        "judges": round_.judges.select_related("user"),
        "has_begun": JudgeScore.objects.filter(judge__round=round_).exists(),
        "trouble": trouble_with_judging(round_),
        "lines": score_lines(round_) if round_.sealed_at else [],
    }
    return render(request, "campaign/work/judging.html", context)


@judge_view
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Rounds that this account judges."""
    judges = Judge.objects.filter(user=staff_of(request), round__erased_at=None).select_related("round__game")
    rounds = [(judge.round, trouble_with_judging(judge.round)) for judge in judges.order_by("-round__closes_at")]
    return render(request, "campaign/work/judge_desk.html", {"rounds": rounds})


@judge_view
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """All entries by number; the points of the others once all are in."""
    judge = _judge(request, pk)
    trouble = trouble_with_judging(judge.round)
    cards = [] if trouble else cards_of(judge)
    context = {
        "round": judge.round,
        "trouble": trouble,
        "cards": cards,
        "left": sum(card.said is None for card in cards),
        "first": next((card.number for card in cards if card.said is None), None),
        "lines": score_lines(judge.round) if not trouble else [],
        "judges": judge.round.judges.select_related("user").order_by("pk"),
    }
    return render(request, "campaign/work/judge_table.html", context)


@judge_view
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One entry: what it says, and the judge's sheet. Then the next one that has none."""
    judge = _judge(request, pk)
    card = _card(judge, number)
    said = card.said
    start = {"points": said.points, "knows": said.points is None, "note": said.note} if said else None
    form = ScoreForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            score_entry(judge=judge, code=card.entry.code, points=typed["points"], note=typed["note"])
        except ScoreRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _next(request, judge, number)
    round_ = judge.round
    context = {
        "round": round_,
        "card": card,
        "form": form,
        "shown": kind_of(round_).shown(round_, card.entry.content),
        "photos": EntryPhoto.objects.filter(entry=card.entry),
        "is_closed": are_all_in(round_),
    }
    return render(request, "campaign/work/judge_entry.html", context)


@judge_view
@require_safe
def photo(request: HttpRequest, pk: int, number: int, photo: int) -> HttpResponse:
    """A picture of the entry under this number; every look is logged."""
    card = _card(_judge(request, pk), number)
    row = get_object_or_404(EntryPhoto, pk=photo, entry=card.entry)
    response = private_response(row.name)
    record("entry.photo_view", by=staff_of(request), subject=card.entry.code)
    return response


def _judge(request: HttpRequest, pk: int) -> Judge:
    round_ = get_object_or_404(Round.objects.select_related("game"), pk=pk)
    judge = judge_of(round_, staff_of(request).pk)
    if judge is None:
        raise Http404
    return judge


def _card(judge: Judge, number: int) -> Card:
    if trouble_with_judging(judge.round):
        raise Http404
    card = next((card for card in cards_of(judge) if card.number == number), None)
    if card is None:
        raise Http404
    return card


def _next(request: HttpRequest, judge: Judge, number: int) -> HttpResponse:
    waiting = [card.number for card in cards_of(judge) if card.said is None]
    messages.success(request, f"Bài {number}: đã lưu.")
    if not waiting:
        return redirect("gameprizes:judge_table", judge.round_id)
    after = [other for other in waiting if other > number]
    return redirect("gameprizes:judge_entry", judge.round_id, (after or waiting)[0])
