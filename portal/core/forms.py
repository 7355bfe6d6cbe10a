"""The page form of the admin: words that people here understand, and nothing typed is cut off."""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from portal.core.text import nfc

#: What looks at a page before it is published: (cleaned values of the form) -> sentences against it.
PublishCheck = Callable[[Iterable[Any]], list[str]]
_publish_checks: list[PublishCheck] = []


def add_publish_check(check: PublishCheck) -> None:
    """Called once by a room as the site starts."""
    _publish_checks.append(check)


class BasePageForm(WagtailAdminPageForm):
    """Explains a title that is too long instead of cutting it, and stores composed letters (NFC)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        for field in self.fields.values():
            # The browser would cut pasted text at maxlength without a word; the server says how much is too much.
            field.widget.attrs.pop("maxlength", None)
            limit = getattr(field, "max_length", None)
            if limit:
                field.error_messages["max_length"] = (
                    f"Ô này nhận tối đa {limit} ký tự, đang có %(show_value)s. Xin viết gọn lại, chữ vẫn còn."
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data:
            # Here and not in Wagtail's hook, which comes before anything is saved: what was typed stays on the screen.
            for sentence in [said for check in _publish_checks for said in check(cleaned.values())]:
                self.add_error(None, sentence)
        return {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}
