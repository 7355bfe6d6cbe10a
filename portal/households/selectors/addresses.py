"""Public pages of the register that may be found from outside. Answers to a family are never among them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from portal.households.enums import Purpose
from portal.households.models import Consent, Decision, PeriodClose
from portal.households.selectors.honours import honour_years
from portal.households.selectors.standing import criteria_set_on


@dataclass(frozen=True)
class PublicAddress:
    """A page to be found, and since when it says what it says; None where that is not known."""

    path: str
    changed_on: date | None = None


def public_addresses() -> list[PublicAddress]:
    """Forms, the check of certificates, and the honour roll of every year; costs five queries."""
    criteria_set = criteria_set_on(timezone.localdate())
    asked_since = _day(criteria_set.activated_at if criteria_set else None)
    pages = [
        PublicAddress(reverse("register:registration"), asked_since),
        PublicAddress(reverse("register:self_check"), asked_since),
        PublicAddress(reverse("register:status")),
        PublicAddress(reverse("register:help")),
        PublicAddress(reverse("register:check")),
    ]
    honoured = _honours_changed_on()
    roll = [reverse("register:honours"), *(reverse("register:honours_of_year", args=[year]) for year in honour_years())]
    return [*pages, *_progress(), *(PublicAddress(path, honoured) for path in roll)]


def _progress() -> list[PublicAddress]:
    """The page that always shows the newest quarter, and one for each."""
    closes = list(PeriodClose.objects.filter(quarter__gt=0).order_by("-last_on").defer("content"))
    newest = [PublicAddress(reverse("register:progress"), _day(closes[0].closed_at if closes else None))]
    each = [reverse("register:progress_of_quarter", args=[close.period.code]) for close in closes]
    return newest + [PublicAddress(path, _day(close.closed_at)) for path, close in zip(each, closes, strict=True)]


def _honours_changed_on() -> date | None:
    """A new decision, or a family's word on its name: either way crawlers are to look again."""
    decided = Decision.objects.aggregate(last=Max("entered_at"))["last"]
    said = Consent.objects.filter(purpose=Purpose.NAME).aggregate(last=Max("recorded_at"))["last"]
    return _day(max(filter(None, (decided, said)), default=None))


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
