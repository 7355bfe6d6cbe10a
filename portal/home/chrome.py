"""What surrounds every page: name, menu, alerts, text size. Read lazily, at most once per request."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from portal.core.http import text_size
from portal.core.models import SiteProfile
from portal.core.page_cache import generation
from portal.core.remember import remembered
from portal.home.models.alerts import AlertBanner

#: Menu order; a section appears once its page is published.
SECTION_SLUGS = ("tin-tuc", "cau-chuyen", "huong-dan", "hoat-dong", "minigame", "van-ban")
MAX_ALERTS = 2


@dataclass(frozen=True)
class Section:
    """One entry of the menu."""

    title: str
    url: str
    active: bool


@dataclass(frozen=True)
class Frame:
    """What all pages share, until something public changes: (title, slug) of the pages, alerts that are not over."""

    profile: SiteProfile
    pages: tuple[tuple[str, str], ...]
    alerts: tuple[AlertBanner, ...]


def read_frame(site: Site | None) -> Frame:
    """The frame from the database, in three queries. A visit never creates a profile."""
    pages = Page.objects.live().filter(depth=3).order_by("path").values_list("title", "slug")
    return Frame(
        profile=SiteProfile.objects.filter(site=site).first() or SiteProfile(),
        pages=tuple(pages),
        alerts=tuple(AlertBanner.objects.not_over_at(timezone.now())),
    )


def frame_of(request: HttpRequest) -> Frame:
    """The frame for the site of this request."""
    site = Site.find_for_request(request)
    return remembered(f"frame {site.pk if site else 0}", lambda: read_frame(site))


class Chrome:
    """The frame as one request sees it; read only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.base_url: str = settings.BASE_URL

    @cached_property
    def frame(self) -> Frame:
        """What all pages share."""
        return frame_of(self.request)

    @cached_property
    def generation(self) -> str:
        """Names the fragments of this page that are kept: a change of anything public forgets them.

        A preview is not public: its fragments have a name of their own each time and are never read again.
        """
        return uuid4().hex if getattr(self.request, "is_preview", False) else generation()

    @property
    def profile(self) -> SiteProfile:
        """The office's own words about itself."""
        return self.frame.profile

    @cached_property
    def pages(self) -> list[Section]:
        """Sections and standing pages under the home page, in tree order."""
        path = self.request.path
        return [Section(title, f"/{slug}/", path.startswith(f"/{slug}/")) for title, slug in self.frame.pages]

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
        """Alerts of this moment, the gravest first."""
        now = timezone.now()
        return [alert for alert in self.frame.alerts if alert.starts_at <= now < alert.ends_at][:MAX_ALERTS]

    @property
    def text_size(self) -> str:
        """“”, “lon” or “rat-lon”."""
        return text_size(self.request)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the public templates."""
    return {"chrome": Chrome(request)}
