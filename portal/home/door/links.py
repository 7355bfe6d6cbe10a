"""Where Wagtail's own screens lead to ours."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.widgets.button import ListingButton

from portal.core.models import User


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
