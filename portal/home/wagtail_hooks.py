"""Registers the column's screens with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from portal.home.viewsets import AlertBannerViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [AlertBannerViewSet("alerts")]
