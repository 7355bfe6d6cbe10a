"""What a team writes into its quarterly report, and what the office answers."""

from typing import Any

from django import forms

from portal.households.forms.office import NumberField
from portal.households.forms.team import DeskForm

ROWS_BY_HAND = 3
MOST = 1_000_000
WHOLE_ROW = "Số nhập tay thì xin ghi đủ: số gì, bao nhiêu, vì sao sổ không có."


class ReportForm(DeskForm):
    """Difficulties and proposals in the team's own words; numbers by hand only with the reason."""

    difficulties = forms.CharField(
        label="Khó khăn", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Ví dụ: hai cụm nhà không có sóng; bà con hay quên mật khẩu. Không ghi tên hộ.",
    )  # fmt: skip
    proposals = forms.CharField(
        label="Kiến nghị với xã", max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ROWS_BY_HAND + 1):
            self.fields[f"label_{number}"] = forms.CharField(label="Số gì", max_length=120, required=False)
            self.fields[f"number_{number}"] = NumberField(
                label="Bao nhiêu", min_value=0, max_value=MOST, required=False
            )
            self.fields[f"reason_{number}"] = forms.CharField(
                label="Vì sao sổ không có", max_length=250, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Boxes of the numbers by hand, row by row."""
        names = ("label", "number", "reason")
        return [tuple(self[f"{name}_{number}"] for name in names) for number in range(1, ROWS_BY_HAND + 1)]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(1, ROWS_BY_HAND + 1):
            row = {name: cleaned.get(f"{name}_{number}") for name in ("label", "number", "reason")}
            filled = [name for name, value in row.items() if value not in {None, ""}]
            if filled and len(filled) < len(row):
                for name in row.keys() - set(filled):
                    self.add_error(f"{name}_{number}", WHOLE_ROW)
        return cleaned

    @property
    def by_hand(self) -> list[list[str]]:
        """The rows that were filled in."""
        data = self.cleaned_data
        rows = [
            [data[f"label_{number}"], str(data[f"number_{number}"]), data[f"reason_{number}"]]
            for number in range(1, ROWS_BY_HAND + 1)
        ]
        return [row for row in rows if row[0]]

    @staticmethod
    def values_of(report: Any) -> dict[str, Any]:
        """Initial values from a report that was begun."""
        values = {"difficulties": report.difficulties, "proposals": report.proposals}
        for number, row in enumerate(report.by_hand, start=1):
            values |= dict(zip((f"label_{number}", f"number_{number}", f"reason_{number}"), row, strict=True))
        return values


class ReviewForm(DeskForm):
    """What the office says of a report; remarks stand beside the numbers."""

    note = forms.CharField(
        label="Nhắn chung cho thôn", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, keys: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = keys
        for key in keys:
            self.fields[f"nhan_{key}"] = forms.CharField(label="Nhắn về số này", max_length=250, required=False)

    @property
    def remarks(self) -> dict[str, str]:
        """{number: remark}."""
        return {key: self.cleaned_data[f"nhan_{key}"] for key in self.keys}


class CloseForm(DeskForm):
    """Why a period is closed although a report is missing."""

    note = forms.CharField(
        label="Ghi chú khi chốt", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ bắt buộc khi còn thôn chưa có báo cáo được nhận: ghi vì sao vẫn chốt.",
    )  # fmt: skip


class RevisionForm(DeskForm):
    """Why a closed period would say something else today."""

    reason = forms.CharField(
        label="Lý do điều chỉnh", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Xin ghi lý do điều chỉnh."},
    )  # fmt: skip
