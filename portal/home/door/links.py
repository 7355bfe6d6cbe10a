"""Where Wagtail's own screens lead to ours."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import ListingButton

from portal.core.models import User
from portal.home.door.guards import can_keep_accounts
from portal.home.links.views import can_write_pages
from portal.households.access import staff_of


class ForKeepers(MenuItem):
    """A line of the menu for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_keep_accounts(staff_of(request))


class ForWriters(MenuItem):
    """A line of the menu for those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return can_write_pages(staff_of(request))


def account_buttons(user: User, request_user: User) -> Iterator[ListingButton]:
    """Hook register_user_listing_buttons."""
    yield ListingButton(
        "An toàn, bàn giao", reverse("door:account", args=[user.pk]), icon_name="lock", attrs={"title": str(user)}
    )


def own_account_item(request: HttpRequest) -> dict[str, Any]:
    """Hook register_account_menu_item."""
    return {
        "url": reverse("door:own_account"),
        "label": "An toàn tài khoản",
        "help_text": "Đăng nhập hai bước, các máy đang đăng nhập.",
    }
