"""Conditions of a title in a year."""

from typing import Any

from django import forms

from portal.households.forms.office import NumberField, OfficeForm
from portal.households.models import TitleRule
from portal.households.services.title_rules import FIELDS


class TitleRuleForm(OfficeForm):
    """What a family must meet. The commune decides; two people put it in force."""

    needs_pass = forms.BooleanField(label="Phải đủ điều kiện theo bộ tiêu chí đang áp dụng", required=False)
    years_held = NumberField(
        label="Được công nhận “Gia đình số” mấy năm liền",
        min_value=0,
        max_value=20,
        help_text="Tính đến năm xét hoặc năm ngay trước. Ghi 0 nếu không cần.",
    )
    most_per_village = NumberField(
        label="Mỗi thôn nhiều nhất mấy hộ",
        min_value=1,
        max_value=5000,
        required=False,
        help_text="Để trống nếu không giới hạn.",
    )
    words = forms.CharField(
        label="Điều kiện khác, nguyên văn",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Phần mềm không tự xét câu này; thôn và cán bộ đọc khi lập và khi xem danh sách.",
    )
    legal_basis = forms.CharField(
        label="Căn cứ", max_length=250, required=False, help_text="Văn bản nào quy định, số và ngày như bản đã ký."
    )
    reason = forms.CharField(label="Vì sao đổi", max_length=250, help_text="Người thứ hai đọc câu này rồi duyệt.")

    @classmethod
    def of(cls, rule: TitleRule, data: Any = None) -> "TitleRuleForm":
        """The form filled from the rule that holds today."""
        return cls(data, initial={name: getattr(rule, name) for name in FIELDS})

    @property
    def values(self) -> dict[str, Any]:
        """The conditions, as the service takes them."""
        return {name: self.cleaned_data[name] for name in FIELDS}
