"""Forms of the staff. A refusal says what to do; what was typed stays in its box."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from portal.core.text import nfc

DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class OfficeForm(forms.Form):
    """Says which box is empty, by its name, and stores composed letters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            verb = "chọn" if isinstance(field, forms.ChoiceField) else "điền"
            field.error_messages["required"] = f"Xin {verb} {str(field.label).lower()}."
            field.error_messages["max_length"] = (
                "Ô này nhận tối đa %(limit_value)s ký tự, đang có %(show_value)s. Xin viết gọn lại, chữ vẫn còn."
            )
            field.error_messages["invalid_choice"] = f"Xin chọn lại {str(field.label).lower()}."
            field.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        """Composed letters throughout."""
        cleaned = super().clean() or {}
        return {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}


class DayField(forms.DateField):
    """A day as it is written here: 05/02/2027."""

    def __init__(self, *, may_be_future: bool = False, **kwargs: Any) -> None:
        self.may_be_future = may_be_future
        super().__init__(
            input_formats=DATE_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **kwargs,
        )
        self.error_messages["invalid"] = "Không có ngày này trên lịch. Viết ngày/tháng/năm, ví dụ 05/02/2027."

    def clean(self, value: Any) -> date | None:
        """Refuse a day that has not come, where that makes no sense."""
        day: date | None = super().clean(value)
        if day is not None and not self.may_be_future and day > timezone.localdate():
            raise forms.ValidationError("Ngày này chưa tới.")
        return day


class NumberField(forms.IntegerField):
    """A small whole number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)
        self.error_messages["invalid"] = "Ô này chỉ nhận chữ số."
        self.error_messages["min_value"] = "Số này phải từ %(limit_value)s trở lên."
        self.error_messages["max_value"] = "Số này nhiều nhất là %(limit_value)s."


class ReasonForm(OfficeForm):
    """Why somebody does what the log will remember."""

    reason = forms.CharField(label="Lý do", max_length=250, help_text="Nhật ký giữ câu này.")
