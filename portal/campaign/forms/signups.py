"""Forms of the sign-up for trainings: a family's own, the team's, and the secret that gives a place back."""

from collections.abc import Mapping
from typing import Any

from django import forms

from portal.campaign.forms.entering import village_field
from portal.campaign.services.signups import Wish
from portal.core.codes import CodeRefused
from portal.core.models import User
from portal.core.phones import read_phone
from portal.core.public_forms import PhoneField, PlainText, PublicForm
from portal.core.staff_forms import NumberField
from portal.households.forms.team import DeskForm
from portal.households.models import Household, Village
from portal.households.permissions import villages_of
from portal.households.selectors import household_of_code
from portal.households.selectors.reach import reachable_household

MAX_PEOPLE = 10
UNKNOWN_CODE = (
    "Không thấy mã này trong sổ. Xin xem lại trên giấy nhận, hoặc để trống ô này rồi điền tên và thôn ở dưới."
)
NOT_WITHIN_REACH = "Không thấy mã này trong các hộ anh/chị phụ trách. Xin xem lại từng chữ."
HOW_MANY = f"Xin điền mấy người đến, từ 1 đến {MAX_PEOPLE}."


def people_field(**kwargs: Any) -> NumberField:
    """How many come."""
    field = NumberField(min_value=1, max_value=MAX_PEOPLE, **kwargs)
    field.error_messages |= {"required": HOW_MANY, "invalid": HOW_MANY, "min_value": HOW_MANY, "max_value": HOW_MANY}
    return field


class SignupForm(PublicForm):
    """By the household's code, or by name and village; a phone if there is one."""

    code = forms.CharField(required=False)
    name = PlainText(max_length=120)
    village = village_field()
    phone = PhoneField()
    people = people_field()

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        if data and data.get("new_phone"):
            data = {**{name: data.get(name) for name in data}, "phone": data["new_phone"]}
        super().__init__(data, **kwargs)
        self.household: Household | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("code"):
            self._find_household(cleaned["code"])
        else:
            if not cleaned.get("name") and "name" not in self.errors:
                self.add_error("name", "Xin điền mã hộ ở trên; không có mã thì điền tên người đến.")
            if not cleaned.get("village") and "village" not in self.errors:
                self.add_error("village", "Xin chọn thôn.")
        return cleaned

    def _find_household(self, code: str) -> None:
        try:
            self.household = household_of_code(code)
        except CodeRefused as refusal:
            self.add_error("code", str(refusal))
            return
        if self.household is None:
            self.add_error("code", UNKNOWN_CODE)

    def wish(self, token: Any) -> Wish:
        """What the service takes."""
        cleaned = self.cleaned_data
        village = cleaned.get("village") or None
        return Wish(
            token=token,
            people=cleaned["people"],
            household=self.household,
            name=cleaned.get("name", ""),
            village_id=int(village) if village and self.household is None else None,
            phone=read_phone(cleaned["phone"]),
        )


class TeamSignupForm(DeskForm):
    """A member of the team signs up a family of its own village."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(label="Mã hộ", required=False, help_text="Có mã thì gõ, ví dụ BT-0412K.")
    name = PlainText(label="Tên người đến", max_length=120, help_text="Hộ có mã thì không cần.")
    village = forms.ModelChoiceField(Village.objects.none(), label="Thôn", empty_label=None)
    phone = PhoneField(label="Điện thoại")
    people = people_field(label="Mấy người đến")

    def __init__(self, data: Any = None, *, user: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user = user
        self.household: Household | None = None
        village: Any = self.fields["village"]
        village.queryset = villages_of(user).order_by("number")
        village.error_messages["invalid_choice"] = "Xin chọn thôn mình phụ trách."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("code"):
            try:
                self.household = reachable_household(self.user, cleaned["code"])
            except CodeRefused as refusal:
                self.add_error("code", str(refusal))
                return cleaned
            if self.household is None:
                self.add_error("code", NOT_WITHIN_REACH)
        elif not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Xin gõ mã hộ, hoặc tên người đến.")
        return cleaned

    def wish(self) -> Wish:
        """What the service takes."""
        cleaned = self.cleaned_data
        return Wish(
            token=cleaned["token"],
            people=cleaned["people"],
            household=self.household,
            name=cleaned.get("name", ""),
            village_id=cleaned["village"].pk if self.household is None else None,
            phone=read_phone(cleaned["phone"]),
        )


class GiveBackForm(forms.Form):
    """The six digits of the receipt."""

    use_required_attribute = False
    secret = forms.CharField(error_messages={"required": "Xin điền số bí mật, 6 chữ số trên giấy nhận."})
