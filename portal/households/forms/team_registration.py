"""Registering on behalf of a family: the public form's questions in the same order, and how consent was given."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

from portal.core.phones import PhoneRefused, read_phone, spaced
from portal.households.consent_texts import consent_texts
from portal.households.enums import CapableMember, Channel, ConsentMeans, NameForm, PhoneOwner, Purpose, SelfAnswer
from portal.households.forms.office import DayField
from portal.households.forms.team import DeskForm
from portal.households.forms.team_proposals import count
from portal.households.models import CriteriaSet, Criterion, Village
from portal.households.selectors.duplicates import Likeness, Traits, likely_duplicates
from portal.households.services.registrations import Application
from portal.households.standing import HANOI

MEANS = (ConsentMeans.SIGNED, ConsentMeans.THUMB, ConsentMeans.SPOKEN)
NEEDS_WITNESS = {ConsentMeans.THUMB, ConsentMeans.SPOKEN}
DETAILS = (
    "nickname", "neighbour_hint", "member_count", "phone", "phone_owner", "capable_member", "head_birth_year",
    "has_no_signal", "has_no_power", "has_hardship",
)  # fmt: skip


class FamilyForm(DeskForm):
    """A family's form as a member of the team fills it in, at its house or from paper."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    village = forms.ModelChoiceField(queryset=Village.objects.none(), label="Thôn", empty_label=None)
    head_name = forms.CharField(
        label="Họ và tên chủ hộ", max_length=120, error_messages={"required": "Xin điền họ và tên chủ hộ."}
    )
    nickname = forms.CharField(label="Tên thường gọi", max_length=80, required=False)
    neighbour_hint = forms.CharField(label="Gần nhà ai", max_length=160, required=False)
    member_count = count("Nhà có mấy người", 1, 40, required=False)
    head_birth_year = count("Năm sinh chủ hộ", 1900, 2100, required=False)
    phone = forms.CharField(
        label="Số điện thoại", max_length=30, required=False, help_text="Số dùng chung với hàng xóm cũng được."
    )
    phone_owner = forms.ChoiceField(
        label="Số này của ai", choices=[("", "chưa rõ"), *PhoneOwner.choices], required=False
    )
    capable_member = forms.ChoiceField(label="Ai trong nhà dùng được dịch vụ số", choices=CapableMember.choices)
    has_no_signal = forms.BooleanField(label="Nhà không có sóng", required=False)
    has_no_power = forms.BooleanField(label="Nhà không có điện", required=False)
    has_hardship = forms.BooleanField(label="Già yếu hoặc khuyết tật", required=False)
    consents = forms.MultipleChoiceField(
        label="Gia đình đồng ý những việc nào",
        widget=forms.CheckboxSelectMultiple,
        help_text="Đọc từng câu cho gia đình nghe. Không đồng ý thì để trống. Chỉ ô đầu là cần để có mã hộ.",
        error_messages={"required": "Chưa đồng ý ghi vào sổ thì chưa có mã hộ. Gia đình vẫn được giúp như mọi nhà."},
    )
    name_form = forms.ChoiceField(
        label="Tên ở trang Vinh danh hiện thế nào", choices=NameForm.choices, widget=forms.RadioSelect, required=False
    )
    means = forms.ChoiceField(
        label="Gia đình đồng ý bằng cách nào",
        choices=[(means.value, means.label) for means in MEANS],
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn cách gia đình đồng ý."},
    )
    witness_name = forms.CharField(
        label="Người làm chứng",
        max_length=120,
        required=False,
        help_text="Điểm chỉ hoặc nói thì cần một người làm chứng.",
    )
    received_on = DayField(
        label="Nhận phiếu ngày nào",
        required=False,
        help_text="Để trống là hôm nay. Phiếu giấy nhận từ trước thì ghi ngày đó.",
    )
    is_another = forms.BooleanField(label="Không phải các hộ trên, lập hộ mới", required=False)

    def __init__(
        self, *args: Any, villages: QuerySet[Village], criteria_set: CriteriaSet | None, **kwargs: Any
    ) -> None:
        if args and isinstance(args[0], MultiValueDict) and args[0].get("new_phone"):
            # The button beside an old number: take the new one.
            typed = args[0].copy()
            typed["phone"] = typed["new_phone"]
            args = (typed, *args[1:])
        super().__init__(*args, **kwargs)
        self.criteria: list[Criterion] = list(criteria_set.criteria.all()) if criteria_set else []
        self.likely: list[Likeness] = []
        field: Any = self.fields["village"]
        field.queryset = villages
        field.error_messages["invalid_choice"] = "Xin chọn thôn mình phụ trách."
        field.initial = villages.first()
        consents: Any = self.fields["consents"]
        consents.choices = [
            (text.purpose.value, format_html("<span><b>{}.</b> {}</span>", text.title, text.sentence))
            for text in consent_texts()
        ]
        self.fields["token"].initial = uuid4
        for criterion in self.criteria:
            self.fields[f"answer_{criterion.key}"] = forms.ChoiceField(
                label=f"{criterion.key}. {criterion.name}",
                help_text=criterion.question,
                choices=SelfAnswer.choices,
                widget=forms.RadioSelect,
                required=False,
            )

    @property
    def facts(self) -> list[Any]:
        """Boxes about the house; the paper form is printed from this very list."""
        return [self[name] for name in ("village", "head_name", *DETAILS, "received_on")]

    @property
    def questions(self) -> list[tuple[Criterion, Any]]:
        """The self-assessment."""
        return [(criterion, self[f"answer_{criterion.key}"]) for criterion in self.criteria]

    def clean_phone(self) -> str:
        """A number that can be called; an old one is asked about, never changed in silence."""
        typed: str = self.cleaned_data["phone"]
        try:
            return spaced(read_phone(typed))
        except PhoneRefused as refusal:
            raise ValidationError(str(refusal), params={"suggestion": refusal.suggestion}) from refusal

    @property
    def suggested_phone(self) -> str:
        """The new number behind an old eleven-digit one, to be asked about."""
        for error in self.errors.as_data().get("phone", []):
            if error.params and error.params.get("suggestion"):
                return str(error.params["suggestion"])
        return ""

    def clean_head_birth_year(self) -> int | None:
        """Not in years to come."""
        year: int | None = self.cleaned_data.get("head_birth_year")
        if year is not None and year > timezone.localdate().year:
            raise ValidationError("Năm này chưa tới.")
        return year

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        consents = cleaned.get("consents") or []
        if consents and Purpose.REGISTER not in consents:
            self.add_error("consents", "Chưa đồng ý ghi vào sổ thì chưa có mã hộ. Gia đình vẫn được giúp như mọi nhà.")
        if Purpose.NAME in consents and not cleaned.get("name_form"):
            self.add_error("name_form", "Xin chọn cách hiện tên, vì gia đình đồng ý đăng tên.")
        if cleaned.get("means") in NEEDS_WITNESS and not cleaned.get("witness_name"):
            self.add_error("witness_name", "Điểm chỉ hoặc nói thì xin ghi người làm chứng.")
        return cleaned

    def looks_new(self) -> bool:
        """Whether nothing alike is on the register, or somebody has looked and says that it is another family."""
        cleaned = self.cleaned_data
        if cleaned.get("is_another"):
            return True
        phone = read_phone(cleaned["phone"])
        traits = Traits(
            cleaned["head_name"],
            cleaned["village"].pk,
            cleaned["nickname"],
            cleaned["head_birth_year"],
            phone,
            cleaned["neighbour_hint"],
        )
        # Only own families are named: a colleague's are none of this member's business.
        self.likely = [item for item in likely_duplicates(traits) if item.household.village_id == traits.village_id]
        return not self.likely

    def application(self, *, channel: Channel, helper_name: str) -> Application:
        """What the service takes."""
        cleaned = self.cleaned_data
        answers: Mapping[str, SelfAnswer] = {
            criterion.key: SelfAnswer(cleaned[f"answer_{criterion.key}"])
            for criterion in self.criteria
            if cleaned.get(f"answer_{criterion.key}")
        }
        received_on = cleaned["received_on"]
        earlier = received_on if received_on and received_on < timezone.localdate() else None
        return Application(
            token=cleaned["token"],
            village=cleaned["village"],
            head_name=cleaned["head_name"],
            details={name: cleaned[name] for name in DETAILS},
            answers=answers,
            consents=tuple(Purpose(value) for value in cleaned["consents"]),
            name_form=NameForm(cleaned["name_form"]) if cleaned["name_form"] else None,
            means=ConsentMeans(cleaned["means"]),
            witness_name=cleaned["witness_name"],
            helper_name=helper_name,
            channel=channel,
            received_at=datetime.combine(earlier, time(12), HANOI) if earlier else None,
            help_topics={
                criterion.key: criterion.name
                for criterion in self.criteria
                if answers.get(criterion.key) == SelfAnswer.HELP
            },
        )
