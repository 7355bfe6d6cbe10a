"""A judge's sheet, and what all judges judge by."""

from typing import Any

from django import forms

from portal.campaign.services.judging import MAX_POINTS
from portal.core.public_forms import PlainText
from portal.core.staff_forms import NumberField, OfficeForm


class CriteriaForm(OfficeForm):
    """Each line one thing to look at."""

    text = forms.CharField(
        label="Chấm theo những gì",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Mỗi ý một dòng, kèm số điểm. Ví dụ: Việc có thật, làm được ở nhà mình: 40 điểm.",
    )


class ScoreForm(OfficeForm):
    """Points, or a word that one knows the family."""

    knows = forms.BooleanField(label="Bài của người nhà hoặc người quen: tôi không chấm bài này", required=False)
    points = NumberField(label=f"Điểm, từ 0 đến {MAX_POINTS}", min_value=0, max_value=MAX_POINTS)
    note = PlainText(label="Nhận xét", max_length=300)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        points = self.fields["points"]
        points.required = not (data and data.get("knows"))
        points.error_messages["required"] = "Xin cho điểm, hoặc đánh dấu là bài của người quen."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return {**cleaned, "points": None} if cleaned.get("knows") else cleaned
