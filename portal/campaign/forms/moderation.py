"""What a moderator says, and the sentences that are ready for it."""

from typing import Any

from django import forms

from portal.campaign.enums import Verdict
from portal.core.public_forms import PlainText
from portal.core.staff_forms import OfficeForm

#: Said to the family; each says what to do next.
MEND_REASONS = (
    "Trong bài có số điện thoại hoặc số giấy tờ. Nhà mình bỏ số đó rồi gửi lại.",
    "Ảnh chụp giấy tờ, số tiền hoặc số tài khoản. Nhà mình chọn ảnh khác.",
    "Ảnh mờ quá, chưa thấy việc trả tiền. Nhà mình chụp lại.",
    "Ảnh có mặt người khác chưa đồng ý. Nhà mình chọn ảnh khác.",
)
REFUSE_REASONS = (
    "Ảnh này giống hệt ảnh trong bài của nhà khác.",
    "Lời kể giống hệt bài của nhà khác.",
    "Bài không kể về việc trả tiền không dùng tiền mặt.",
    "Bài có lời lẽ không đăng được.",
)


class VerdictForm(OfficeForm):
    """One of three buttons, with a ready sentence or one's own."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    verdict = forms.ChoiceField(choices=Verdict.choices)
    ready = forms.CharField(required=False)
    own = PlainText(label="Lý do khác", max_length=250)

    @property
    def reason(self) -> str:
        """One's own words stand before the ready ones."""
        return str(self.cleaned_data["own"] or self.cleaned_data["ready"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("ready") not in {"", None, *MEND_REASONS, *REFUSE_REASONS}:
            self.add_error("ready", "Xin chọn một lý do trong danh sách.")
        return cleaned

    @property
    def first_mistake(self) -> str:
        """The one sentence to show."""
        return next((str(errors[0]) for errors in self.errors.values()), "")
