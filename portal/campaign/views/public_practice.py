"""`/minigame/<game>/tap/`: questions to practise with, the answer at once, and nothing kept of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.campaign.models import GamePage
from portal.campaign.selectors.practice import PracticeQuestion, practice_questions
from portal.campaign.selectors.rounds import RUNNING, rounds_in
from portal.households.access import public_view


@public_view
@csrf_exempt  # Nothing is kept and nobody is known: there is nothing to ride on.
@require_http_methods(["GET", "HEAD", "POST"])
def practice(request: HttpRequest, game: str) -> HttpResponse:
    """One question a page: `?cau=3`; open to everyone. An answer comes as a POST and is told, not stored."""
    page = GamePage.objects.live().filter(slug=game).first()
    questions = practice_questions(page) if page else []
    if page is None or not questions:
        raise Http404
    number = _number(request.GET.get("cau", "1"), len(questions))
    context = {"page": page, "total": len(questions), "number": number, "running": rounds_in(RUNNING, page)}
    if number > len(questions):
        return render(request, "campaign/play/practice_over.html", context)
    question = questions[number - 1]
    context |= {"question": question, "next_number": number + 1, "stitches": _stitches(number, len(questions))}
    if request.method == "POST":
        return _told(request, question, context)
    return render(request, "campaign/play/practice.html", context | {"is_empty": False})


def _told(request: HttpRequest, question: PracticeQuestion, context: dict[str, object]) -> HttpResponse:
    chosen = request.POST.get("tra-loi", "")
    if chosen not in {key for key, _text in question.options}:
        return render(request, "campaign/play/practice.html", context | {"is_empty": True})
    context |= {"chosen": chosen, "is_right": chosen == question.right}
    response = render(request, "campaign/play/practice_told.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _number(typed: str, total: int) -> int:
    number = int(typed[:4]) if typed.isascii() and typed.isdecimal() else 1
    return min(max(number, 1), total + 1)


def _stitches(number: int, total: int) -> list[str]:
    return ["done"] * (number - 1) + ["now"] + [""] * (total - number)
