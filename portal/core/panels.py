"""Panels of the page editor."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wagtail.admin.panels import FieldPanel, Panel, TitleFieldPanel

if TYPE_CHECKING:
    from portal.core.page_advice import Advice


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


class AdvicePanel(Panel):
    """Dễ đọc: what to look at before the page goes out, read anew whenever the editor is opened; advice, no bar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": "Nên xem lại trước khi đăng", "icon": "glasses", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/advice_panel.html"

        @cached_property
        def advice(self) -> "list[Advice]":
            # Its list of words is a model, and models stand on panels.
            from portal.core.page_advice import advice_on

            return advice_on(self.instance) if self.instance is not None and self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.advice)

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "advice": self.advice}
