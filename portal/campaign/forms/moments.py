"""A day with its hour, typed the way people here write it."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.text import nfc

WRITTEN = "%d/%m/%Y %H:%M"
EXAMPLE = "Viết ngày/tháng/năm giờ:phút, ví dụ 05/02/2027 09:00."
#: 30/11/2026 20:00, also with dots or hyphens, with 20h, 20h30, 20 giờ 30, or with the hour alone.
_TYPED = re.compile(
    r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d+)[\s,]+"
    r"(?P<hour>\d{1,2})\s*(?:(?:[:h.]|giờ|g)\s*(?P<minute>\d{1,2})?)?(?:\s*phút)?"
)


class MomentField(forms.DateTimeField):
    """An aware moment on the commune's clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateTimeInput(format=WRITTEN, attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return None if value in self.empty_values else value
        found = _TYPED.fullmatch(" ".join(nfc(str(value)).lower().split()))
        if found is None:
            raise ValidationError(f"Chưa đọc được ngày giờ này. {EXAMPLE}", code="invalid")
        if len(found["year"]) != 4:
            raise ValidationError("Xin viết đủ 4 chữ số của năm.", code="invalid")
        numbers = {name: int(text or 0) for name, text in found.groupdict().items()}
        if numbers["hour"] > 23 or numbers["minute"] > 59:
            raise ValidationError("Không có giờ này: giờ từ 0 đến 23, phút từ 0 đến 59.", code="invalid")
        try:
            moment = datetime(numbers["year"], numbers["month"], numbers["day"], numbers["hour"], numbers["minute"])
        except ValueError as error:
            raise ValidationError(f"Không có ngày này trên lịch. {EXAMPLE}", code="invalid") from error
        return timezone.make_aware(moment)
