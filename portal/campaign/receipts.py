"""The receipt of an entry: what the family writes down, and may be shown again for the same form."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from portal.campaign.models import Entry, Round
from portal.campaign.sealing import MARK_LENGTH
from portal.campaign.services.entries import secret_of_entry
from portal.core.codes import spoken_code
from portal.core.http import text_size
from portal.core.kept_pages import kept_page
from portal.core.templatetags.portal_tags import hour_to_the_second, weekday_and_date

#: A form found on a shared phone days later shows its code again, and the secret no more.
SECRET_SHOWN_FOR = timedelta(hours=24)


def receipt_page(request: HttpRequest, round_: Round, entry: Entry, *, is_repeat: bool) -> HttpResponse:
    """The receipt. In the last minute of a round everybody gets one, so the page is made once and filled in."""
    shows_secret = entry.version == 1 and timezone.now() - entry.received_at < SECRET_SHOWN_FOR
    turns = {
        "is_repeat": is_repeat,
        "is_late": entry.is_late,
        "is_held": entry.is_held,
        "is_change": entry.version > 1,
        "shows_secret": shows_secret,
    }
    name = f"receipt {round_.pk} {text_size(request)} {''.join(str(int(turn)) for turn in turns.values())}"

    def render(marks: Mapping[str, str]) -> str:
        return render_to_string("campaign/play/receipt.html", {**marks, **turns, "round": round_}, request)

    return HttpResponse(kept_page(name, render, receipt_values(entry)))


def receipt_values(entry: Entry) -> dict[str, str]:
    """What differs from one receipt to the next, ready to be read."""
    secret = secret_of_entry(entry)
    address = reverse("games:receipt", args=[entry.code])
    return {
        "code": entry.code,
        "spoken": spoken_code(entry.code),
        "secret": f"{secret[:3]} {secret[3:]}",
        "received": f"{hour_to_the_second(entry.received_at)}, {weekday_and_date(entry.received_at)}",
        "mark": spaced_mark(entry.digest),
        "address": settings.BASE_URL.partition("://")[2] + address,
        "square_code": f"{address}ma-vuong.svg",
        "path": address,
    }


def spaced_mark(digest: str) -> str:
    """The part of a digest that the published list shows, in groups that can be read aloud."""
    mark = digest[:MARK_LENGTH]
    return " ".join(mark[start : start + 4] for start in range(0, MARK_LENGTH, 4))
