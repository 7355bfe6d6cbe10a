"""A prize in somebody's hands: who received it, how it was made sure, and the signed receipt."""

from typing import Any

from django import forms

from portal.campaign.enums import HandoverCheck
from portal.campaign.forms.papers import PaperField
from portal.campaign.services.handover import HandedOver
from portal.core.public_forms import PlainText
from portal.core.staff_forms import OfficeForm


class HandoverForm(OfficeForm):
    """The stub with its secret number, or a word from whoever knows the family."""

    check = forms.ChoiceField(label="Cách nhận ra người nhận", choices=HandoverCheck.choices, widget=forms.RadioSelect)
    secret = forms.CharField(
        label="Số bí mật trên cuống phiếu, giấy nhận",
        required=False,
        max_length=20,
        help_text="Còn cuống thì gõ 6 chữ số, nhìn trên giấy của gia đình mà gõ. Không hỏi qua điện thoại.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    receiver = PlainText(label="Họ tên người nhận", max_length=120, required=True)
    note = PlainText(
        label="Ghi chú", max_length=250, help_text="Không còn cuống thì ghi ai trong tổ biết mặt gia đình."
    )
    receipt = PaperField(label="Ảnh biên nhận đã ký", help_text="Chỉ cán bộ sổ hộ và tổ của thôn xem được.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("check") == HandoverCheck.STUB and not cleaned.get("secret"):
            self.add_error("secret", "Xin gõ 6 chữ số trên cuống phiếu hay giấy nhận.")
        if cleaned.get("check") == HandoverCheck.KNOWN and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", "Không còn cuống thì xin ghi ai biết mặt gia đình.")
        return cleaned

    def handed(self) -> HandedOver:
        """What the service notes."""
        said = self.cleaned_data
        return HandedOver(said["receiver"], HandoverCheck(said["check"]), said["secret"], said["note"], said["receipt"])


class MissedForm(OfficeForm):
    """Why nobody has the prize yet."""

    missed_reason = PlainText(
        label="Lý do chưa trao được",
        max_length=250,
        required=True,
        help_text="Ví dụ: Đã nhắn hai lần qua trưởng thôn, hết ngày hẹn vẫn chưa đến.",
    )


class TakeBackForm(OfficeForm):
    """Why what was noted is wrong."""

    wrong_reason = PlainText(
        label="Lý do ghi nhầm",
        max_length=250,
        required=True,
        help_text="Dòng ghi nhầm vẫn còn trong sổ, bên cạnh lý do này.",
    )
