"""Forms of a village's list: opening it, minutes of the meeting, candidates, objections."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from portal.households.enums import Title
from portal.households.forms.team import DayPicker, DeskForm
from portal.households.models import Household, Village

DATE = {
    "required": "Xin điền ngày.",
    "invalid": "Không có ngày này trên lịch. Viết ngày/tháng/năm, ví dụ 05/02/2027.",
}
NUMBER = {
    "required": "Xin điền số.",
    "invalid": "Xin điền một số.",
    "min_value": "Số này không được nhỏ hơn %(limit_value)s.",
    "max_value": "Số này không được lớn hơn %(limit_value)s.",
}


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=DayPicker,
        error_messages=DATE,
        **kwargs,
    )


def count(label: str, low: int = 0, high: int = 5000, **kwargs: Any) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, min_value=low, max_value=high, error_messages=NUMBER, **kwargs)


class OpenProposalForm(DeskForm):
    """Which list the village begins."""

    village = forms.ModelChoiceField(queryset=Village.objects.none(), label="Thôn", empty_label=None)
    title = forms.ChoiceField(label="Danh hiệu", choices=Title.choices)
    year = count("Năm", 2025, 2100)

    def __init__(self, *args: Any, villages: QuerySet[Village], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["village"]
        field.queryset = villages
        field.error_messages["invalid_choice"] = "Xin chọn thôn mình phụ trách."
        self.fields["village"].initial = villages.first()
        self.fields["year"].initial = timezone.localdate().year


class MinutesForm(DeskForm):
    """What was said and counted at the meeting, and where the list hangs; may be filled bit by bit."""

    met_on = day("Họp ngày", required=False)
    met_at = forms.CharField(label="Họp ở", max_length=160, required=False)
    invited_count = count("Số người được mời", required=False)
    present_count = count("Số người dự", required=False)
    for_count = count("Số người đồng ý", required=False)
    against_count = count("Số người không đồng ý", required=False)
    chair_name = forms.CharField(label="Chủ trì", max_length=120, required=False)
    secretary_name = forms.CharField(label="Thư ký", max_length=120, required=False)
    minutes_note = forms.CharField(
        label="Ý kiến trong họp", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    posted_from = day("Niêm yết từ ngày", required=False)
    posted_to = day("Niêm yết đến hết ngày", required=False)
    posted_at = forms.CharField(label="Niêm yết ở", max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        met_on, start, end = cleaned.get("met_on"), cleaned.get("posted_from"), cleaned.get("posted_to")
        if met_on and met_on > timezone.localdate():
            self.add_error("met_on", "Ngày này chưa tới. Biên bản ghi buổi đã họp.")
        if start and end and end < start:
            self.add_error("posted_to", "Ngày thôi niêm yết không được trước ngày bắt đầu.")
        present, agree, against = (cleaned.get(name) for name in ("present_count", "for_count", "against_count"))
        if present is not None and (agree or 0) + (against or 0) > present:
            self.add_error("for_count", "Số đồng ý và không đồng ý cộng lại nhiều hơn số người dự.")
        return cleaned


class CandidateForm(DeskForm):
    """A household for the list."""

    household = forms.ModelChoiceField(
        queryset=Household.objects.none(),
        label="Hộ",
        empty_label="Chọn một hộ",
        to_field_name="code",
        error_messages={"required": "Xin chọn một hộ.", "invalid_choice": "Không thấy hộ này trong thôn."},
    )
    exception_reason = forms.CharField(label="Chưa đủ điều kiện thì vì sao vẫn đề nghị", max_length=250, required=False)

    def __init__(self, *args: Any, households: QuerySet[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["household"]
        field.queryset = households
        field.label_from_instance = _labelled


def _labelled(household: Household) -> str:
    states = {True: "đủ điều kiện", False: "còn việc chưa xong", None: "chưa đánh giá"}
    return f"{household.head_name}, {household.code}: {states[household.is_passing]}"


class ObjectionForm(DeskForm):
    """Somebody asks again about the list."""

    asked_by = forms.CharField(label="Ai hỏi", max_length=120)
    text = forms.CharField(label="Hỏi gì", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(DeskForm):
    """What the village answers."""

    answer = forms.CharField(
        label="Trả lời và lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Xin ghi câu trả lời và lý do."},
    )
