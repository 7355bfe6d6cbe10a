"""Pages of the sample, made of the texts of content/."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Revision

from portal.campaign.models import ActivityPage, GamePage
from portal.core.models import BasePage, PortalDocument, PortalImage, Recording
from portal.core.templatetags.portal_tags import hours, weekday_and_date
from portal.home.column import ensure_column
from portal.home.demo.content import Entry, body_of, guides, hours_of, load
from portal.home.demo.library import Screen
from portal.home.demo.markup import Block, Names, blocks, paragraph
from portal.home.demo.screens import describe
from portal.home.models import DocumentPage, HomePage
from portal.households.models import Village
from portal.stories.models import GuidePage, NewsPage, StoryPage

AUTHOR = "Tổ biên tập xã (mẫu)"
#: Standing pages and papers went out with the column itself.
OPENED_DAYS_AGO = 21
INVITED_DAYS_BEFORE = 12


@dataclass
class Shelf:
    """All that pages are made of."""

    today: date
    scenes: dict[str, PortalImage]
    screens: dict[Screen, PortalImage]
    recordings: dict[str, Recording]
    papers: dict[str, PortalDocument]
    villages: dict[int, Village]
    pages: dict[str, int] = field(default_factory=dict)

    def names(self) -> Names:
        """What a text may name, as far as it is there by now."""
        moments: dict[str, str] = {}
        for entry in load("activities")["activities"]:
            begin, end = hours_of(entry, self.today)
            moments[f"ngay:{entry['slug']}"] = weekday_and_date(begin)
            moments[f"gio:{entry['slug']}"] = hours(begin, end)
        return Names(
            pages=self.pages,
            pictures={name: image.pk for name, image in self.scenes.items()},
            recordings={key: recording.pk for key, recording in self.recordings.items()},
            moments=moments,
        )

    def day(self, days_ago: int) -> date:
        """A day before today."""
        return self.today - timedelta(days=days_ago)

    def village(self, entry: Entry) -> Village | None:
        """The village that the entry names by its number, if any."""
        return self.villages[entry["village"]] if "village" in entry else None


@dataclass
class Draft:
    """A page that stands in the tree but has still to get its body and go out."""

    page: BasePage
    entry: Entry
    went_out_on: date


def make_pages(shelf: Shelf) -> int:
    """Put the whole column up and publish it, the oldest page first; returns how many pages it has."""
    home = ensure_column()
    # Pages name each other, so all of them stand before the first body is written.
    drafts = [_fill_home(home, shelf), *_fill_sections(home, shelf), *_add_children(home, shelf)]
    names = shelf.names()
    for draft in sorted(drafts, key=lambda draft: draft.went_out_on):
        body = body_of(draft.entry)
        if body:
            _set_stream(draft.page, "body", blocks(body, names))
        _publish(draft)
    return len(drafts)


def _fill_home(home: HomePage, shelf: Shelf) -> Draft:
    entry = load("pages")["home"]
    for name in ("title", "lead", "hero_title", "hero_text", "target_title", "target_text"):
        setattr(home, name, entry[name])
    home.picture = shelf.scenes[entry["picture"]]
    _set_stream(home, "recordings", _recordings(entry, shelf))
    return Draft(home, entry, shelf.day(OPENED_DAYS_AGO))


def _fill_sections(home: HomePage, shelf: Shelf) -> Iterator[Draft]:
    """Index pages and standing pages: the skeleton made them, the sample gives them words."""
    words = load("pages")
    entries = {**words["indexes"], **{entry["slug"]: entry for entry in words["standing"]}}
    for slug, entry in entries.items():
        page = home.get_children().get(slug=slug).specific
        page.title, page.lead = entry["title"], entry["lead"]
        page.picture = shelf.scenes[entry["picture"]]
        if "recordings" in entry:
            _set_stream(page, "recordings", _recordings(entry, shelf))
        shelf.pages[slug] = page.pk
        yield Draft(page, entry, shelf.day(OPENED_DAYS_AGO))


def _add_children(home: HomePage, shelf: Shelf) -> Iterator[Draft]:
    makers: list[tuple[str, Iterable[Entry], Callable[[Entry, Shelf], tuple[BasePage, date]]]] = [
        ("van-ban", load("documents")["documents"], _document),
        ("huong-dan", guides(), _guide),
        ("cau-chuyen", load("stories")["stories"], _story),
        ("tin-tuc", load("news")["news"], _news),
        ("hoat-dong", load("activities")["activities"], _activity),
        ("minigame", load("games")["games"], _game),
    ]
    for section, entries, make in makers:
        parent = Page.objects.child_of(home).get(slug=section)
        for entry in entries:
            page, went_out_on = make(entry, shelf)
            page.slug, page.title, page.lead, page.live = entry["slug"], entry["title"], entry["lead"], False
            if "picture" in entry:
                page.picture = shelf.scenes[entry["picture"]]
            if "recordings" in entry:
                _set_stream(page, "recordings", _recordings(entry, shelf))
            parent.add_child(instance=page)
            shelf.pages[f"{section}/{page.slug}"] = page.pk
            yield Draft(page, entry, went_out_on)


def _news(entry: Entry, shelf: Shelf) -> tuple[BasePage, date]:
    day = shelf.day(entry["days_ago"])
    page = NewsPage(
        kind=entry["kind"],
        is_pinned=entry.get("is_pinned", False),
        need=entry.get("need", ""),
        village=shelf.village(entry),
        published_on=day,
        author_name=AUTHOR,
    )
    return page, day


def _story(entry: Entry, shelf: Shelf) -> tuple[BasePage, date]:
    day = shelf.day(entry["days_ago"])
    page = StoryPage(
        household_words=entry["household"],
        village=shelf.village(entry),
        need=entry["need"],
        published_on=day,
        author_name=AUTHOR,
    )
    return page, day


def _guide(entry: Entry, shelf: Shelf) -> tuple[BasePage, date]:
    day = shelf.day(entry["checked_days_ago"])
    page = GuidePage(
        need=entry["need"],
        app_name=entry.get("app_name", ""),
        checked_on=day,
        android_url=entry.get("android_url", ""),
        ios_url=entry.get("ios_url", ""),
        prepare=entry["prepare"],
        steps=json.dumps([_step(step, shelf) for step in entry["steps"]]),
    )
    return page, day


def _step(step: Entry, shelf: Shelf) -> dict[str, Any]:
    screen = tuple(step["screen"])
    names = Names({}, {}, {}, {})
    picture = {"image": shelf.screens[screen].pk, "alt_text": describe(screen), "decorative": False}
    value = {
        "title": step["title"],
        "text": paragraph(step["text"], names),
        "picture": picture,
        "tip": paragraph(step.get("tip", ""), names),
        "recording": None,
    }
    return {"type": "step", "value": value}


def _activity(entry: Entry, shelf: Shelf) -> tuple[BasePage, date]:
    begin, end = hours_of(entry, shelf.today)
    plain = ("kind", "place", "need", "audience", "bring", "seats", "is_cancelled", "cancel_note")
    page = ActivityPage(
        village=shelf.village(entry),
        starts_at=begin,
        ends_at=end,
        **{name: entry[name] for name in plain if name in entry},
    )
    invited_on = min(begin.date() - timedelta(days=INVITED_DAYS_BEFORE), shelf.day(1))
    return page, invited_on


def _game(entry: Entry, shelf: Shelf) -> tuple[BasePage, date]:
    page = GamePage(kind=entry["kind"], complaints=entry["complaints"])
    return page, shelf.day(entry["went_out_days_ago"])


def _document(entry: Entry, shelf: Shelf) -> tuple[BasePage, date]:
    plain = ("number", "signed_on", "signer", "signer_role", "issuer")
    page = DocumentPage(
        doc_kind=entry["kind"],
        file=shelf.papers.get(entry["slug"]),
        **{name: entry[name] for name in plain if name in entry},
    )
    return page, shelf.day(OPENED_DAYS_AGO)


def _recordings(entry: Entry, shelf: Shelf) -> list[Block]:
    return [{"type": "recording", "value": shelf.recordings[key].pk} for key in entry["recordings"]]


def _set_stream(page: BasePage, name: str, value: list[Block]) -> None:
    setattr(page, name, json.dumps(value))


def _publish(draft: Draft) -> None:
    """Publish through a revision, as an editor does, and date it back to the day it went out."""
    # Its children came after it was read: an old count of children would be written back and hide them.
    draft.page.refresh_from_db(fields=["path", "depth", "numchild"])
    revision = draft.page.save_revision()
    revision.publish()
    moment = timezone.make_aware(datetime.combine(draft.went_out_on, time(7, 30)), timezone.get_default_timezone())
    Revision.objects.filter(pk=revision.pk).update(created_at=moment)
    Page.objects.filter(pk=draft.page.pk).update(
        first_published_at=moment, last_published_at=moment, latest_revision_created_at=moment
    )
