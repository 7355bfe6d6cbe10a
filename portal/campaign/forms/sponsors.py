"""Lines of the ledger: something given, something spent."""

from typing import Any

from django import forms

from portal.campaign.enums import SponsorForm
from portal.campaign.forms.papers import PaperField
from portal.campaign.models import GamePage, Round
from portal.campaign.models.sponsors import MAX_VALUE
from portal.core.public_forms import PlainText
from portal.core.staff_forms import DayField, NumberField, OfficeForm


class MoneyField(NumberField):
    """Dong, as people write them: 1.500.000."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_VALUE, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python("".join(str(value or "").replace(".", "").replace(",", "").split()))


class LedgerForm(OfficeForm):
    """What both kinds of lines share."""

    game = forms.ModelChoiceField(
        label="Cho minigame",
        queryset=GamePage.objects.order_by("title"),
        required=False,
        empty_label="chung mọi minigame",
    )
    round = forms.ModelChoiceField(
        label="Cho vòng",
        queryset=Round.objects.select_related("game"),
        required=False,
        empty_label="không riêng vòng nào",
    )
    receipt_number = PlainText(label="Số biên nhận", max_length=40)
    receipt = PaperField(label="Ảnh biên nhận, hóa đơn", help_text="Chỉ cán bộ sổ hộ xem được.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        game, round_ = cleaned.get("game"), cleaned.get("round")
        if round_ and game and round_.game_id != game.pk:
            self.add_error("round", f"Vòng này thuộc {round_.game.title}. Xin chọn lại.")
        if round_ and not game:
            cleaned["game"] = round_.game
        return cleaned

    def values(self) -> dict[str, Any]:
        """Columns of the line, without its paper."""
        return {name: value for name, value in self.cleaned_data.items() if name != "receipt"}


class SponsorshipForm(LedgerForm):
    """Somebody gave something."""

    sponsor = PlainText(label="Ai tặng", max_length=160, required=True)
    is_named = forms.BooleanField(label="Người tặng đồng ý cho đăng tên", required=False)
    form = forms.ChoiceField(label="Hình thức", choices=SponsorForm.choices, widget=forms.RadioSelect)
    what = PlainText(label="Tặng gì", max_length=200, required=True, help_text="Ví dụ: 10 bình giữ nhiệt.")
    value = MoneyField(label="Trị giá (đồng)", required=False, help_text="Hiện vật chưa rõ giá thì để trống.")
    received_on = DayField(label="Nhận ngày")
    field_order = ("sponsor", "is_named", "form", "what", "value", "received_on", "game", "round")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("form") == SponsorForm.MONEY and not cleaned.get("value") and "value" not in self.errors:
            self.add_error("value", "Tặng tiền thì xin ghi bao nhiêu đồng.")
        return cleaned


class SpendingForm(LedgerForm):
    """Something was bought."""

    what = PlainText(label="Chi việc gì", max_length=200, required=True)
    value = MoneyField(label="Số tiền (đồng)")
    spent_on = DayField(label="Chi ngày")
    field_order = ("what", "value", "spent_on", "game", "round")


class StrikeForm(OfficeForm):
    """Why a line no longer counts."""

    reason = PlainText(label="Lý do gạch bỏ", max_length=250, required=True)
