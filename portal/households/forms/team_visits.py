"""The visit form: made from the criteria in force, and answered with as many thumbs as there are questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.upload_forms import WholeImageField
from portal.households.enums import Basis, CapableMember, Channel, Result
from portal.households.forms.team import DeskForm, MinutePicker
from portal.households.models import CriteriaSet, Criterion, Household, Visit
from portal.households.services.visits import CLOCK_TOLERANCE, VisitReport
from portal.households.standing import HANOI

OWN_HOUSE = "Đây là nhà anh/chị hoặc người thân; người khác trong tổ thăm hộ này. Xin nhờ người đó ghi."
MINUTE = "%Y-%m-%dT%H:%M"
BARRIERS = ("has_no_signal", "has_no_power", "has_hardship")
MAX_PHOTO_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Question:
    """One finding key on the form: what was found, and on what that rests."""

    key: str
    label: str
    result: Any
    basis: Any


class VisitForm(DeskForm):
    """One visit. Its id is made when the form is opened: the same form sent twice is one visit."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    corrects = forms.UUIDField(widget=forms.HiddenInput, required=False)
    visited_at = forms.DateTimeField(
        label="Thăm lúc",
        input_formats=[MINUTE, f"{MINUTE}:%S", "%d/%m/%Y %H:%M"],
        widget=MinutePicker,
        error_messages={
            "required": "Xin ghi ngày giờ thăm.",
            "invalid": "Không có ngày này trên lịch. Viết ngày/tháng/năm giờ:phút, ví dụ 05/02/2027 09:00.",
        },
    )
    capable_member = forms.ChoiceField(label="Ai trong nhà dùng được dịch vụ số", choices=CapableMember.choices)
    capable_basis = forms.ChoiceField(
        label="Dựa vào đâu", choices=Basis.choices, required=False, widget=forms.RadioSelect
    )
    has_no_signal = forms.BooleanField(label="Nhà không có sóng", required=False)
    has_no_power = forms.BooleanField(label="Nhà không có điện", required=False)
    has_hardship = forms.BooleanField(label="Già yếu hoặc khuyết tật", required=False)
    note = forms.CharField(
        label="Ghi chú cho lần sau",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Không ghi số căn cước, số tài khoản.",
    )
    photo = WholeImageField(
        label="Ảnh làm chứng",
        required=False,
        help_text="Chỉ tổ của thôn và cán bộ sổ hộ xem được. Nơi chụp được bỏ khỏi ảnh.",
    )
    photo_note = forms.CharField(label="Ảnh gì", max_length=160, required=False)
    is_own_house = forms.BooleanField(label="Đây là nhà tôi hoặc nhà người thân", required=False)

    def __init__(
        self, *args: Any, criteria_set: CriteriaSet, household: Household, old: Visit | None = None, **kwargs: Any
    ) -> None:
        self.criteria_set, self.household = criteria_set, household
        self.criteria: list[Criterion] = list(criteria_set.criteria.all())
        super().__init__(*args, initial=_initial(household, old), **kwargs)
        for key, _label in self._keys():
            self.fields[f"result_{key}"] = _radio(f"Kết quả, mục {key}", Result.choices)
            self.fields[f"basis_{key}"] = _radio(f"Dựa vào đâu, mục {key}", Basis.choices)

    def _keys(self) -> list[tuple[str, str]]:
        return [pair for criterion in self.criteria for pair in _keys_of(criterion)]

    @property
    def questions(self) -> list[tuple[Criterion, list[Question]]]:
        """Criterion by criterion, for the page."""
        return [
            (
                criterion,
                [
                    Question(key, label, self[f"result_{key}"], self[f"basis_{key}"])
                    for key, label in _keys_of(criterion)
                ],
            )
            for criterion in self.criteria
        ]

    def clean_visited_at(self) -> datetime:
        """A visit has been made: the day is not to come."""
        visited_at: datetime = self.cleaned_data["visited_at"]
        if visited_at > timezone.now() + CLOCK_TOLERANCE:
            raise ValidationError("Ngày này chưa tới. Xin ghi ngày đã thăm.")
        if visited_at < timezone.now() - timedelta(days=3660):
            raise ValidationError("Ngày này xa quá. Xin xem lại năm.")
        return visited_at

    def clean_photo(self) -> Any:
        """Refuse what no phone sends."""
        photo = self.cleaned_data.get("photo")
        if photo and photo.size > MAX_PHOTO_BYTES:
            raise ValidationError("Ảnh nặng quá 10 MB. Chọn ảnh khác hoặc chụp lại cỡ nhỏ. Các ô khác vẫn còn.")
        return photo

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_own_house"):
            self.add_error("is_own_house", OWN_HOUSE)
        answered = [key for key, _label in self._keys() if cleaned.get(f"result_{key}")]
        if not answered:
            raise ValidationError("Lượt thăm chưa ghi kết quả nào. Xin chọn ít nhất một mục.")
        for key in answered:
            if cleaned[f"result_{key}"] != Result.UNCLEAR and not cleaned.get(f"basis_{key}"):
                self.add_error(f"basis_{key}", "Xin ghi căn cứ: thấy tận nơi, gia đình kể hay giấy tờ.")
        return cleaned

    def report(self, channel: Channel) -> VisitReport:
        """What the service takes."""
        cleaned = self.cleaned_data
        return VisitReport(
            client_id=cleaned["client_id"],
            code=self.household.code,
            visited_at=cleaned["visited_at"],
            criteria_set_id=self.criteria_set.pk,
            findings={key: self._finding(key) for key, _label in self._keys() if cleaned.get(f"result_{key}")},
            corrects=cleaned.get("corrects"),
            note=cleaned["note"],
            channel=channel,
        )

    def _finding(self, key: str) -> tuple[Result, Basis | None]:
        result, basis = Result(self.cleaned_data[f"result_{key}"]), self.cleaned_data.get(f"basis_{key}")
        return result, Basis(basis) if basis and result != Result.UNCLEAR else None

    def household_changes(self) -> Mapping[str, Any]:
        """What the visit learned about the house."""
        return {name: self.cleaned_data[name] for name in BARRIERS}

    @property
    def capable(self) -> tuple[CapableMember, Basis | None]:
        """Who can use digital services, as the visit found, and on what that rests."""
        basis = self.cleaned_data["capable_basis"]
        return CapableMember(self.cleaned_data["capable_member"]), Basis(basis) if basis else None


def _keys_of(criterion: Criterion) -> list[tuple[str, str]]:
    return [(f"{criterion.key}{use}", label) for use, label in criterion.uses] or [(criterion.key, "")]


def _radio(label: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


def _initial(household: Household, old: Visit | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "client_id": uuid4(),
        "visited_at": timezone.now().astimezone(HANOI),
        "capable_member": household.capable_member,
        **{name: getattr(household, name) for name in BARRIERS},
    }
    if old is not None:
        values |= {"corrects": old.client_id, "visited_at": old.visited_at.astimezone(HANOI), "note": old.note}
        for finding in old.findings.all():
            values |= {f"result_{finding.key}": finding.result, f"basis_{finding.key}": finding.basis}
    return values


def read_uuid(typed: str) -> UUID | None:
    """An id from an address; None when it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None
