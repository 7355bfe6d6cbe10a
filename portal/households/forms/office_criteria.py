"""Forms for a draft of the criteria."""

import re
from typing import Any

from django import forms

from portal.households.forms.office import DayField, NumberField, OfficeForm
from portal.households.models import CriteriaSet, Criterion


class DraftForm(OfficeForm):
    """Head of a set: name, legal basis, first day."""

    name = forms.CharField(label="Tên bộ tiêu chí", max_length=120)
    legal_basis = forms.CharField(
        label="Căn cứ",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Văn bản nào ban hành, số và ngày như trên bản đã ký.",
        required=False,
    )
    valid_from = DayField(label="Áp dụng từ ngày", may_be_future=True)


class RuleForm(DraftForm):
    """The same with the pass rule."""

    pass_minimum = NumberField(
        label="Đạt ít nhất mấy tiêu chí",
        min_value=1,
        max_value=30,
        required=False,
        help_text="Để trống: phải đạt tất cả. Ủy ban nhân dân xã quyết định.",
    )

    @classmethod
    def of(cls, criteria_set: CriteriaSet, data: Any = None) -> "RuleForm":
        """The form filled from a set."""
        names = ("name", "legal_basis", "valid_from", "pass_minimum")
        return cls(data, initial={name: getattr(criteria_set, name) for name in names})


class CriterionForm(OfficeForm):
    """One criterion, in today's words."""

    key = forms.RegexField(
        label="Ký hiệu",
        regex=r"^[0-9]{1,2}$",
        help_text="Một số, không đổi qua các bộ, ví dụ: 6.",
        error_messages={"invalid": "Ký hiệu là một số có 1 hoặc 2 chữ số."},
    )
    position = NumberField(label="Thứ tự", min_value=1, max_value=30)
    name = forms.CharField(label="Tên ngắn", max_length=80)
    sentence = forms.CharField(label="Nói trong một câu", max_length=250)
    plan_wording = forms.CharField(label="Lời của kế hoạch", max_length=300, required=False)
    question = forms.CharField(label="Câu hỏi khi thăm", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    offer = forms.CharField(
        label="Giúp gì khi “Cần giúp”", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_mandatory = forms.BooleanField(label="Bắt buộc đạt", required=False)
    uses = forms.CharField(
        label="Các việc ghi riêng",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi dòng một việc, một chữ cái rồi dấu chấm, ví dụ: a. Học. Đạt một việc là đạt tiêu chí.",
    )

    def __init__(self, *args: Any, criterion: Criterion | None = None, **kwargs: Any) -> None:
        if criterion is not None:
            names = [name for name in self.base_fields if name != "uses"]
            kwargs["initial"] = {name: getattr(criterion, name) for name in names}
            kwargs["initial"]["uses"] = "\n".join(f"{use}. {label}" for use, label in criterion.uses)
        super().__init__(*args, **kwargs)
        if criterion is not None:
            # The key ties findings of all years together: it is said once.
            self.fields["key"].disabled = True

    def clean_uses(self) -> list[list[str]]:
        """[["a", "Học"], …]"""
        pairs = []
        for line in filter(None, map(str.strip, self.cleaned_data["uses"].splitlines())):
            match = re.fullmatch(r"([a-z])\.\s*(\S.*)", line)
            if match is None:
                raise forms.ValidationError(f"Dòng “{line}” chưa có dạng “a. Học”.")
            pairs.append([match[1], match[2]])
        if len({use for use, _label in pairs}) < len(pairs):
            raise forms.ValidationError("Hai việc đang cùng một chữ cái.")
        return pairs
