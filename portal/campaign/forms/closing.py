"""Forms of a round that is over: an entry taken out, the outside number, the paper that shows it."""

from typing import Any

from django import forms

from portal.campaign.enums import ExclusionReason, SeedSource
from portal.campaign.forms.papers import PaperField
from portal.campaign.models import Round
from portal.campaign.models.entries import ENTRY_PREFIX
from portal.campaign.seeds import HELP
from portal.campaign.selectors.closing import SETTLED
from portal.campaign.services.results import DrawRefused, OutsideNumber, clean_number
from portal.core.codes import CodeRefused, read_drawn_code
from portal.core.staff_forms import OfficeForm


class ExclusionForm(OfficeForm):
    """An entry that cannot win, and why."""

    code = forms.CharField(label="Mã bài", max_length=20, help_text="Như trên giấy nhận, ví dụ DT-7KRD-24MX.")
    reason = forms.ChoiceField(
        label="Lý do",
        choices=[choice for choice in ExclusionReason.choices if choice[0] not in SETTLED],
        widget=forms.RadioSelect,
        help_text="Lý do hiện cạnh mã bài, ai cũng đọc được.",
    )
    note = forms.CharField(
        label="Nói rõ", max_length=250, required=False, help_text="Chỉ cán bộ đọc được; không ghi số căn cước."
    )

    def clean_code(self) -> str:
        """The code as it stands in the list."""
        try:
            return read_drawn_code(ENTRY_PREFIX, self.cleaned_data["code"])
        except CodeRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class NumberSeenForm(OfficeForm):
    """The outside number as it came out."""

    number = forms.CharField(label="Số bốc thăm", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    seen = forms.CharField(
        label="Nơi thấy số này", max_length=250, help_text="Ai cũng đọc được, ví dụ: tờ dò ở đại lý chợ Ba Tô."
    )
    witnesses = forms.CharField(
        label="Người cùng xem, cùng chứng kiến",
        max_length=250,
        required=False,
        help_text="Nên có hai người ngoài ban tổ chức. Tên được đăng ở trang bốc thăm, xin hỏi họ trước.",
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = SeedSource(round_.seed_source)
        self.fields["number"].help_text = HELP[self.source].typed
        if self.source == SeedSource.DICE:
            self.fields["witnesses"].required = True
            self.fields["witnesses"].error_messages["required"] = "Gieo xúc xắc thì phải ghi tên người chứng kiến."

    def clean_number(self) -> str:
        """The number in the one way in which it is written."""
        try:
            return clean_number(self.source, self.cleaned_data["number"])
        except DrawRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def outside(self, evidence: str = "") -> OutsideNumber:
        """What the service draws with."""
        typed = self.cleaned_data
        return OutsideNumber(typed["number"], typed["seen"], typed["witnesses"], evidence)


class EvidenceForm(OfficeForm):
    """The slip or the minutes, for the private store."""

    evidence = PaperField(label="Ảnh chụp hoặc bản PDF")

    def __init__(self, *args: Any, source: SeedSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.fields["evidence"]
        paper.help_text = f"{HELP[source].evidence} {paper.help_text} Chỉ cán bộ sổ hộ xem được."
