"""`/sitemap.xml`: the page tree, and the public pages of the register that stand outside it."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps import Sitemap as TreeSitemap

from portal.households.selectors.addresses import PublicAddress, public_addresses


class RegisterSitemap(Sitemap[PublicAddress]):
    """Register pages under the address by which the site is really reached (setting BASE_URL)."""

    def items(self) -> list[PublicAddress]:
        return public_addresses()

    def location(self, item: PublicAddress) -> str:
        return item.path

    def lastmod(self, item: PublicAddress) -> date | None:
        return item.changed_on

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.BASE_URL).scheme


SITEMAPS = {"pages": TreeSitemap, "register": RegisterSitemap}
