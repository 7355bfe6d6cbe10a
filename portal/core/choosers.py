"""Choosers for things that pages point to."""

from wagtail.admin.viewsets.chooser import ChooserViewSet

from portal.core.models.recordings import Recording


class RecordingChooserViewSet(ChooserViewSet):
    """Pick a recording, or upload one without leaving the page."""

    model = Recording
    icon = "media"
    choose_one_text = "Chọn bản ghi âm"
    choose_another_text = "Chọn bản khác"
    edit_item_text = "Sửa bản ghi này"
    form_fields = ["title", "language", "file", "speaker", "transcript"]


recording_chooser_viewset = RecordingChooserViewSet("recording_chooser", url_prefix="ban-ghi-am/chon")
RecordingChooserBlock = recording_chooser_viewset.get_block_class(
    name="RecordingChooserBlock", module_path="portal.core.choosers"
)
