"""Deletions that are refused, with the reason and the other way."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail.models import Page

from portal.home.desk.roles import can_delete_published_pages

WAS_PUBLIC = (
    "“{title}” đã từng đăng, địa chỉ có thể đã in ra giấy. Tài khoản này không xóa được: hãy gỡ xuống, "
    "hoặc nhờ quản trị viên xóa."
)


def refuse_deleting_public_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before_delete_page."""
    return _refuse(request, [page], page.get_parent())


def refuse_bulk_deleting_public_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Hook before_bulk_action."""
    pages = [thing for thing in objects if isinstance(thing, Page)] if action_type == "delete" else []
    return _refuse(request, pages, pages[0].get_parent()) if pages else None


def _refuse(request: HttpRequest, pages: list[Page], parent: Page) -> HttpResponse | None:
    if can_delete_published_pages(request.user):
        return None
    for page in pages:
        if page.get_descendants(inclusive=True).filter(first_published_at__isnull=False).exists():
            messages.error(request, WAS_PUBLIC.format(title=capfirst(page.get_admin_display_title())))
            return redirect("wagtailadmin_explore", parent.pk)
    return None
