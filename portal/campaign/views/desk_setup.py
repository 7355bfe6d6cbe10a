"""Setting a round up, one calm page for each part of it; later the same pages change announced rules in the open."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from portal.campaign.enums import Part, SeedSource
from portal.campaign.forms.setup import (
    HoursForm,
    JudgesForm,
    NumberForm,
    PrizeFormSet,
    RulesForm,
    SetupForm,
)
from portal.campaign.models import GamePage, Round, Sponsorship
from portal.campaign.seeds import HELP, suggested_words
from portal.campaign.selectors.setup import changeable_rules, parts_of
from portal.campaign.services.rounds import (
    RoundNotReady,
    RulesAreFixed,
    change_round,
    create_round,
    set_judges,
    set_prizes,
)
from portal.campaign.views.desk import round_or_404
from portal.campaign.views.desk_questions import choose
from portal.households.access import officer_view, staff_of

Page = Callable[[HttpRequest, Round], HttpResponse]
SUGGEST = "mau"


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, game: int) -> HttpResponse:
    """Lập vòng mới: its hours come first."""
    round_ = Round(game=get_object_or_404(GamePage, pk=game))
    form = HoursForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        made = create_round(game=round_.game, values=form.values, by=staff_of(request))
        messages.success(request, f"Đã lập vòng {made.number}. Chưa ai thấy vòng này.")
        return redirect("gamedesk:part", made.pk, parts_of(made)[1])
    return _form_page(request, round_, Part.HOURS, form)


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One part of the set-up."""
    round_ = round_or_404(pk)
    if part not in Part.values or Part(part) not in parts_of(round_):
        raise Http404
    return _PAGES[Part(part)](request, round_)


def _columns(request: HttpRequest, round_: Round, here: Part, kind: type[SetupForm]) -> HttpResponse:
    """A page whose boxes are columns of the round."""
    form = kind(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            change_round(round_=round_, values=form.values, by=staff_of(request), reason=form.reason)
        except (RulesAreFixed, RoundNotReady) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, round_, here)
    return _form_page(request, round_, here, form)


def _hours(request: HttpRequest, round_: Round) -> HttpResponse:
    return _columns(request, round_, Part.HOURS, HoursForm)


def _rules(request: HttpRequest, round_: Round) -> HttpResponse:
    return _columns(request, round_, Part.RULES, RulesForm)


def _number(request: HttpRequest, round_: Round) -> HttpResponse:
    """The number's page also fills in a sentence to be looked over."""
    if request.method != "POST" or SUGGEST not in request.POST:
        return _columns(request, round_, Part.NUMBER, NumberForm)
    typed = NumberForm(request.POST, round_=round_)
    typed.is_valid()
    source, known_at = typed.cleaned_data.get("seed_source"), typed.cleaned_data.get("seed_known_at")
    if source and known_at:
        data: MultiValueDict[str, str] = MultiValueDict({name: request.POST.getlist(name) for name in request.POST})
        data["seed_words"] = suggested_words(SeedSource(source), known_at)
        typed = NumberForm(data, round_=round_)
        messages.info(request, "Đã điền câu mẫu, chưa lưu. Xin đọc lại, sửa cho đúng rồi bấm lưu.")
    elif "seed_known_at" not in typed.errors:
        messages.warning(request, "Xin chọn nguồn và giờ có số trước, rồi bấm “Điền câu mẫu”.")
    return _form_page(request, round_, Part.NUMBER, typed)


def _prizes(request: HttpRequest, round_: Round) -> HttpResponse:
    gifts = list(Sponsorship.objects.standing().filter(Q(game=None) | Q(game=round_.game_id)))
    rows = list(round_.prizes.values("name", "gift", "quantity", "gift_from"))
    prizes = PrizeFormSet(request.POST or None, initial=rows, prefix="giai", form_kwargs={"sponsorships": gifts})
    error = ""
    if request.method == "POST" and prizes.is_valid():
        values = [form.cleaned_data for form in prizes if not form.is_empty]
        try:
            set_prizes(round_=round_, prizes=values, by=staff_of(request))
        except RulesAreFixed as refusal:
            error = str(refusal)
        else:
            return _saved(request, round_, Part.PRIZES)
    context = {"prizes": prizes, "error": error, "is_fixed": round_.announced_at is not None}
    is_refused = bool(error) or (prizes.is_bound and not prizes.is_valid())
    return _page(request, "campaign/desk/prizes.html", round_, Part.PRIZES, context, is_refused)


def _judges(request: HttpRequest, round_: Round) -> HttpResponse:
    form = JudgesForm(request.POST or None, round_=round_)
    if request.method == "POST" and form.is_valid():
        try:
            set_judges(round_=round_, users=form.cleaned_data["judges"], by=staff_of(request))
        except RulesAreFixed as refusal:
            form.add_error("judges", str(refusal))
        else:
            return _saved(request, round_, Part.JUDGES)
    return _form_page(request, round_, Part.JUDGES, form)


def _questions(request: HttpRequest, round_: Round) -> HttpResponse:
    return choose(request, round_, lambda: _saved(request, round_, Part.QUESTIONS))


_PAGES: dict[Part, Page] = {
    Part.HOURS: _hours,
    Part.RULES: _rules,
    Part.QUESTIONS: _questions,
    Part.NUMBER: _number,
    Part.PRIZES: _prizes,
    Part.JUDGES: _judges,
}


def _saved(request: HttpRequest, round_: Round, here: Part) -> HttpResponse:
    """On to the next part while the round is being set up, else back to its page."""
    fresh = round_or_404(round_.pk)
    if fresh.announced_at is not None:
        messages.success(request, f"Đã lưu {here.label.lower()}. Thể lệ nay là bản {fresh.rules_version}.")
        return redirect("gamedesk:round", fresh.pk)
    messages.success(request, f"Đã lưu {here.label.lower()}.")
    parts = parts_of(fresh)
    following = parts[parts.index(here) + 1 :]
    return redirect("gamedesk:part", fresh.pk, following[0]) if following else redirect("gamedesk:round", fresh.pk)


def _form_page(request: HttpRequest, round_: Round, here: Part, form: Any) -> HttpResponse:
    context = {"form": form, "may_change": bool(changeable_rules(round_)), "help": HELP.values()}
    template = "campaign/desk/part_number.html" if here == Part.NUMBER else "campaign/desk/part.html"
    return _page(request, template, round_, here, context, bool(form.errors))


def _page(
    request: HttpRequest,
    template: str,
    round_: Round,
    here: Part,
    context: dict[str, Any],
    is_refused: bool = False,
) -> HttpResponse:
    """The page of a part, with the way through all of them."""
    parts = parts_of(round_)
    shown = {"round": round_, "here": here, "parts": parts, "number": parts.index(here) + 1, **context}
    return render(request, template, shown, status=422 if is_refused else 200)
