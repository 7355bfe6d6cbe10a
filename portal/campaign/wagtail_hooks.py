"""Registers the games' screens with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from portal.campaign.viewsets import QuestionViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [QuestionViewSet("questions")]
