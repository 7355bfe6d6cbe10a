"""Choosing a round's questions from the bank: ticked by hand, or suggested and looked over."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.campaign.enums import Part
from portal.campaign.models import Question, Round
from portal.campaign.question_sets import Banked, spread_choice
from portal.campaign.selectors.questions import bank
from portal.campaign.selectors.setup import parts_of
from portal.campaign.services.rounds import RulesAreFixed, choose_questions
from portal.core.enums import Need
from portal.core.http import whole_number
from portal.households.access import staff_of

#: Name of the button that lets the screen choose, and how many it offers.
SUGGEST, USUAL_COUNT, MOST = "chon-giup", 24, 200


def choose(request: HttpRequest, round_: Round, saved: Callable[[], HttpResponse]) -> HttpResponse:
    """The page of a round's questions; `saved` leads on once they are chosen."""
    questions = bank()
    chosen = set(round_.questions.values_list("question_id", flat=True))
    error = ""
    if request.method == "POST":
        try:
            if SUGGEST in request.POST:
                return _suggest(request, round_, questions)
            ticked = {int(key) for key in request.POST.getlist("cau") if key.isdecimal()}
            choose_questions(round_=round_, questions=questions.filter(pk__in=ticked), by=staff_of(request))
            return saved()
        except RulesAreFixed as refusal:
            error = str(refusal)
    shown = _narrowed(request, questions)
    parts = parts_of(round_)
    context = {
        "round": round_,
        "here": Part.QUESTIONS,
        "parts": parts,
        "number": parts.index(Part.QUESTIONS) + 1,
        "questions": shown,
        "chosen": chosen,
        "kept": chosen - {question.pk for question in shown},
        "bank_count": len(questions),
        "usual_count": min(USUAL_COUNT, len(questions)),
        "needs": Need.choices,
        "difficulties": Question.Difficulty.choices,
        "asked_need": request.GET.get("viec", ""),
        "asked_difficulty": request.GET.get("do-kho", ""),
        "error": error,
        "is_fixed": round_.announced_at is not None,
    }
    return render(request, "campaign/desk/questions.html", context, status=422 if error else 200)


def _suggest(request: HttpRequest, round_: Round, questions: QuerySet[Question]) -> HttpResponse:
    count = min(whole_number(request.POST.get("so-cau", "")) or USUAL_COUNT, MOST)
    rows = {question.pk: question for question in questions}
    banked = [Banked(key, row.difficulty, row.need, row.uses) for key, row in rows.items()]
    keys = spread_choice(banked, count=count)
    choose_questions(round_=round_, questions=[rows[key] for key in keys], by=staff_of(request))
    messages.success(request, f"Đã chọn giúp {len(keys)} câu, đủ các việc và độ khó, ưu tiên câu ít dùng. Xin xem lại.")
    return redirect("gamedesk:part", round_.pk, Part.QUESTIONS)


def _narrowed(request: HttpRequest, questions: QuerySet[Question]) -> list[Question]:
    """What `?viec=` and `?do-kho=` leave; unknown values leave everything."""
    need, difficulty = request.GET.get("viec", ""), request.GET.get("do-kho", "")
    return [
        question
        for question in questions
        if (need not in Need.values or question.need == need)
        and (difficulty not in {"1", "2", "3"} or str(question.difficulty) == difficulty)
    ]
