"""Forms of the paper desk: which sheets to print, and what stands on a sheet that came back."""

import re
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.campaign.documents.sheets import SHOWN_AS
from portal.campaign.models import Entry, EntrySheet
from portal.campaign.paper import LETTERS
from portal.campaign.services.sheets import MAX_SHEETS, TypedSheet
from portal.core.codes import CodeRefused
from portal.core.models import User
from portal.core.phones import read_phone
from portal.core.public_forms import PhoneField, PlainText
from portal.core.staff_forms import DayField, NumberField, OfficeForm
from portal.households.models import Household, Village
from portal.households.permissions import villages_of
from portal.households.selectors.reach import reachable_household

RIGHT, OTHER = "dung", "khac"
NOT_WITHIN_REACH = "Không thấy hộ này, hoặc hộ không thuộc thôn anh/chị phụ trách."
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:[:.h]|giờ)\s*(\d{1,2})?)?\s*(?:phút)?", re.IGNORECASE)


class HourField(forms.CharField):
    """An hour of the day as people write it: 9:30, 9h30, 9 giờ."""

    def clean(self, value: Any) -> time | None:
        """A time of day; refuses what no clock shows."""
        match = _HOUR.fullmatch(str(super().clean(value)).strip())
        if not match or int(match[1]) > 23 or int(match[2] or 0) > 59:
            raise ValidationError("Không có giờ này. Viết theo 24 giờ, ví dụ 9:30 hoặc 14h05.")
        return time(int(match[1]), int(match[2] or 0))


class BlankSheetsForm(OfficeForm):
    """So many sheets without a name."""

    batch = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    count = NumberField(label="Mấy phiếu", min_value=1, max_value=MAX_SHEETS, initial=20)


class SheetForm(OfficeForm):
    """All of a sheet but its questions: whose it is, how to show a winner, when it was handed in."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    corrects = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    checked_code = forms.CharField(widget=forms.HiddenInput, required=False)
    right_house = forms.ChoiceField(
        label="Đúng nhà này?",
        choices=[(RIGHT, RIGHT), (OTHER, OTHER)],
        required=False,
        widget=forms.RadioSelect,
    )
    household_code = forms.CharField(label="Mã hộ", required=False, help_text="Có trên phiếu thì gõ, ví dụ BT-0412K.")
    head_name = PlainText(label="Họ và tên chủ hộ", max_length=120)
    village = forms.ModelChoiceField(Village.objects.none(), label="Thôn", required=False, empty_label="Chọn thôn")
    phone = PhoneField(label="Điện thoại")
    shown_as = forms.ChoiceField(
        label="Nếu được thưởng, cho xã đăng tên thế nào",
        choices=[(value, label) for value, label in SHOWN_AS],
        required=False,
        widget=forms.RadioSelect,
    )
    handed_on = DayField(label="Nộp ngày")
    handed_time = HourField(label="Nộp lúc", help_text="Theo 24 giờ, ví dụ 9:30.")
    left_blank = forms.BooleanField(label="Trên phiếu để trống thật", required=False)

    def __init__(self, data: Any = None, *, sheet: EntrySheet, user: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.sheet, self.user = sheet, user
        self.household: Household | None = None
        villages: Any = self.fields["village"]
        villages.queryset = villages_of(user).order_by("number")

    @classmethod
    def fresh(cls, *, sheet: EntrySheet, user: User, before: Entry | None, last: Entry | None) -> "SheetForm":
        """Empty, or with what was typed in from this sheet; day and hour are those of the sheet typed before."""
        like = before or last
        handed = timezone.localtime(like.received_at if like else None)
        village = sheet.village_id or villages_of(user).values_list("pk", flat=True).first()
        start: dict[str, Any] = {
            "token": uuid4(),
            "corrects": before.version if before else 0,
            "village": village if sheet.household is None else None,
            "handed_on": handed.date(),
            "handed_time": f"{handed:%H:%M}" if like else "",
        }
        if before is not None:
            start |= _as_typed(before, sheet)
        return cls(sheet=sheet, user=user, initial=start)

    @property
    def shown_as_boxes(self) -> list[tuple[str, str, str]]:
        """(letter, value, words), as on the sheet."""
        return [(letter, value, label) for letter, (value, label) in zip(LETTERS, SHOWN_AS, strict=False)]

    @property
    def house_boxes(self) -> list[tuple[str, str, str]]:
        """(letter, value, words) for “đúng nhà này?”."""
        return [("A", RIGHT, "đúng nhà này"), ("B", OTHER, "nhà khác, có ghi lại trên phiếu")]

    @property
    def is_another(self) -> bool:
        """Whether the sheet of one family came back with another one's name."""
        return self["right_house"].value() == OTHER

    @property
    def asks_check(self) -> bool:
        """Whether a code was typed whose family nobody has looked at yet."""
        household = self.household
        is_typed = household is not None and self.cleaned_data.get("household_code")
        return bool(is_typed and household and self.cleaned_data.get("checked_code") != household.code)

    @property
    def handed_in_at(self) -> datetime:
        """Day and hour together, by the commune's clock."""
        cleaned = self.cleaned_data
        return timezone.make_aware(datetime.combine(cleaned["handed_on"], cleaned["handed_time"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.sheet.household is not None and not cleaned.get("right_house"):
            self.add_error("right_house", "Xin xem phiếu có đúng của nhà này không.")
        elif self.sheet.household is not None and cleaned["right_house"] == RIGHT:
            self.household = self.sheet.household.root
            cleaned["household_code"] = ""
        else:
            self._find_family(cleaned)
        if not self.errors:
            self._check_hour()
        return cleaned

    def _find_family(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned.get("household_code", "")
        if typed:
            try:
                self.household = reachable_household(self.user, typed)
            except CodeRefused as refusal:
                self.add_error("household_code", str(refusal))
                return
            if self.household is None:
                self.add_error("household_code", NOT_WITHIN_REACH)
        elif not cleaned.get("head_name") and "head_name" not in self.errors:
            self.add_error("head_name", "Xin gõ mã hộ, hoặc tên chủ hộ và thôn.")
        elif not cleaned.get("village"):
            self.add_error("village", "Xin chọn thôn.")

    def _check_hour(self) -> None:
        round_, moment = self.sheet.round, self.handed_in_at
        if moment > timezone.now():
            self.add_error("handed_time", "Giờ này chưa tới.")
        elif moment < round_.opens_at:
            opens = timezone.localtime(round_.opens_at)
            self.add_error("handed_on", f"Vòng mở lúc {opens:%H:%M, %d/%m/%Y}; phiếu nộp trước giờ đó thì không tính.")
        elif moment >= round_.closes_at:
            closes = timezone.localtime(round_.closes_at)
            self.add_error("handed_on", f"Vòng đóng lúc {closes:%H:%M, %d/%m/%Y}; phiếu nộp sau giờ đó thì không tính.")

    def typed(self, content: dict[str, Any]) -> TypedSheet:
        """What the service takes."""
        cleaned, is_known = self.cleaned_data, self.household is not None
        village = cleaned.get("village")
        return TypedSheet(
            token=UUID(str(cleaned["token"])),
            corrects=cleaned["corrects"],
            content=content,
            handed_in_at=self.handed_in_at,
            household=self.household,
            head_name="" if is_known else cleaned["head_name"],
            village_id=village.pk if village and not is_known else None,
            phone=read_phone(cleaned["phone"]),
            shown_as=cleaned["shown_as"],
        )


def _as_typed(before: Entry, sheet: EntrySheet) -> dict[str, Any]:
    is_printed_for = before.household is not None and before.household == (sheet.household and sheet.household.root)
    return {
        "right_house": RIGHT if is_printed_for else OTHER,
        "household_code": "" if is_printed_for or before.household is None else before.household.code,
        "head_name": before.head_name,
        "village": before.village_id,
        "phone": before.phone,
        "shown_as": before.shown_as,
    }
