"""The two screens of an entry form that every game has: who is playing, and how to be named."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.campaign.drafts import Family
from portal.campaign.models import Entry
from portal.core.codes import CodeRefused
from portal.core.http import whole_number
from portal.core.public_forms import PhoneField, PlainText
from portal.core.remember import remembered
from portal.households.enums import NameForm
from portal.households.models import Household
from portal.households.names import short_name
from portal.households.selectors import household_of_code, villages_today
from portal.households.services.secret_numbers import SecretRefused, household_of_secret

UNKNOWN_CODE = (
    "Không thấy mã này trong sổ. Xin xem lại trên giấy nhận, hoặc để trống ô này rồi điền tên chủ hộ và thôn ở dưới."
)
#: Value of the choice to be named by nothing but the entry's code; stored as “”.
CODE_ONLY = "chi-ma"
SHOWN_AS = (
    (NameForm.FULL, "Họ tên chủ hộ và tên thôn"),
    (NameForm.SHORT, f"Tên viết gọn và tên thôn, ví dụ “{short_name('Phạm Văn Đền')}”"),
    (NameForm.VILLAGE, "Chỉ tên thôn"),
    (CODE_ONLY, "Không hiện gì của nhà mình, chỉ mã dự thi"),
)


def village_choices() -> list[tuple[str, str]]:
    """The villages of today with an empty choice before them; read once per change of content."""
    rows = remembered("villages of the entry form", lambda: [(str(row.pk), row.name) for row in villages_today()])
    return [("", "Chọn thôn"), *rows]


def village_field() -> forms.ChoiceField:
    """Which village, if no code says so; the list is read when the form is shown, not when it is written."""
    wrong = {"invalid_choice": "Xin chọn thôn trong danh sách."}
    return forms.ChoiceField(required=False, choices=village_choices, error_messages=wrong)


class FamilyForm(forms.Form):
    """Who we are: the household's code, with or without its secret number; or the head's name and the village."""

    use_required_attribute = False
    code = forms.CharField(required=False)
    secret = forms.CharField(required=False)
    head_name = PlainText(max_length=120)
    village = village_field()
    phone = PhoneField()

    def __init__(self, data: Mapping[str, Any] | None = None, *, before: Family, address: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.before, self.address = before, address
        self.household: Household | None = None
        self.is_confirmed = False

    @classmethod
    def of(cls, family: Family) -> "FamilyForm":
        """The form with what was told before; the secret number is never shown again."""
        told = {
            "code": family.code,
            "head_name": family.head_name,
            "village": str(family.village_id or ""),
            "phone": family.phone,
        }
        return cls(before=family, address="", initial=told)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("code"):
            for name in ("head_name", "village", "phone"):
                self.errors.pop(name, None)  # with a code nothing else is asked
            self._find_household(cleaned["code"], cleaned.get("secret", ""))
        else:
            self._check_named(cleaned)
        return cleaned

    def _find_household(self, code: str, secret: str) -> None:
        try:
            self.household = household_of_code(code)
            if self.household is None:
                self.add_error("code", UNKNOWN_CODE)
            elif secret:
                household_of_secret(code, secret, address=self.address)
                self.is_confirmed = True
            else:
                self.is_confirmed = self.before.is_confirmed and self.before.household_id == self.household.pk
        except CodeRefused as refusal:
            self.add_error("code", str(refusal))
        except SecretRefused as refusal:
            self.add_error("secret", ValidationError(f"{refusal} Không nhớ thì để trống ô này."))

    def _check_named(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("secret"):
            self.add_error("code", "Có số bí mật thì xin điền cả mã hộ.")
        if not cleaned.get("head_name") and "head_name" not in self.errors:
            self.add_error("head_name", "Xin điền mã hộ ở trên; không có mã thì điền họ và tên chủ hộ.")
        if not cleaned.get("village") and "village" not in self.errors:
            self.add_error("village", "Xin chọn thôn.")

    def family(self) -> Family:
        """What was told; with mistakes in it, only what is to be shown again."""
        if self.is_valid() and self.household is not None:
            return family_of_household(self.household, is_confirmed=self.is_confirmed)
        told = self.cleaned_data if self.is_valid() else self.data
        village = str(told.get("village", ""))
        return Family(
            code="" if self.is_valid() else str(told.get("code", "")),
            head_name=str(told.get("head_name", "")),
            village_id=whole_number(village),
            phone=str(told.get("phone", "")),
            is_sound=self.is_valid(),
        )


def family_of_household(household: Household, *, is_confirmed: bool) -> Family:
    """A family that is known by its code; of one that was merged, the survivor's code counts."""
    root = household.root or household
    return Family(household.code, household.pk, root.pk, root.code, is_confirmed, is_sound=True)


def family_of(entry: Entry) -> Family:
    """Who an entry says it is from, for changing it."""
    if entry.household is not None:
        return family_of_household(entry.household, is_confirmed=entry.is_confirmed)
    return Family(
        head_name=entry.head_name,
        village_id=entry.village_id,
        phone=entry.phone,
        is_sound=True,
    )


class ShownAsForm(forms.Form):
    """How to be named in case of a prize. Nothing is chosen beforehand, and not choosing is no consent."""

    use_required_attribute = False
    shown_as = forms.ChoiceField(
        choices=SHOWN_AS,
        error_messages={
            "required": "Xin chọn một cách. Không muốn hiện gì thì chọn dòng cuối.",
            "invalid_choice": "Xin chọn một trong các cách ở dưới.",
        },
    )


def shown_as_words(shown_as: str | None) -> str:
    """The choice in words; “” while nothing was chosen."""
    return "" if shown_as is None else dict(SHOWN_AS)[shown_as or CODE_ONLY]


class SecretForm(forms.Form):
    """The six digits of an entry's receipt."""

    use_required_attribute = False
    secret = forms.CharField(error_messages={"required": "Xin điền số bí mật, 6 chữ số trên giấy nhận."})
