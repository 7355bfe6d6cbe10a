"""A yes or no that came on paper, by word of mouth or by telephone, with the rule for children."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from portal.households.enums import ConsentMeans, NameForm, Purpose, Subject
from portal.households.forms.public_status import OPEN_PURPOSES
from portal.households.forms.team import DeskForm
from portal.households.forms.team_proposals import day
from portal.households.services.consents import Saying

YES, NO = "dong-y", "thoi"
ANSWERS = ((YES, "đồng ý"), (NO, "thôi, không đồng ý nữa"))
MEANS = [(means.value, means.label) for means in ConsentMeans if means != ConsentMeans.WEB]
CHILDREN = {Subject.CHILD, Subject.SMALL_CHILD}
NEEDS_WITNESS = {ConsentMeans.SPOKEN, ConsentMeans.THUMB}


class ConsentForm(DeskForm):
    """One saying to one purpose by one person. To leave the register altogether is a request about data."""

    purpose = forms.ChoiceField(label="Việc gì", choices=[(purpose.value, purpose.label) for purpose in OPEN_PURPOSES])
    answer = forms.ChoiceField(
        label="Trả lời",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn: đồng ý hay thôi."},
    )
    name_form = forms.ChoiceField(
        label="Hiện tên thế nào", choices=NameForm.choices, widget=forms.RadioSelect, required=False,
        help_text="Chỉ chọn khi đồng ý đăng tên ở trang Vinh danh.",
    )  # fmt: skip
    subject = forms.ChoiceField(label="Của ai", choices=Subject.choices)
    subject_name = forms.CharField(
        label="Tên người đó", max_length=120, required=False, help_text="Để trống nếu là chủ hộ."
    )
    guardian_name = forms.CharField(
        label="Cha, mẹ hoặc người giám hộ", max_length=120, required=False, help_text="Cần khi là trẻ dưới 16 tuổi."
    )
    child_agrees = forms.BooleanField(label="Đã hỏi riêng em, em cũng đồng ý (trẻ từ đủ 7 tuổi)", required=False)
    means = forms.ChoiceField(
        label="Bằng cách nào",
        choices=MEANS,
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn cách gia đình nói."},
    )
    witness_name = forms.CharField(
        label="Người làm chứng", max_length=120, required=False, help_text="Cần khi điểm chỉ hoặc nói miệng."
    )
    said_on = day("Nói, ký ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_on"].initial = timezone.localdate()

    def clean_said_on(self) -> date:
        """Not in days to come."""
        said_on: date = self.cleaned_data["said_on"]
        if said_on > timezone.localdate():
            raise forms.ValidationError("Ngày này chưa tới.")
        return said_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_granted, subject = cleaned.get("answer") == YES, cleaned.get("subject")
        if subject != Subject.HEAD:
            self._check_person(cleaned, is_granted)
        elif is_granted and cleaned.get("purpose") == Purpose.NAME and not cleaned.get("name_form"):
            self.add_error("name_form", "Đồng ý đăng tên thì xin chọn hiện tên thế nào.")
        if is_granted and cleaned.get("means") == ConsentMeans.PHONE:
            self.add_error("means", "Gọi điện thì chỉ ghi được việc thôi đồng ý. Đồng ý thì cần ký, điểm chỉ hoặc nói.")
        if cleaned.get("means") in NEEDS_WITNESS and not cleaned.get("witness_name"):
            self.add_error("witness_name", "Điểm chỉ hoặc nói thì xin ghi người làm chứng.")
        return cleaned

    def _check_person(self, cleaned: dict[str, Any], is_granted: bool) -> None:
        if cleaned.get("purpose") == Purpose.NAME:
            self.add_error("purpose", "Trang Vinh danh chỉ hiện tên chủ hộ, nên chỉ chủ hộ trả lời việc này.")
        if not cleaned.get("subject_name"):
            self.add_error("subject_name", "Xin ghi tên người đó.")
        # Luật 91/2025, Điều 24: from seven on the child and the guardian both agree; younger, the guardian.
        if is_granted and cleaned.get("subject") in CHILDREN and not cleaned.get("guardian_name"):
            self.add_error("guardian_name", "Trẻ em thì cha, mẹ hoặc người giám hộ phải đồng ý. Xin ghi tên người đó.")
        if is_granted and cleaned.get("subject") == Subject.CHILD and not cleaned.get("child_agrees"):
            self.add_error("child_agrees", "Em từ đủ 7 tuổi thì cả em cũng phải đồng ý. Em nói không thì không đăng.")

    def saying(self) -> Saying:
        """What the ledger takes."""
        typed = self.cleaned_data
        purpose, is_granted = Purpose(typed["purpose"]), typed["answer"] == YES
        shows_name = purpose == Purpose.NAME and is_granted
        return Saying(
            purpose=purpose,
            is_granted=is_granted,
            name_form=NameForm(typed["name_form"]) if shows_name else None,
            subject=Subject(typed["subject"]),
            subject_name=typed["subject_name"] if typed["subject"] != Subject.HEAD else "",
            guardian_name=typed["guardian_name"],
            child_agrees=typed["child_agrees"],
        )

    @property
    def said_at(self) -> datetime:
        """Today: now. On a day gone by nobody knows the hour: a no counts from its end, a yes from its beginning."""
        said_on: date = self.cleaned_data["said_on"]
        if said_on == timezone.localdate():
            return timezone.now()
        hour = time.min if self.cleaned_data["answer"] == YES else time.max
        return timezone.make_aware(datetime.combine(said_on, hour))
