"""Forms around approving by link."""

from typing import Any

from django import forms

from portal.core.public_forms import PlainText
from portal.core.staff_forms import OfficeForm
from portal.home.approvals.services import DAYS
from portal.home.models import Approver

AGREES, NOT_YET = "dong-y", "chua"


class AskForm(OfficeForm):
    """Who is asked, and until when."""

    approver = forms.ModelChoiceField(
        label="Ai duyệt", queryset=Approver.objects.none(), empty_label="Chọn người duyệt"
    )
    days = forms.TypedChoiceField(
        label="Dùng được trong", coerce=int, choices=[(days, f"{days} ngày") for days in DAYS], initial=DAYS[1]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approver: Any = self.fields["approver"]
        approver.queryset = Approver.objects.ready()


class ApproverForm(OfficeForm):
    """Somebody new on the list."""

    name = forms.CharField(label="Họ và tên", max_length=80)
    function = forms.CharField(label="Chức vụ", max_length=80, help_text="Ví dụ: Chủ tịch Ủy ban nhân dân xã.")


class DecisionForm(forms.Form):
    """The approver's code, yes or not yet, and why not."""

    use_required_attribute = False
    decision = forms.ChoiceField(
        choices=[(AGREES, "Đồng ý đăng"), (NOT_YET, "Chưa đồng ý")],
        error_messages={"required": "Xin bấm một trong hai nút.", "invalid_choice": "Xin bấm một trong hai nút."},
    )
    code = forms.CharField(error_messages={"required": "Xin nhập mã duyệt, 6 chữ số."})
    reason = PlainText(max_length=300)

    def clean_code(self) -> str:
        """As typed, without the blank in the middle."""
        return "".join(str(self.cleaned_data["code"]).split())[:12]

    def clean(self) -> dict[str, Any]:
        """Not yet says why: the editor has nothing else to go by."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == NOT_YET and "reason" in cleaned and not cleaned["reason"]:
            self.add_error("reason", "Xin viết một câu: cần sửa chỗ nào.")
        return cleaned

    @property
    def mistakes(self) -> list[str]:
        """Sentences, in the order of the boxes."""
        return [str(errors[0]) for errors in self.errors.values()]
