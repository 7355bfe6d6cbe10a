"""A text of the commune before it goes out, a fake that went round, and the public's question about a text."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from portal.campaign.enums import MessageChannel
from portal.campaign.models import Round
from portal.campaign.services.official_messages import MessageRefused, Wording, check_text
from portal.core.public_forms import PlainText
from portal.core.staff_forms import DayField, OfficeForm
from portal.core.text import nfc

MAX_TEXT = 1500
MAX_PASTED = 4000
VALID_FOR = timedelta(days=30)


class MessageForm(OfficeForm):
    """The words are the clerk's; promise and code come by themselves."""

    round = forms.ModelChoiceField(
        label="Tin của vòng", queryset=Round.objects.none(), required=False, empty_label="không riêng vòng nào"
    )
    channel = forms.ChoiceField(label="Gửi bằng", choices=MessageChannel.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Nội dung",
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text="Không đường link, không nhắc chuyển tiền, OTP, tài khoản. Số điện thoại: chỉ số của xã. "
        "Câu hứa của xã và mã tin máy tự thêm ở cuối.",
    )
    valid_until = DayField(label="Đúng đến hết ngày", may_be_future=True)

    def __init__(self, *args: Any, hotline: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hotline = hotline
        rounds: Any = self.fields["round"]
        rounds.queryset = Round.objects.filter(results_at__isnull=False).select_related("game")
        self.fields["valid_until"].initial = timezone.localdate() + VALID_FOR
        self.fields["channel"].initial = MessageChannel.ZALO

    def clean_text(self) -> str:
        """Nothing that a swindler would write."""
        text = nfc(self.cleaned_data["text"]).strip()
        try:
            check_text(text, self.hotline)
        except MessageRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text

    def clean_valid_until(self) -> Any:
        """A text is true for some time."""
        day = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError("Ngày này đã qua. Xin chọn từ hôm nay trở đi.")
        return day

    def wording(self) -> Wording:
        """What the service sends out."""
        said = self.cleaned_data
        return Wording(said["text"], MessageChannel(said["channel"]), said["valid_until"], said["round"])


class ScamForm(OfficeForm):
    """A fake text, word by word, and what to tell people."""

    text = forms.CharField(
        label="Nội dung tin giả",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Chép nguyên lời. Bỏ tên và số điện thoại của bà con.",
    )
    advice = PlainText(label="Câu nói với bà con", max_length=250, required=True)
    seen_on = DayField(label="Thấy ngày")


class CheckForm(OfficeForm):
    """The code under a text, the text itself, or both. Neither is kept."""

    code = forms.CharField(label="Mã của tin", required=False, max_length=40)
    text = forms.CharField(
        label="Chép cả tin vào đây", required=False, max_length=MAX_PASTED, widget=forms.Textarea(attrs={"rows": 6})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("code") and not cleaned.get("text"):
            self.add_error("code", "Xin gõ mã ở cuối tin, hoặc chép cả tin vào ô dưới.")
        return cleaned
