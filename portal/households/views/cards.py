"""Household cards (thẻ hộ): the code and the way to its page. Without the secret number a finder sees nothing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.core.audit import record
from portal.core.codes import spoken_code
from portal.core.public_forms import FormToken
from portal.households.access import officer_view, staff_of, team_view
from portal.households.forms.cards import RenewSecretForm
from portal.households.models import Household
from portal.households.services.secret_numbers import renew_secret
from portal.households.views import office, team

STALE = "Trang mở đã lâu. Xin bấm lại lần nữa."


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def team_card(request: HttpRequest, code: str) -> HttpResponse:
    """The card of a family of one's own village; POST gives it a new secret."""
    return _card_page(request, team.household_of(staff_of(request), code), "team:household")


@officer_view
@require_http_methods(["GET", "HEAD", "POST"])
def office_card(request: HttpRequest, code: str) -> HttpResponse:
    """The card of any family; POST gives it a new secret."""
    return _card_page(request, office.household_of(code), "office:household")


def card_facts(household: Household) -> dict[str, str]:
    """What stands on a card."""
    return {
        "code": household.code,
        "spoken": spoken_code(household.code),
        "village": household.village.name,
        "status_url": settings.BASE_URL + reverse("register:status"),
    }


def _card_page(request: HttpRequest, household: Household, home: str) -> HttpResponse:
    if household.survivor_id is not None or household.listed_to is not None:
        raise Http404
    form = RenewSecretForm(request.POST or None)
    secret = trouble = ""
    if request.method == "POST" and form.is_valid():
        if form.form_token is None:
            trouble = STALE
        else:
            secret = renew_secret(
                household=household,
                token=form.form_token.uuid,
                reason=form.cleaned_data["reason"],
                by=staff_of(request),
            )
    elif request.method != "POST":
        record("household.view", by=staff_of(request), subject=household.code)
    context = {
        "household": household,
        "card": card_facts(household),
        "form": form,
        "token": (form.form_token or FormToken.new()).signed,
        "secret": secret,
        "trouble": trouble,
        "home": reverse(home, kwargs={"code": household.code}),
    }
    return render(request, "households/card.html", context)
