"""The registration form of the public page; a pile of paper forms follows the same order of questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from portal.core.http import whole_number
from portal.core.public_forms import PhoneField, PlainText, PublicForm
from portal.households.consent_texts import consent_texts
from portal.households.enums import ConsentMeans, NameForm, PhoneOwner, Purpose, SelfAnswer
from portal.households.forms.public_questions import QuestionsMixin
from portal.households.models import CriteriaSet, Village
from portal.households.names import short_name, shown_name
from portal.households.services.registrations import Application

MAX_MEMBERS = 40
#: Box of the form for each purpose that is asked at registration, in the order of the page.
CONSENT_BOXES = {
    "agree_register": Purpose.REGISTER,
    "agree_name": Purpose.NAME,
    "agree_photo": Purpose.PHOTO,
    "agree_story": Purpose.STORY,
    "agree_facebook": Purpose.FACEBOOK,
    "agree_zalo": Purpose.ZALO,
    "agree_loudspeaker": Purpose.LOUDSPEAKER,
}
NAME_FORM_LABELS = {
    NameForm.FULL: "Họ tên chủ hộ",
    NameForm.SHORT: f"Tên viết gọn, ví dụ “{short_name('Phạm Văn Đền')}”",
    NameForm.VILLAGE: "Chỉ tên thôn",
}


def _box() -> forms.BooleanField:
    return forms.BooleanField(required=False)


class RegistrationForm(QuestionsMixin, PublicForm):
    """Where we live, whom to call, five questions, what we allow, and who filled it in."""

    village = forms.ModelChoiceField(
        Village.objects.none(),
        empty_label="Chọn thôn",
        error_messages={"required": "Xin chọn thôn.", "invalid_choice": "Xin chọn thôn trong danh sách."},
    )
    head_name = PlainText(max_length=120, missing="Xin điền họ và tên chủ hộ.")
    nickname = PlainText(max_length=80)
    neighbour_hint = PlainText(max_length=160)
    member_count = forms.CharField(required=False)
    phone = PhoneField()
    phone_owner = forms.ChoiceField(choices=PhoneOwner.choices, required=False)
    agree_register = forms.BooleanField(
        error_messages={
            "required": "Không đánh dấu ô 1 thì chưa có mã hộ. Gia đình vẫn được tập huấn, được giúp như mọi nhà."
        }
    )
    agree_name = _box()
    name_form = forms.ChoiceField(choices=list(NAME_FORM_LABELS.items()), required=False)
    agree_photo = _box()
    agree_story = _box()
    agree_facebook = _box()
    agree_zalo = _box()
    agree_loudspeaker = _box()
    is_helper = _box()
    helper_name = PlainText(max_length=120)
    family_present = _box()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, villages: Any, criteria_set: CriteriaSet | None, **kwargs: Any
    ) -> None:
        if isinstance(data, MultiValueDict) and data.get("new_phone"):
            # The button beside an old number: take the new one.
            data = data.copy()
            data["phone"] = data["new_phone"]
        super().__init__(data, **kwargs)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]
        self.add_questions(criteria_set)

    def clean_member_count(self) -> int | None:
        """A number of people, or nothing."""
        typed = str(self.cleaned_data["member_count"]).strip()
        if not typed:
            return None
        count = whole_number(typed)
        if count is None or not 1 <= count <= MAX_MEMBERS:
            raise ValidationError(f"Xin viết số người bằng chữ số, từ 1 đến {MAX_MEMBERS}, ví dụ 5.")
        return count

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("agree_name") and not cleaned.get("name_form"):
            self.add_error("name_form", "Ô 2 đã đánh dấu. Xin chọn một cách hiện tên, hoặc bỏ dấu ô 2.")
        if cleaned.get("is_helper"):
            if not cleaned.get("helper_name") and "helper_name" not in self.errors:
                self.add_error("helper_name", "Xin điền họ và tên người điền giúp.")
            if not cleaned.get("family_present"):
                self.add_error("family_present", "Điền giúp thì gia đình phải có mặt và nghe đọc từng câu.")
        return cleaned

    @cached_property
    def sentences(self) -> dict[str, str]:
        """{box: the whole sentence that it stands for}."""
        texts = {text.purpose: text.sentence for text in consent_texts()}
        return {box: texts[purpose] for box, purpose in CONSENT_BOXES.items()}

    @property
    def consents(self) -> tuple[Purpose, ...]:
        """Purposes whose boxes are ticked."""
        return tuple(purpose for box, purpose in CONSENT_BOXES.items() if self.cleaned_data.get(box))

    @property
    def shown_name(self) -> str:
        """What the honour roll would show."""
        chosen, village = self.cleaned_data.get("name_form"), self.cleaned_data["village"]
        if chosen == NameForm.VILLAGE:
            return f"Một gia đình ở {village}"
        return shown_name(self.cleaned_data["head_name"], NameForm(chosen)) if chosen else ""

    def application(self) -> Application:
        """The form as the service takes it; only after is_valid()."""
        cleaned, token = self.cleaned_data, self.form_token
        if token is None:
            raise ValueError("a form without its token cannot be entered")
        helped = cleaned["is_helper"]
        phone = cleaned["phone"]
        answers = self.answers
        return Application(
            token=token.uuid,
            village=cleaned["village"],
            head_name=cleaned["head_name"],
            details={
                "nickname": cleaned["nickname"],
                "neighbour_hint": cleaned["neighbour_hint"],
                "member_count": cleaned["member_count"],
                "phone": phone,
                "phone_owner": cleaned["phone_owner"] if phone else "",
            },
            answers=answers,
            consents=self.consents,
            name_form=NameForm(cleaned["name_form"]) if cleaned["agree_name"] else None,
            # Read aloud to a family that is present: spoken consent, and the helper is the witness.
            means=ConsentMeans.SPOKEN if helped else ConsentMeans.WEB,
            witness_name=cleaned["helper_name"] if helped else "",
            helper_name=cleaned["helper_name"] if helped else "",
            help_topics={item.key: item.name for item in self.criteria if answers.get(item.key) == SelfAnswer.HELP},
        )
