"""“Ngày không tiền mặt”: which days, which ways; never how much, to whom, from which account (row F14)."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from portal.campaign.enums import CashlessWay
from portal.campaign.kinds.base import ContentForm, Step, nothing_required
from portal.campaign.models import Round
from portal.core.public_forms import refuse_secret_numbers
from portal.core.templatetags.portal_tags import day_and_month, weekday
from portal.core.text import fold, nfc

STORY = "story"
MAX_STORY = 600
MAX_DAYS = 31
NO_AMOUNTS = "Xin đừng ghi số tiền: xã không cần biết nhà mình trả bao nhiêu. Viết mua gì, trả bằng cách nào là đủ."
#: “500.000”, “500k”, “2 triệu”, “100 nghìn đồng”; a year or a street number stands alone and may stay.
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d[\d.,]*\s*(?:k|tr|dong|vnd|d|nghin|ngan|trieu|ty|xu)\b")


def field_of(day: date) -> str:
    """Name of the day's boxes in the form."""
    return f"d{day:%Y%m%d}"


def days_of(round_: Round) -> list[date]:
    """The days that the round asks about."""
    if round_.days_from is None or round_.days_to is None:
        return []
    count = (round_.days_to - round_.days_from).days + 1
    return [round_.days_from + timedelta(days=number) for number in range(min(count, MAX_DAYS))]


def refuse_amounts(text: str) -> None:
    """Turn away sums of money, account and card numbers, one-time codes: kindly, and on the server."""
    if _AMOUNT.search(fold(text)):
        raise ValidationError(NO_AMOUNTS)
    refuse_secret_numbers(text)


class CashlessForm(ContentForm):
    """Days on one screen, a few sentences on the next. A day can be told of once it has begun."""

    def __init__(self, data: Mapping[str, Any] | None, *, days: list[date], today: date):
        super().__init__(data)
        self.days = [day for day in days if day <= today]
        for day in self.days:
            self.fields[field_of(day)] = forms.MultipleChoiceField(
                choices=CashlessWay.choices,
                required=False,
                label=capfirst(f"{weekday(day)}, {day_and_month(day)}"),
                error_messages={"invalid_choice": "Xin chọn trong các cách ở dưới."},
            )
        self.fields[STORY] = forms.CharField(required=False, widget=forms.Textarea)
        self.steps = [
            Step(
                key="ngay",
                title="Ngày nào nhà mình trả tiền mà không dùng tiền mặt?",
                fields=tuple(field_of(day) for day in self.days),
                template="campaign/play/days.html",
                subject=[day for day in days if day > today],
            ),
            Step("ke", "Nhà mình kể vài câu", (STORY,), "campaign/play/story.html", empty="Không viết gì"),
        ]

    def clean_story(self) -> str:
        """A few sentences, without sums and secret numbers."""
        text = nfc(str(self.cleaned_data.get(STORY, ""))).strip()
        if len(text) > MAX_STORY:
            raise ValidationError(f"Dài quá {len(text) - MAX_STORY} ký tự. Ô này nhận tối đa {MAX_STORY}.")
        refuse_amounts(text)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.days:
            raise ValidationError("Chưa tới ngày nào của vòng này. Từ ngày đầu tiên mới ghi được.")
        if not any(cleaned.get(field_of(day)) for day in self.days):
            self.add_error(field_of(self.days[0]), "Xin đánh dấu ít nhất một ngày.")
        return cleaned

    def content(self) -> dict[str, Any]:
        chosen = {day.isoformat(): self.cleaned_data.get(field_of(day), []) for day in self.days}
        return {"days": {day: ways for day, ways in chosen.items() if ways}, "story": self.cleaned_data[STORY]}


class Cashless:
    """The kind that the plan names “Ngày không tiền mặt”."""

    is_moderated = True
    setup_fields: tuple[str, ...] = ("days_from", "days_to", "takes_photo")
    score_words = "Ghi được nhiều ngày hơn"
    has_questions = False

    def form(self, round_: Round, who: str, data: Mapping[str, Any] | None = None) -> CashlessForm:
        return CashlessForm(data, days=days_of(round_), today=timezone.localdate())

    def paper_form(self, round_: Round, who: str, data: Mapping[str, Any] | None = None) -> CashlessForm:
        # A sheet is printed before the days come: it has room for all of them.
        return nothing_required(CashlessForm(data, days=days_of(round_), today=date.max))

    def initial(self, content: Mapping[str, Any]) -> dict[str, Any]:
        days = {field_of(date.fromisoformat(day)): ways for day, ways in content.get("days", {}).items()}
        return {**days, STORY: content.get("story", "")}

    def points(self, round_: Round, content: Mapping[str, Any]) -> int:
        """Days on which the family paid without cash."""
        return len(content.get("days", {}))

    def prediction(self, content: Mapping[str, Any]) -> int | None:
        return None

    def shown(self, round_: Round, content: Mapping[str, Any]) -> list[tuple[str, str]]:
        rows = [
            (f"Ngày {date.fromisoformat(day):%d/%m/%Y}", ", ".join(CashlessWay(way).label for way in ways))
            for day, ways in sorted(content.get("days", {}).items())
        ]
        return [*rows, ("Gia đình kể", content.get("story") or "không viết gì")]

    def words(self, content: Mapping[str, Any]) -> str:
        return str(content.get("story", ""))

    def without_words(self, content: Mapping[str, Any]) -> dict[str, Any]:
        return {**content, "story": ""}

    def troubles(self, round_: Round) -> list[str]:
        days = days_of(round_)
        if not days:
            return ["Xin ghi gia đình được ghi từ ngày nào đến hết ngày nào."]
        if round_.days_to and round_.days_from and (round_.days_to - round_.days_from).days >= MAX_DAYS:
            return [f"Một vòng ghi nhiều nhất {MAX_DAYS} ngày."]
        return []


CASHLESS = Cashless()
