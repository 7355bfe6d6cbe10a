"""Registering on behalf of a family, at its house or from a pile of paper forms; its receipt."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from portal.core.models import User
from portal.households.access import staff_of, team_view
from portal.households.enums import Channel
from portal.households.forms.team_registration import FamilyForm
from portal.households.forms.team_visits import read_uuid
from portal.households.models import Registration
from portal.households.permissions import villages_of
from portal.households.selectors.standing import criteria_set_on
from portal.households.services.registrations import receipt_of, register_household
from portal.households.services.secret_numbers import secret_still_opens
from portal.households.views.cards import card_facts

#: The secret is for the family's paper; after a day the receipt shows everything but the secret.
SECRET_SHOWN = timedelta(hours=24)


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Ghi giúp một hộ; the family sits beside the member of the team."""
    return _registered(request, Channel.TEAM)


@team_view
@require_http_methods(["GET", "HEAD", "POST"])
def register_from_paper(request: HttpRequest) -> HttpResponse:
    """Nhập phiếu giấy: after each sheet an empty one, with the last receipt at hand."""
    return _registered(request, Channel.PAPER)


def _registered(request: HttpRequest, channel: Channel) -> HttpResponse:
    user = staff_of(request)
    form = FamilyForm(
        request.POST or None,
        villages=villages_of(user).order_by("number"),
        criteria_set=criteria_set_on(timezone.localdate()),
    )
    if request.method == "POST" and form.is_valid() and (_is_known(form) or form.looks_new()):
        application = form.application(channel=channel, helper_name=user.full_name or user.username)
        register_household(application=application, by=user)
        if channel == Channel.PAPER:
            return redirect(f"{reverse('team:register_from_paper')}?vua={application.token}")
        return redirect("team:receipt", token=application.token)
    typed = read_uuid(request.GET.get("vua", ""))
    last = _registrations(user).filter(token=typed).first() if typed else None
    if last is not None:
        # A pile mostly comes from one village.
        form.fields["village"].initial = last.household.village
    is_paper = channel == Channel.PAPER
    if is_paper and not form.errors:
        form.fields["head_name"].widget.attrs["autofocus"] = True
    context = {"form": form, "is_paper": is_paper, "last": last}
    return render(request, "households/team/register.html", context)


def _is_known(form: FamilyForm) -> bool:
    """The same form sent again finds its own household alike; that is no duplicate."""
    return Registration.objects.filter(token=form.cleaned_data["token"]).exists()


def _registrations(user: User) -> QuerySet[Registration]:
    rows = Registration.objects.filter(household__root__village__in=villages_of(user))
    return rows.select_related("household__village")


@team_view
@require_GET
def receipt(request: HttpRequest, token: UUID) -> HttpResponse:
    """Giấy nhận, to be printed or copied for the family."""
    registration = get_object_or_404(_registrations(staff_of(request)), token=token)
    if registration.channel not in {Channel.TEAM, Channel.PAPER}:
        # What a family sent itself is its own to keep.
        raise Http404
    shown = receipt_of(registration, is_repeat=True)
    is_fresh = timezone.now() - registration.received_at < SECRET_SHOWN
    shows_secret = is_fresh and secret_still_opens(registration.household, shown.secret)
    context = {
        "receipt": shown,
        "registration": registration,
        "shows_secret": shows_secret,
        "card": card_facts(registration.household),
    }
    return render(request, "households/team/receipt.html", context)
