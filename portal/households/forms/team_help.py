"""Closing a request for help."""

from django import forms

from portal.households.forms.team import DeskForm

DONE, NOT_DONE = "xong", "khong"


class HelpOutcomeForm(DeskForm):
    """What came of it."""

    result = forms.ChoiceField(
        label="Kết quả",
        choices=[(DONE, "Đã giúp xong"), (NOT_DONE, "Không giúp được, đóng yêu cầu")],
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn kết quả."},
    )
    outcome = forms.CharField(
        label="Đã làm gì, hoặc vì sao không giúp được",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Xin ghi một câu, để lần sau người khác biết."},
    )
