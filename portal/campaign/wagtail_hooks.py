"""Registers the games' screens with Wagtail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from portal.campaign.models import Round
from portal.campaign.viewsets import QuestionViewSet

PLAYED = "Minigame này đã có vòng thi nên không xóa được. Bấm “Gỡ xuống” thì bà con không thấy trang nữa."


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [QuestionViewSet("questions")]


@hooks.register("before_delete_page")
def keep_played_games(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Rounds, entries and winners rest on the page of their game, and on every page below the one that goes."""
    if not Round.objects.filter(game__path__startswith=page.path).exists():
        return None
    messages.error(request, PLAYED)
    return redirect("wagtailadmin_explore", page.get_parent().pk)
