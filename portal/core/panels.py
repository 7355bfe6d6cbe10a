"""Panels of the page editor."""

from typing import Any

from wagtail.admin.panels import FieldPanel, TitleFieldPanel


class PlainTitlePanel(TitleFieldPanel):
    """The title as Wagtail shows it, but without its browser script that writes the address.

    The script drops đ (“Đường” becomes “uong”); the address is made on the server from the title.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Any]:
            return {"placeholder": self.get_placeholder()}


class NumbersReasonPanel(FieldPanel):
    """Asks why a private number may be public; there only once a number has stopped the page."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("icon", "warning")
        super().__init__(**{"field_name": "numbers_reason", **kwargs})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.form is not None and super().is_shown() and self.form.stopped_by)
