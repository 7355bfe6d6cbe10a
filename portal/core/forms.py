"""The page form of the admin: words that people here understand, and nothing typed is cut off."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from portal.core.page_texts import error_at
from portal.core.sensitive_pages import Stopper, allow_numbers, stoppers
from portal.core.text import nfc

#: Buttons after which people other than the editors read the page.
GOING_OUT = ("action-publish", "action-submit", "action-restart-workflow")
#: What looks at a page before it goes out: (cleaned values of the form) -> sentences against it.
PublishCheck = Callable[[Iterable[Any]], list[str]]
_publish_checks: list[PublishCheck] = []


def add_publish_check(check: PublishCheck) -> None:
    """Called once by a room as the site starts."""
    _publish_checks.append(check)


def publish_faults(values: Iterable[Any]) -> list[str]:
    """What every room's check has against a page with these values."""
    values = list(values)
    return [said for check in _publish_checks for said in check(values)]


class BasePageForm(WagtailAdminPageForm):
    """Explains a title that is too long instead of cutting it, stores composed letters (NFC), stops private numbers."""

    numbers_reason = forms.CharField(
        label="Vì sao vẫn đăng số này",
        required=False,
        min_length=10,
        max_length=250,
        help_text="Ví dụ: số của trạm y tế, trạm đã cho đăng. Nhật ký giữ câu này cùng tên người ghi.",
        error_messages={"min_length": "Xin ghi rõ hơn: số của ai, ai cho đăng."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Private numbers that stopped this form; empty until it was sent.
        self.stopped_by: list[Stopper] = []
        self._let_pass: list[Stopper] = []
        self._is_draft = False
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

    def defer_required_fields(self) -> None:
        """Wagtail calls this for what is kept as a draft, whichever buttons the browser claims were pressed."""
        super().defer_required_fields()
        self._is_draft = True

    @property
    def is_going_out(self) -> bool:
        """Whether this sends the page to a reviewer or to the public; a draft may hold anything."""
        approves = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") == "approve"
        return not self._is_draft and (bool(approves) or any(self.data.get(name) for name in GOING_OUT))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        cleaned = {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}
        if self.is_going_out:
            # Here and not in Wagtail's hook, which comes before anything is saved: what was typed stays on the screen.
            for sentence in publish_faults(cleaned.values()):
                self.add_error(None, sentence)
            self._stop_private_numbers(cleaned)
        return cleaned

    def _stop_private_numbers(self, cleaned: dict[str, Any]) -> None:
        found = stoppers(self._meta.model, cleaned.get, self.instance)
        reason = cleaned.get("numbers_reason", "")
        if found and reason and not self.errors:
            self._let_pass = found
            return
        self.stopped_by = found
        if reason:
            return
        by_field: dict[str, list[Any]] = {}
        for stopper in found:
            by_field.setdefault(stopper.passage.field, []).append((stopper.passage.path, stopper.sentence))
        for name, messages in by_field.items():
            self.add_error(name if name in self.fields else None, error_at(messages))

    def save(self, commit: bool = True) -> Any:
        if self._let_pass:
            reason = self.cleaned_data["numbers_reason"]
            allow_numbers(page=self.instance, found=self._let_pass, reason=reason, by=self.for_user)
        return super().save(commit)
