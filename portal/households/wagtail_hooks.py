"""Registers the register's screens with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from portal.households.viewsets import VillageViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [VillageViewSet("villages")]
