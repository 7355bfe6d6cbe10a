"""Forms of the village team that several of its pages share."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.core.text import nfc

ID_NUMBER = re.compile(r"(?<!\d)(?:\d[ .]?){12}(?!\d)")
PRIVATE = "Ô này có 12 chữ số giống số căn cước. Xã không cần số đó, xin xóa rồi gửi."


class DeskForm(forms.Form):
    """A form that keeps what was typed, in composed letters, and takes no ID number."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            field.error_messages.setdefault("required", "Xin điền ô này.")
            # A browser would cut pasted text without a word; the server says how much is too much.
            field.widget.attrs.pop("maxlength", None)
            limit = getattr(field, "max_length", None)
            if limit:
                field.error_messages["max_length"] = (
                    f"Ô này nhận tối đa {limit} ký tự, kể cả dấu cách; đang có %(show_value)s."
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in list(cleaned.items()):
            if isinstance(value, str):
                cleaned[name] = nfc(value)
                if ID_NUMBER.search(value) and not isinstance(self.fields[name], forms.UUIDField):
                    self.add_error(name, ValidationError(PRIVATE))
        return cleaned


class _Picker(forms.TextInput):
    """A picker of the browser's own. It drops what is no day; so that stays in an ordinary box, to be put right."""

    picker: str

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = self.picker if not shown or _is_day(shown) else "text"
        return context


def _is_day(shown: str) -> bool:
    try:
        datetime.fromisoformat(shown)
    except ValueError:
        return False
    return True


class DayPicker(_Picker, forms.DateInput):
    """For a day."""

    picker = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MinutePicker(_Picker, forms.DateTimeInput):
    """For a day and time."""

    picker = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class ReasonForm(DeskForm):
    """Why somebody needs the whole phone number."""

    reason = forms.CharField(
        label="Xem đủ số điện thoại: ghi lý do",
        max_length=200,
        help_text="Lượt xem được ghi nhật ký.",
        error_messages={"required": "Xin ghi lý do, ví dụ: gọi hẹn ngày đến thăm."},
    )
