"""Forms around hanging posters."""

from typing import Any

from django import forms
from django.utils import timezone

from portal.core.staff_forms import DayField, OfficeForm
from portal.households.models import Village
from portal.households.selectors import villages_today


class HangForm(OfficeForm):
    """Where a sheet hangs, and since when."""

    village = forms.ModelChoiceField(
        label="Thôn", queryset=Village.objects.none(), required=False, empty_label="Không thuộc riêng thôn nào"
    )
    place = forms.CharField(
        label="Chỗ treo", max_length=120, help_text="Ví dụ: cửa nhà văn hóa, quán bà Sáu đầu dốc, trụ sở xã."
    )
    hung_on = DayField(label="Treo ngày", initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        village: Any = self.fields["village"]
        village.queryset = villages_today()


class TakeDownForm(OfficeForm):
    """When a sheet came off the wall."""

    taken_down_on = DayField(label="Gỡ ngày", initial=timezone.localdate)
