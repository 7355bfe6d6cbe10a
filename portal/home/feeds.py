"""RSS and Atom, for all the column or for one section."""

from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from portal.campaign.models import ActivityPage
from portal.core.models import BasePage
from portal.home.models import DocumentPage
from portal.stories.models import GuidePage, NewsPage, StoryPage

LIMIT = 20
SECTIONS: dict[str, tuple[str, type[BasePage]]] = {
    "tin-tuc": ("Tin tức", NewsPage),
    "cau-chuyen": ("Câu chuyện", StoryPage),
    "huong-dan": ("Hướng dẫn", GuidePage),
    "hoat-dong": ("Hoạt động", ActivityPage),
    "van-ban": ("Văn bản", DocumentPage),
}


class RssFeed(Feed):
    """Newest first by the moment of publishing; open to everyone."""

    language = "vi"

    def get_object(self, request: HttpRequest, section: str = "") -> str:
        if section and section not in SECTIONS:
            raise Http404
        return section

    def title(self, section: str) -> str:
        return f"{SECTIONS[section][0]} · Gia đình số" if section else "Gia đình số xã Ba Tô"

    def description(self, section: str) -> str:
        return "Tin, câu chuyện, hướng dẫn và hoạt động của phong trào Gia đình số xã Ba Tô."

    def link(self, section: str) -> str:
        return f"/{section}/" if section else "/"

    def feed_url(self, section: str) -> str:
        return f"/rss/{section}/" if section else "/rss/"

    def items(self, section: str) -> list[BasePage]:
        types = [SECTIONS[section][1]] if section else [kind for _label, kind in SECTIONS.values()]
        pages = [page for kind in types for page in kind.cards().order_by("-first_published_at")[:LIMIT]]
        return sorted(pages, key=lambda page: page.first_published_at or timezone.now(), reverse=True)[:LIMIT]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.lead)

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.translation_key}"

    item_guid_is_permalink = False

    def item_categories(self, item: Any) -> list[str]:
        return [item.type_label]

    def item_pubdate(self, item: Any) -> datetime:
        return item.first_published_at or timezone.make_aware(datetime.combine(item.listed_on, time()))

    def item_updateddate(self, item: Any) -> datetime | None:
        return item.last_published_at


class AtomFeed(RssFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = RssFeed.description

    def feed_url(self, section: str) -> str:
        return f"/atom/{section}/" if section else "/atom/"
