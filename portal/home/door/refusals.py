"""Ways of closing accounts that would leave work lying: refused, with the right way named."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from portal.core.models import User

ONE_BY_ONE = "Đóng hoặc mở từng tài khoản một: việc dở dang phải có người nhận. Bấm An toàn, bàn giao ở dòng tài khoản."
NEVER_DELETED = "Tài khoản không xóa, để lịch sử còn tên. Bàn giao rồi đóng ở trang này."


def refuse_deleting_account(request: HttpRequest, user: User) -> HttpResponse:
    """Hook before_delete_user."""
    messages.error(request, NEVER_DELETED)
    return redirect("door:account", user.pk)


def refuse_bulk_closing(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Hook before_bulk_action."""
    if action.model is not User or action_type not in {"delete", "set_active_state"}:
        return None
    messages.error(request, ONE_BY_ONE)
    return redirect("wagtailusers_users:index")
