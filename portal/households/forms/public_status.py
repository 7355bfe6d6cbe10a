"""Looking up one's own family, and changing one's mind."""

from typing import Any

from django import forms
from django.core import signing

from portal.core.public_forms import FormToken, PlainText
from portal.households.enums import DataRequestKind, NameForm, Purpose
from portal.households.forms.public_registration import NAME_FORM_LABELS
from portal.households.models import Consent, Household

TICKET_SALT = "tra-cuu"
#: How long a status page may be acted upon before code and secret are asked again.
TICKET_SECONDS = 30 * 60
#: Purposes whose boxes stand on the status page; to leave the register altogether is a request of its own.
OPEN_PURPOSES = (
    Purpose.NAME,
    Purpose.PHOTO,
    Purpose.STORY,
    Purpose.FACEBOOK,
    Purpose.ZALO,
    Purpose.LOUDSPEAKER,
    Purpose.WINNER,
)
BOXES = {f"agree_{purpose.name.lower()}": purpose for purpose in OPEN_PURPOSES}


class LookupForm(forms.Form):
    """Code and second secret; never in an address."""

    use_required_attribute = False
    code = forms.CharField(error_messages={"required": "Xin điền mã hộ in trên giấy nhận."})
    secret = forms.CharField(error_messages={"required": "Xin điền số bí mật, 6 chữ số."})


def ticket_for(entered: Household) -> str:
    """Stands for code and secret in the forms of the status page; worth nothing once the secret is renewed."""
    return signing.dumps([entered.code, entered.secret_digest[:16]], salt=TICKET_SALT)


def household_of_ticket(ticket: str) -> Household | None:
    """The household of a ticket that still holds."""
    try:
        code, mark = signing.loads(ticket, salt=TICKET_SALT, max_age=TICKET_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    household = Household.objects.filter(code=code).first()
    return household if household and household.secret_digest[:16] == mark else None


class ConsentsForm(forms.Form):
    """The boxes as they stand today; taking a tick away ends what it allowed."""

    use_required_attribute = False
    name_form = forms.ChoiceField(choices=list(NAME_FORM_LABELS.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for box, purpose in BOXES.items():
            self.fields[box] = forms.BooleanField(required=False, label=purpose.label)

    @classmethod
    def of(cls, standing: dict[Purpose, Consent]) -> "ConsentsForm":
        """The form filled with what holds today."""
        granted = {purpose: row for purpose, row in standing.items() if row.is_granted}
        name = granted.get(Purpose.NAME)
        start: dict[str, Any] = {box: purpose in granted for box, purpose in BOXES.items()}
        return cls(initial={**start, "name_form": name.name_form if name else ""})

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes, in the order of the purposes."""
        return [self[box] for box in BOXES]

    @property
    def wanted(self) -> set[Purpose]:
        """Purposes whose boxes are ticked."""
        return {purpose for box, purpose in BOXES.items() if self.cleaned_data.get(box)}

    @property
    def name_form_wanted(self) -> NameForm | None:
        """How the name is to be shown."""
        value = self.cleaned_data.get("name_form")
        return NameForm(value) if value else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("agree_name") and not cleaned.get("name_form"):
            self.add_error("name_form", "Xin chọn một cách hiện tên, hoặc bỏ dấu ở ô tên.")
        return cleaned


class HelpForm(forms.Form):
    """A family that is known asks the team to come."""

    use_required_attribute = False
    prefix = "giup"
    token = forms.CharField(required=False)
    topic = PlainText(max_length=160, missing="Xin viết cần giúp việc gì.")

    @property
    def form_token(self) -> FormToken:
        """One-time token: the same form sent twice is one request."""
        return FormToken.read(str(self.data.get(self.add_prefix("token"), ""))) or FormToken.new()


class ObjectionForm(forms.Form):
    """A family asks again about a result."""

    use_required_attribute = False
    prefix = "hoi"
    asked_by = PlainText(max_length=120, missing="Xin điền tên người hỏi.")
    text = PlainText(max_length=500, missing="Xin ghi điều muốn hỏi.")


class DataRequestForm(forms.Form):
    """A copy, a correction, or to leave the register."""

    use_required_attribute = False
    KINDS = (
        (DataRequestKind.SEE, "Xin bản sao những gì xã ghi về gia đình"),
        (DataRequestKind.CORRECT, "Xin sửa chỗ ghi sai"),
        (DataRequestKind.ERASE, "Ra khỏi sổ"),
    )
    kind = forms.ChoiceField(choices=KINDS, error_messages={"required": "Xin chọn một việc."})
    asked_by = PlainText(max_length=120, missing="Xin điền tên người xin.")
    details = PlainText(max_length=400)
