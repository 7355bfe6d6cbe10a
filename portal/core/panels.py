"""Panels of the page editor."""

from typing import Any

from wagtail.admin.panels import TitleFieldPanel


class PlainTitlePanel(TitleFieldPanel):
    """The title as Wagtail shows it, but without its browser script that writes the address.

    The script drops đ (“Đường” becomes “uong”); the address is made on the server from the title.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Any]:
            return {"placeholder": self.get_placeholder()}
