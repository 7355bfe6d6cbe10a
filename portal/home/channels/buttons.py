"""Where Wagtail's screens lead to the channels, and what they say when an article changes."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.home.channels.articles import has_channels
from portal.home.channels.selectors import old_channels, walls

LABEL = "Đưa ra loa, Zalo, tờ in"


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Hook register_page_header_buttons."""
    yield from listing_buttons(page, user, next_url)


def listing_buttons(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Hook register_page_listing_more_buttons."""
    if has_channels(page) and page.permissions_for_user(user).can_edit():
        yield Button(LABEL, reverse("channels:page", args=[page.pk]), icon_name="mail", priority=66)


def say_what_is_old(request: HttpRequest, page: Page) -> None:
    """Hook after_publish_page: words and posters that the change has made wrong."""
    if not has_channels(page):
        return
    specific = Page.objects.get(pk=page.pk).specific
    names = [name.lower() for name in old_channels(specific)]
    to_visit = [wall.poster.where for wall in walls(specific.hung_posters.hanging()) if wall.reason]
    if not names and not to_visit:
        return
    parts = [f"Đã cũ: {', '.join(names)}."] if names else []
    if to_visit:
        parts.append(f"Tờ quảng bá cần thay: {'; '.join(to_visit)}.")
    button = messages.button(reverse("channels:page", args=[page.pk]), "Xem các kênh")
    messages.warning(request, " ".join(parts), buttons=[button])


def say_where_it_hangs(request: HttpRequest, page: Page) -> None:
    """Hooks before and after unpublishing, and before deleting: the walls that have to be visited then."""
    if page.live and request.method != "GET":
        return
    places = [row.where for row in page.hung_posters.hanging().select_related("village")]
    if places:
        button = messages.button(reverse("channels:walls"), "Các tờ đang treo")
        messages.warning(request, f"Tờ quảng bá cần gỡ: {'; '.join(places)}.", buttons=[button])
