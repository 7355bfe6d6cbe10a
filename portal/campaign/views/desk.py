"""The games' desk: all rounds with the next thing to do, one round's course, preview and announcement."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.campaign.enums import Phase
from portal.campaign.kinds import kind_of
from portal.campaign.models import GamePage, Round
from portal.campaign.selectors.course import course_of, going_rounds, next_task
from portal.campaign.selectors.questions import sample_questions
from portal.campaign.selectors.setup import changeable_rules, parts_of, troubles_in
from portal.campaign.services.rounds import RoundNotReady, announce_round
from portal.campaign.views.public_rounds import round_context
from portal.core.heartbeat import SCHEDULER, is_silent
from portal.households.access import officer_view, staff_of

#: How long before the day of erasing the desk of an unfinished round says so.
WARNED_DAYS = 14


def round_or_404(pk: int) -> Round:
    """A round with its game."""
    return get_object_or_404(Round.objects.select_related("game"), pk=pk)


@officer_view
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Minigame: what waits, and every game with its rounds."""
    newest = Round.objects.order_by("-number")
    games = list(GamePage.objects.order_by("title", "pk").prefetch_related(Prefetch("rounds", newest)))
    tasks = [(round_, next_task(round_)) for round_ in going_rounds()]
    # What waits for a person first, then what the clock does; the one that closes first on top.
    tasks.sort(key=lambda pair: (not pair[1].verb, pair[0].closes_at, pair[0].pk))
    context = {"games": games, "tasks": tasks, "is_silent": is_silent(SCHEDULER)}
    return render(request, "campaign/desk/index.html", context)


@officer_view
@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: its course, what is next, what is missing."""
    round_ = round_or_404(pk)
    troubles = troubles_in(round_) if round_.announced_at is None else []
    context = {
        "round": round_,
        "phase": round_.phase,
        "task": next_task(round_),
        "stages": course_of(round_, troubles),
        "troubles": troubles,
        "parts": [(part, [one for one in troubles if one.part == part]) for part in parts_of(round_)],
        "may_change": bool(changeable_rules(round_)),
        "changes": round_.changes.all(),
        "erases_soon": _erases_soon(round_),
    }
    return render(request, "campaign/desk/round.html", context)


def _erases_soon(round_: Round) -> bool:
    """The day of erasing comes near, and nobody has won yet: afterwards nobody can."""
    is_waiting = round_.announced_at is not None and round_.results_at is None and round_.erased_at is None
    return is_waiting and round_.erase_on <= timezone.localdate() + timedelta(days=WARNED_DAYS)


@officer_view
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The round as a family will see it, and a set of questions as one family might get it."""
    round_ = round_or_404(pk)
    shown = round_context(round_, Phase.ANNOUNCED if round_.phase == Phase.DRAFT else round_.phase)
    questions = sample_questions(round_) if kind_of(round_).has_questions else []
    return render(request, "campaign/desk/preview.html", {**shown, "is_preview": True, "questions": questions})


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what is fixed from now on, then shows the round to everyone."""
    round_ = round_or_404(pk)
    if round_.announced_at is not None:
        return redirect("gamedesk:round", pk)
    troubles = troubles_in(round_)
    if request.method == "POST":
        try:
            announce_round(round_=round_, by=staff_of(request))
        except RoundNotReady:
            troubles = troubles_in(round_)
        else:
            messages.success(request, f"Đã công bố {round_}. Bà con xem được ngay.")
            return redirect("gamedesk:round", pk)
    context = {"round": round_, "troubles": troubles}
    return render(request, "campaign/desk/announce.html", context, status=422 if request.method == "POST" else 200)
