"""An article as its channels read it: one plain shape for news, stories, guides and activities."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from portal.campaign.models import ActivityPage
from portal.core.models import BasePage, SiteProfile
from portal.core.templatetags.portal_tags import day_and_month, hours, weekday, weekday_and_date, weekday_date_and_hour
from portal.home.models.channels import DIGEST_LENGTH, Channel
from portal.stories.models import GuidePage, NewsPage, StoryPage

#: What has channels at all.
KINDS: tuple[type[BasePage], ...] = (NewsPage, StoryPage, GuidePage, ActivityPage)
#: A change of the picture makes only these out of date.
WITH_PICTURE = (Channel.FACEBOOK, Channel.NOTICE, Channel.POSTER)
CANCELLED = "Hoãn: "
#: Begins a point of a list.
POINT = "- "


@dataclass(frozen=True)
class Article:
    """Plain words as they stand on the page; “” for what it does not say."""

    kind: str  # “Hoạt động”
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    year: int  # tells the weekday of days that name no year
    when: str = ""  # “từ 8 giờ đến 10 giờ sáng, thứ Bảy, 28/11/2026”
    when_said: str = ""  # the same for the ear, without the year
    where: str = ""
    audience: str = ""
    bring: str = ""
    hotline: str = ""
    picture: int | None = None
    is_over: bool = False

    @property
    def facts(self) -> list[tuple[str, str]]:
        """[(“Lúc”, “từ 8 giờ …”), …], as far as there are any."""
        rows = (("Lúc", self.when), ("Nơi", self.where), ("Mời", self.audience), ("Mang theo", self.bring))
        return [(name, words) for name, words in rows if words]

    def digest(self, channel: Channel | str) -> str:
        """Changes with everything that somebody may have put into the words for this channel."""
        said = asdict(self) | {"is_over": None}
        if channel not in WITH_PICTURE:
            said["picture"] = None
        return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:DIGEST_LENGTH]


def has_channels(page: Page) -> bool:
    """Whether this type of page goes out by other ways than its address."""
    return issubclass(page.specific_class or Page, KINDS)


def article_of(page: Page, profile: SiteProfile | None = None) -> Article:
    """The article of one of KINDS, as the given object holds it: published or draft."""
    profile = profile or SiteProfile.objects.first() or SiteProfile()
    readers: dict[type[Page], Any] = {GuidePage: _guide, ActivityPage: _activity}
    told = {"title": page.title, "lead": page.lead, **readers.get(type(page), _told)(page)}
    return Article(kind=page.type_label, hotline=profile.hotline, picture=page.picture_id, **told)


def _told(page: Any) -> dict[str, Any]:
    """News and stories."""
    return {"paragraphs": tuple(_lines(page.body)), "year": page.published_on.year}


def _guide(page: GuidePage) -> dict[str, Any]:
    steps = (f"Bước {number}: {step['title'].rstrip('. ')}." for number, step in enumerate(page.step_list, start=1))
    prepare = [f"Chuẩn bị: {page.prepare}"] if page.prepare else []
    return {"paragraphs": (*prepare, *steps), "year": page.checked_on.year}


def _activity(page: ActivityPage) -> dict[str, Any]:
    """A session that is called off invites nobody: neither hour nor place stand in what is said of it."""
    year = timezone.localtime(page.starts_at).year
    if page.is_cancelled:
        title = f"{CANCELLED}{page.title}"
        return {"title": title, "lead": page.cancel_note, "paragraphs": (), "year": year, "is_over": page.is_over}
    return {
        "paragraphs": tuple(_lines(page.body)),
        "year": year,
        "when": _when(page.starts_at, page.ends_at),
        "when_said": _when(page.starts_at, page.ends_at, is_said=True),
        "where": page.where,
        "audience": page.audience,
        "bring": page.bring,
        "is_over": page.is_over,
    }


def _when(start: datetime, end: datetime, *, is_said: bool = False) -> str:
    """From when to when on which day."""
    if timezone.localtime(start).date() != timezone.localtime(end).date():
        return _plain(f"từ {weekday_date_and_hour(start)} đến {weekday_date_and_hour(end)}")
    day = f"{weekday(start)}, {day_and_month(start)}" if is_said else weekday_and_date(start)
    return _plain(f"{hours(start, end)}, {day}")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _lines(body: Iterable[Any]) -> Iterator[str]:
    """Paragraphs, points and headings of a body, in order; pictures and buttons say nothing here."""
    for block in body:
        if block.block_type == "heading":
            yield str(block.value)
        elif block.block_type == "text":
            yield from _lines_of(block.value)
        elif block.block_type == "note":
            yield from _lines_of(block.value["text"])
        elif block.block_type == "quote":
            who = f" ({block.value['who']})" if block.value["who"] else ""
            yield f"“{' '.join(block.value['text'].split())}”{who}"


def _lines_of(text: RichText) -> Iterator[str]:
    for element in BeautifulSoup(text.source, "html.parser").find_all(["p", "li"]):
        words = _plain(" ".join(element.get_text().split()))
        if words:
            yield f"{POINT}{words}" if element.name == "li" else words
