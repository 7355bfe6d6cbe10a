"""What can happen to a household, one form each: boxes, the sentence to confirm, and the service that does it."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from portal.core.models import User
from portal.core.phones import spaced
from portal.households.enums import CapableMember, EventKind, PhoneOwner
from portal.households.forms.office import DayField, NumberField, OfficeForm, PhoneField
from portal.households.models import Household, Village
from portal.households.selectors import villages_today
from portal.households.services import households as services


class ChangeForm(OfficeForm):
    """Base: a dated change of one household."""

    heading: ClassVar[str]
    button: ClassVar[str]

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        self.household = household
        super().__init__(*args, **kwargs)
        if "happened_on" in self.fields:
            self.fields["happened_on"].initial = timezone.localdate()

    def sentence(self) -> str:
        """What will happen, in words, before it happens."""
        raise NotImplementedError

    def apply(self, by: User) -> Household:
        """Do it; the household to look at afterwards."""
        raise NotImplementedError

    @property
    def day(self) -> str:
        """The day of the change as it is read."""
        return f"{self.cleaned_data['happened_on']:%d/%m/%Y}"


class DetailsForm(ChangeForm):
    """Plain details, put right."""

    heading, button = "Sửa thông tin", "Lưu thông tin"

    head_name = forms.CharField(
        label="Họ và tên chủ hộ", max_length=120,
        help_text="Chỉ sửa chữ viết sai, thiếu dấu. Người khác làm chủ hộ thì dùng “Đổi chủ hộ”.",
    )  # fmt: skip
    sort_name = forms.CharField(
        label="Xếp theo tên", max_length=120, required=False,
        help_text="Chỉ điền khi tên gọi có hai chữ, ví dụ: Ca Ron.",
    )  # fmt: skip
    nickname = forms.CharField(label="Tên thường gọi", max_length=80, required=False)
    neighbour_hint = forms.CharField(label="Gần nhà ai", max_length=160, required=False)
    head_birth_year = NumberField(label="Năm sinh chủ hộ", min_value=1900, max_value=2020, required=False)
    member_count = NumberField(label="Số người", min_value=1, max_value=40, required=False)
    phone = PhoneField(label="Số điện thoại", max_length=20, required=False, help_text="Số của hàng xóm cũng được.")
    phone_owner = forms.ChoiceField(label="Số của ai", choices=[("", "chưa rõ"), *PhoneOwner.choices], required=False)
    capable_member = forms.ChoiceField(label="Ai trong nhà dùng được dịch vụ số", choices=CapableMember.choices)
    has_no_signal = forms.BooleanField(label="Nhà không có sóng", required=False)
    has_no_power = forms.BooleanField(label="Nhà không có điện", required=False)
    has_hardship = forms.BooleanField(label="Già yếu hoặc khuyết tật", required=False)

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        values = {name: getattr(household, name) for name in services.DETAIL_FIELDS}
        kwargs["initial"] = {**values, "phone": spaced(household.phone)}
        super().__init__(*args, household=household, **kwargs)

    def sentence(self) -> str:
        """Names what changes."""
        names = [
            str(self.fields[name].label).lower()
            for name in services.DETAIL_FIELDS
            if getattr(self.household, name) != self.cleaned_data[name]
        ]
        return f"Sửa của hộ {self.household.code}: {', '.join(names)}." if names else "Không có ô nào đổi."

    def apply(self, by: User) -> Household:
        """Correct the boxes that differ."""
        return services.update_household(household=self.household, changes=self.cleaned_data, by=by)


class NewHeadForm(ChangeForm):
    """A new head of the same household."""

    heading, button = "Đổi chủ hộ", "Đổi chủ hộ"

    head_name = forms.CharField(label="Họ và tên chủ hộ mới", max_length=120)
    happened_on = DayField(label="Từ ngày")
    note = forms.CharField(label="Ghi chú", max_length=250, required=False)

    def sentence(self) -> str:
        """Old and new name."""
        name = self.cleaned_data["head_name"]
        return (
            f"Từ {self.day}, chủ hộ {self.household.code} là {name}, thay {self.household.head_name}. Mã hộ giữ nguyên."
        )

    def apply(self, by: User) -> Household:
        """Change the head."""
        return services.change_head(household=self.household, by=by, **self.cleaned_data)


class DeathForm(ChangeForm):
    """Somebody of the house has died."""

    heading, button = "Có người mất", "Ghi có người mất"

    happened_on = DayField(label="Ngày mất")
    head_name = forms.CharField(
        label="Họ và tên chủ hộ mới", max_length=120, required=False, help_text="Chỉ điền khi người mất là chủ hộ."
    )

    def sentence(self) -> str:
        """Whether the head changes, too."""
        name = self.cleaned_data["head_name"]
        follow = f"Chủ hộ mới: {name}." if name else "Chủ hộ không đổi."
        return f"Hộ {self.household.code} có người mất ngày {self.day}. {follow} Số người xin sửa ở mục thông tin."

    def apply(self, by: User) -> Household:
        """Note the death and, where the head died, the new head."""
        return services.record_death(household=self.household, by=by, **self.cleaned_data)


class MoveForm(ChangeForm):
    """Moved to another village of the commune."""

    heading, button = "Chuyển thôn", "Chuyển thôn"

    village = forms.ModelChoiceField(label="Thôn mới", queryset=Village.objects.none(), empty_label="chọn thôn")
    happened_on = DayField(label="Từ ngày")

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, household=household, **kwargs)
        field = self.fields["village"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = villages_today().exclude(pk=household.village_id)

    def sentence(self) -> str:
        """From where to where."""
        to = self.cleaned_data["village"]
        return (
            f"Từ {self.day}, hộ {self.household.code} chuyển từ {self.household.village} sang {to}. "
            f"Số liệu trước ngày đó vẫn tính ở {self.household.village}."
        )

    def apply(self, by: User) -> Household:
        """Move."""
        return services.move_household(household=self.household, by=by, **self.cleaned_data)


class SplitForm(ChangeForm):
    """Part of the family starts a household of its own."""

    heading, button = "Tách hộ", "Tách hộ"

    head_name = forms.CharField(label="Họ và tên chủ hộ mới lập", max_length=120)
    happened_on = DayField(label="Từ ngày")
    nickname = forms.CharField(label="Tên thường gọi", max_length=80, required=False)
    member_count = NumberField(label="Số người của hộ mới", min_value=1, max_value=40, required=False)
    phone = PhoneField(label="Số điện thoại của hộ mới", max_length=20, required=False)

    def sentence(self) -> str:
        """Who leaves whom."""
        name = self.cleaned_data["head_name"]
        return (
            f"Từ {self.day}, {name} ra khỏi hộ {self.household.code} và lập hộ mới có mã riêng ở "
            f"{self.household.village}. Hộ mới chưa được đánh giá; hộ cũ giữ nguyên kết quả."
        )

    def apply(self, by: User) -> Household:
        """Make the new household."""
        details: dict[str, Any] = dict(self.cleaned_data)
        head_name, day = details.pop("head_name"), details.pop("happened_on")
        return services.split_household(
            household=self.household, head_name=head_name, details=details, happened_on=day, by=by
        )


class StrikeOffForm(ChangeForm):
    """The household is no more, or leaves the register."""

    heading, button = "Thôi ở sổ", "Cho ra khỏi sổ"

    kind = forms.ChoiceField(
        label="Vì sao",
        choices=[
            (EventKind.DISSOLVED, "Không còn là một hộ"),
            (EventKind.LEFT, "Gia đình xin ra khỏi sổ hoặc đã đi nơi khác"),
        ],
    )
    happened_on = DayField(label="Từ ngày")
    reason = forms.CharField(label="Nói rõ", max_length=250)

    def sentence(self) -> str:
        """What stays."""
        return (
            f"Từ {self.day}, hộ {self.household.code} thôi được tính ở sổ. Lượt thăm, quyết định và giấy đã cấp "
            "vẫn được giữ; mã hộ không cấp lại cho ai."
        )

    def apply(self, by: User) -> Household:
        """Strike off."""
        data = self.cleaned_data
        return services.strike_off(
            household=self.household,
            kind=EventKind(data["kind"]),
            happened_on=data["happened_on"],
            by=by,
            reason=data["reason"],
        )


class BackdateForm(ChangeForm):
    """The household took part before it was written down: in the pilot, say."""

    heading, button = "Nhập bù ngày vào sổ", "Ghi ngày vào sổ"

    happened_on = DayField(label="Tính vào sổ từ ngày")
    reason = forms.CharField(label="Vì sao", max_length=250, help_text="Ví dụ: hộ thí điểm từ tháng 10/2025.")

    def __init__(self, *args: Any, household: Household, **kwargs: Any) -> None:
        super().__init__(*args, household=household, **kwargs)
        self.fields["happened_on"].initial = None

    def sentence(self) -> str:
        """Which day instead of which."""
        return (
            f"Hộ {self.household.code} được tính vào sổ từ {self.day}, thay cho "
            f"{self.household.listed_from:%d/%m/%Y}. Lượt thăm nhập bù từ ngày đó vào được số liệu của những ngày đó."
        )

    def apply(self, by: User) -> Household:
        """Count it from the earlier day on."""
        data = self.cleaned_data
        return services.backdate_listing(
            household=self.household, listed_from=data["happened_on"], by=by, reason=data["reason"]
        )


#: Changes by the word in their address.
CHANGES: dict[str, type[ChangeForm]] = {
    "thong-tin": DetailsForm,
    "chu-ho": NewHeadForm,
    "chuyen-thon": MoveForm,
    "tach-ho": SplitForm,
    "nguoi-mat": DeathForm,
    "thoi-ho": StrikeOffForm,
    "ngay-vao-so": BackdateForm,
}
