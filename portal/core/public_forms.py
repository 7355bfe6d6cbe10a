"""What all public forms share: a one-time token instead of a session, and boxes that refuse secret numbers.

A family has no account and gets no cookie, so a form carries a signed token of its own. It names the form (sent
twice, it is still one form), says when it was opened, and cannot be made up by another site's page beforehand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.phones import PhoneRefused, read_phone, spaced
from portal.core.sensitive import Kind, secret_in_answer
from portal.core.text import nfc

FORM_SALT = "phieu-cong-khai"
#: A form may lie open for a day: filled in the morning, sent when there is signal in the evening.
FRESH_FOR = timedelta(hours=24)
#: Nobody reads and fills a form faster than this.
HUMAN_SECONDS = 3

ID_NUMBER = "Ô này có 12 chữ số giống số căn cước. Xã không cần số đó, xin xóa rồi gửi."
BANK_OR_CODE = "Số này giống số tài khoản hoặc mã OTP. Xin xóa đi; đừng gửi số đó cho ai, kể cả xã."


@dataclass(frozen=True)
class FormToken:
    """Which form this is, and when it was opened."""

    uuid: UUID
    opened_at: datetime

    @classmethod
    def new(cls) -> "FormToken":
        """For a form that is opened now."""
        return cls(uuid4(), timezone.now())

    @classmethod
    def read(cls, signed: str) -> "FormToken | None":
        """The token as it came back; None when it was altered, or never ours."""
        try:
            uuid, opened = signing.loads(signed, salt=FORM_SALT)
            return cls(UUID(uuid), datetime.fromisoformat(opened))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    @property
    def signed(self) -> str:
        """For the hidden box of the form."""
        return signing.dumps([str(self.uuid), self.opened_at.isoformat()], salt=FORM_SALT)

    @property
    def is_fresh(self) -> bool:
        """Whether the form was opened within the last day."""
        return timezone.now() - self.opened_at < FRESH_FOR

    @property
    def is_hasty(self) -> bool:
        """Whether it came back faster than a person fills it in; before it was opened, the clock was put right."""
        return timedelta(0) <= timezone.now() - self.opened_at < timedelta(seconds=HUMAN_SECONDS)

    def renewed(self) -> "FormToken":
        """The same form opened again: should the first sending have arrived after all, it is still one form."""
        # It was read long ago, so that the next press may come at once.
        return FormToken(self.uuid, timezone.now() - timedelta(seconds=HUMAN_SECONDS))


def refuse_secret_numbers(text: str) -> None:
    """Turn away what looks like an ID number, an account or a one-time code; a phone number may stand."""
    kind = secret_in_answer(text)
    if kind is not None:
        raise ValidationError(ID_NUMBER if kind is Kind.CITIZEN_ID else BANK_OR_CODE)


class PlainText(forms.CharField):
    """One line of words, stored as composed letters, with single spaces and without secret numbers."""

    def __init__(self, *, max_length: int, missing: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(missing))
        super().__init__(max_length=None, error_messages={"required": missing} if missing else None, **kwargs)
        self.limit = max_length

    def clean(self, value: Any) -> str:
        text = " ".join(nfc(super().clean(value)).split())
        if len(text) > self.limit:
            over = len(text) - self.limit
            raise ValidationError(f"Dài quá {over} ký tự. Ô này nhận tối đa {self.limit}, kể cả dấu cách.")
        refuse_secret_numbers(text)
        return text


class PhoneField(forms.CharField):
    """A phone number as people write it; kept as `0356 123 456` until a service stores it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        typed = nfc(super().clean(value))
        digits = re.sub(r"\D", "", typed)
        if len(digits) == 12 and not digits.startswith("84"):
            raise ValidationError(ID_NUMBER)
        if len(digits) == 6:
            raise ValidationError(BANK_OR_CODE)
        try:
            number = read_phone(typed)
        except PhoneRefused as refusal:
            raise ValidationError(str(refusal), code="phone", params={"suggestion": refusal.suggestion}) from refusal
        return spaced(number) if number else ""


class PublicForm(forms.Form):
    """A form without a session: token, a box that only machines fill, and errors in our own words."""

    use_required_attribute = False
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    #: Hidden from people; what fills in every box it finds is no person.
    website = forms.CharField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.form_token = FormToken.read(str(data.get("token", ""))) if data else None

    @property
    def signed_token(self) -> str:
        """The form's token again while it is fresh, otherwise a renewed or a new one."""
        token = self.form_token or FormToken.new()
        return (token if token.is_fresh else token.renewed()).signed

    @property
    def looks_like_a_machine(self) -> bool:
        """Filled the hidden box, or came back at once."""
        return bool(self.data.get("website")) or (self.form_token is not None and self.form_token.is_hasty)

    @property
    def suggested_phone(self) -> str:
        """The new number behind an old eleven-digit one, to be asked about."""
        for error in self.errors.as_data().get("phone", []):
            if error.params and error.params.get("suggestion"):
                return str(error.params["suggestion"])
        return ""

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """[(id of the box, sentence), …] for the summary on top, in the order of the page."""
        return [(f"id_{name}", str(errors[0])) for name, errors in self.errors.items()]
