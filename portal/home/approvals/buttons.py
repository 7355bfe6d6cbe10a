"""Where Wagtail's screens lead to asking by link."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.home.approvals.permissions import can_ask_for_approval


def header_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Hook register_page_header_buttons."""
    if page.depth > 1 and page.has_unpublished_changes and can_ask_for_approval(user, page):
        yield Button("Gửi đường dẫn duyệt", reverse("approvals:ask", args=[page.pk]), icon_name="link", priority=67)
