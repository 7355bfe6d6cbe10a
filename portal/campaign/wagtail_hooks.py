"""Registers the games' screens with Wagtail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from portal.campaign.models import Round, Signup
from portal.campaign.viewsets import QuestionViewSet

SIGNED_UP = "Buổi này đã có nhà đăng ký nên không xóa được. Hoãn thì đánh dấu “Đã hoãn”, hoặc bấm “Gỡ xuống”."
PLAYED = "Minigame này đã có vòng thi nên không xóa được. Bấm “Gỡ xuống” thì bà con không thấy trang nữa."


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [QuestionViewSet("questions")]


@hooks.register("before_delete_page")
def keep_pages_in_use(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Rounds and entries rest on the page of their game, sign-ups on that of their session; pages below count too."""
    if Round.objects.filter(game__path__startswith=page.path).exists():
        messages.error(request, PLAYED)
    elif Signup.objects.filter(activity__path__startswith=page.path).exists():
        messages.error(request, SIGNED_UP)
    else:
        return None
    return redirect("wagtailadmin_explore", page.get_parent().pk)
