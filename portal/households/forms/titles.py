"""Forms of proposals and decisions. Everything that stands on a signed paper is copied from it, by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.core.uploads import validate_pdf
from portal.households.enums import DecisionKind, Title
from portal.households.forms.office import DayField, OfficeForm
from portal.households.models import DecisionEntry, Proposal
from portal.households.selectors.titles import usual_paper
from portal.households.services.decisions import Line, Paper

MAX_SCAN_BYTES = 20_000_000


class ReviewForm(OfficeForm):
    """What the commune says of a village's list."""

    note = forms.CharField(
        label="Nhắn cho thôn",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Trả lại thì phải ghi cần sửa gì. Nhận thì có thể để trống.",
    )


class ScanForm(OfficeForm):
    """The signed paper itself, for the private store."""

    scan = forms.FileField(
        label="Bản chụp quyết định đã ký (PDF)",
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text="Nặng tối đa 20 MB. Chỉ cán bộ và lãnh đạo xem được.",
    )

    def clean_scan(self) -> UploadedFile | None:
        """A PDF by its first bytes, whatever its name says."""
        scan: UploadedFile | None = self.cleaned_data["scan"]
        if scan is None:
            return None
        validate_pdf(scan, MAX_SCAN_BYTES)
        scan.name = "ban-chup.pdf"
        return scan


class PaperForm(OfficeForm):
    """Số, ngày, người ký, căn cứ."""

    number = forms.RegexField(
        r"^\s*\d+\s*/\s*\S+",
        label="Số, ký hiệu",
        max_length=60,
        help_text="Chép từ bản đã ký; phần mềm không tự cấp số. Ví dụ: 05/QĐ-UBND.",
    )
    signed_on = DayField(label="Ngày ký", help_text="Ngày/tháng/năm như trên bản đã ký.")
    signer_name = forms.CharField(label="Họ và tên người ký", max_length=120)
    signer_role = forms.CharField(
        label="Chức vụ", max_length=120, help_text="Ký thay thì ghi hai phần: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."
    )
    legal_bases = forms.CharField(
        label="Căn cứ",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Điền sẵn theo lần trước. Xin xem lại cho đúng bản đã ký.",
    )

    def __init__(self, *args: Any, title: Title, year: int, **kwargs: Any) -> None:
        self.title, self.year = title, year
        kwargs["initial"] = usual_paper(title) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["number"].error_messages["invalid"] = "Số có dạng 05/QĐ-UBND: chữ số, gạch chéo, ký hiệu."

    def paper(self) -> Paper:
        """What was typed, as the services take it."""
        typed = {name: self.cleaned_data[name] for name in ("signed_on", "signer_name", "signer_role", "legal_bases")}
        number = "".join(self.cleaned_data["number"].split())
        return Paper(number=number, title=self.title, year=self.year, **typed)


class RecogniseForm(PaperForm):
    """A decision over accepted lists."""

    proposals = forms.ModelMultipleChoiceField(
        queryset=Proposal.objects.none(),
        label="Danh sách thôn trong quyết định này",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, accepted: Sequence[Proposal], **kwargs: Any) -> None:
        kwargs["initial"] = {"proposals": [proposal.pk for proposal in accepted]}
        super().__init__(*args, **kwargs)
        lists: Any = self.fields["proposals"]
        lists.queryset = Proposal.objects.filter(pk__in=[proposal.pk for proposal in accepted]).select_related(
            "village"
        )
        lists.label_from_instance = lambda proposal: proposal.village.name
        lists.error_messages["required"] = "Xin chọn ít nhất một danh sách."


class AmendForm(PaperForm):
    """A further decision: some lines of an earlier one, each with its reason."""

    def __init__(self, *args: Any, entries: Sequence[DecisionEntry], kind: DecisionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.kind = entries, kind
        for entry in entries:
            self._add_line(entry)

    def _add_line(self, entry: DecisionEntry) -> None:
        said = f"hộ {entry.household.code}"
        if self.kind == DecisionKind.CORRECT:
            self.fields[f"name_{entry.pk}"] = forms.CharField(
                label=f"Tên đúng của {said}", max_length=120, initial=entry.name_on_paper
            )
            self.fields[f"village_{entry.pk}"] = forms.CharField(
                label=f"Thôn đúng của {said}", max_length=80, initial=entry.village_on_paper
            )
        self.fields[f"reason_{entry.pk}"] = forms.CharField(label=f"Lý do của {said}", max_length=250)
        for name in ("name", "village", "reason"):
            if field := self.fields.get(f"{name}_{entry.pk}"):
                field.error_messages["required"] = "Xin điền ô này."

    def lines(self) -> list[Line]:
        """The lines as they will stand in the further decision."""
        typed = self.cleaned_data
        return [
            Line(
                household=entry.household,
                name_on_paper=typed.get(f"name_{entry.pk}", entry.name_on_paper),
                village_on_paper=typed.get(f"village_{entry.pk}", entry.village_on_paper),
                reason=typed[f"reason_{entry.pk}"],
            )
            for entry in self.entries
        ]
