"""Registers the ground floor's screens with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from portal.core.choosers import recording_chooser_viewset
from portal.core.viewsets import PlainWordViewSet, RecordingViewSet, ReviewLimitViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [
        RecordingViewSet("recordings"),
        recording_chooser_viewset,
        PlainWordViewSet("plain_words"),
        ReviewLimitViewSet("review_limits"),
    ]
