"""`/tien-do/`: how far the commune and its villages have come, by closed quarters; no household shows through."""

import csv
from datetime import datetime, time
from hashlib import sha256
from io import StringIO
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from portal.core.models import SiteProfile
from portal.core.periods import Period
from portal.core.share_pictures import draw_share_picture
from portal.households.access import public_view
from portal.households.progress.publishing import Public, Published
from portal.households.progress.wording import headline, target_words, told, told_percent
from portal.households.selectors.public_progress import published, published_quarters
from portal.households.standing import HANOI

COLUMNS = (
    "Kỳ",
    "Số liệu tính đến hết ngày",
    "Nơi",
    "Số đo",
    "Đơn vị",
    "Tổng số",
    "Từ",
    "Đến",
    "Cần có",
    "Đã tới mục tiêu",
)
YES_OR_NO = {True: "có", False: "chưa", None: ""}


@public_view
@require_safe
def progress(request: HttpRequest, code: str = "") -> HttpResponse:
    """The newest closed quarter, or the one that is asked for; open to everyone."""
    quarters = published_quarters()
    shown = _quarter(code) if code else next(iter(quarters), None)
    context = {
        "shown": shown,
        "headline": headline(shown) if shown else "",
        "quarters": quarters,
        "courses": _courses(quarters, shown) if shown else [],
    }
    return render(request, "households/public/progress.html", context)


def _quarter(code: str) -> Published:
    try:
        found = published(Period.read(code))
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _courses(quarters: list[Published], shown: Published) -> list[tuple[Public, list[tuple[Published, Public]]]]:
    """Each of the commune's measures, and beside it the same in every quarter up to this one, the oldest first."""
    told = [one for one in quarters if one.period <= shown.period][::-1]
    by_key = [(one, {public.definition.key: public for public in one.commune}) for one in told]
    return [
        (public, [(one, found[key]) for one, found in by_key if (key := public.definition.key) in found])
        for public in shown.commune
    ]


@public_view
@require_safe
def table(request: HttpRequest, code: str) -> HttpResponse:
    """The quarter as CSV, with a byte-order mark so that Excel reads the letters right; open to everyone."""
    shown = _quarter(code)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    when = (shown.period.heading.replace("\u00a0", " "), f"{shown.content.last_on:%d/%m/%Y}")
    for place, public in _lines(shown):
        ends = (public.between.low, public.between.high) if public.between else ("", "")
        what = (public.definition.name, public.definition.unit, public.whole)
        writer.writerow((*when, place, *what, *ends, public.goal or "", YES_OR_NO[public.is_reached]))
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tien-do-{shown.period.code}.csv"'
    return response


def _lines(shown: Published) -> list[tuple[str, Public]]:
    whole = [("Cả xã", public) for public in shown.commune]
    return whole + [(village.name, public) for village in shown.villages for public in village.figures]


@public_view
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """What Zalo and Facebook show beside the link: drawn once for what it says, then a plain file; open to everyone."""
    shown = _quarter(code)
    profile = SiteProfile.objects.first() or SiteProfile()
    words = {
        "title": f"{shown.period.heading}: {headline(shown)}",
        "label": "Tiến độ",
        "column": profile.column_name,
        "commune": profile.commune_name,
    }
    name = f"share/tien-do-{shown.period.code}-{sha256(repr(words).encode()).hexdigest()[:12]}.png"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(draw_share_picture(**words, picture=None)))
    return redirect(default_storage.url(name))


class ProgressFeed(Feed):
    """A closed quarter is an entry; open to everyone."""

    feed_type = Atom1Feed
    language = "vi"
    title = "Tiến độ · Gia đình số"
    subtitle = "Mỗi quý chốt số liệu một lần."
    link = "/tien-do/"
    feed_url = "/tien-do/tin/"

    def items(self) -> list[Published]:
        return published_quarters()

    def item_title(self, item: Any) -> str:
        return f"{item.period.heading}: {headline(item)}"

    def item_description(self, item: Any) -> str:
        lines = [f"{public.definition.name}: {_in_full(public)}" for public in item.commune]
        return f"Số liệu tính đến hết ngày {item.content.last_on:%d/%m/%Y}. " + "; ".join(lines) + "."

    def item_link(self, item: Any) -> str:
        return reverse("register:progress_of_quarter", args=[item.period.code])

    def item_pubdate(self, item: Any) -> datetime:
        return datetime.combine(item.content.last_on, time(), HANOI)

    item_updateddate = item_pubdate


def _in_full(public: Public) -> str:
    percent, target = told_percent(public), public.definition.target
    words = f"{told(public)} ({percent})" if percent else told(public)
    return f"{words}, mục tiêu {target_words(target)}" if target else words


feed = public_view(ProgressFeed())
