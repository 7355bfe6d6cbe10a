"""What surrounds every page: name, menu, alerts, text size. Read lazily, at most once per request."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from portal.core.http import text_size
from portal.core.models import SiteProfile
from portal.home.models.alerts import AlertBanner
from portal.home.selectors import alerts_at

#: Menu order; a section appears once its page is published.
SECTION_SLUGS = ("tin-tuc", "cau-chuyen", "huong-dan", "hoat-dong", "van-ban")


@dataclass(frozen=True)
class Section:
    """One entry of the menu."""

    title: str
    url: str
    active: bool


class Chrome:
    """The frame of a page; each part is queried only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.base_url: str = settings.BASE_URL

    @cached_property
    def profile(self) -> SiteProfile:
        """The office's own words about itself; never created by a visit."""
        site = Site.find_for_request(self.request)
        return SiteProfile.objects.filter(site=site).first() or SiteProfile()

    @cached_property
    def pages(self) -> list[Section]:
        """Sections and standing pages under the home page, in tree order."""
        rows = Page.objects.live().filter(depth=3).order_by("path").values_list("title", "slug")
        path = self.request.path
        return [Section(title, f"/{slug}/", path.startswith(f"/{slug}/")) for title, slug in rows]

    @cached_property
    def sections(self) -> list[Section]:
        """The menu."""
        by_url = {section.url: section for section in self.pages}
        return [by_url[f"/{slug}/"] for slug in SECTION_SLUGS if f"/{slug}/" in by_url]

    @cached_property
    def standing(self) -> list[Section]:
        """Standing pages, for the footer."""
        return [section for section in self.pages if section.url.strip("/") not in SECTION_SLUGS]

    @cached_property
    def alerts(self) -> list[AlertBanner]:
        """Alerts of this moment."""
        return alerts_at(timezone.now())

    @property
    def text_size(self) -> str:
        """“”, “lon” or “rat-lon”."""
        return text_size(self.request)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the public templates."""
    return {"chrome": Chrome(request)}
