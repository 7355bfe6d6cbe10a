"""What is typed at the door. No sentence tells whether an account exists, or which of two things was wrong."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail.admin.forms.auth import LoginForm

from portal.core.access import tries
from portal.core.access.factors import has_telephone, is_right_code
from portal.core.access.network import device_of
from portal.core.access.passkeys import is_right_passkey
from portal.core.models import User
from portal.core.staff_forms import OfficeForm, ReasonForm
from portal.core.text import nfc

TOO_OFTEN = "Thử sai nhiều lần. Đợi {wait} rồi thử lại. Gấp thì gặp quản trị viên."
WRONG_CODE = "Mã chưa đúng hoặc đã đổi. Nhập mã đang hiện."
WRONG_RECOVERY_CODE = "Mã dự phòng chưa đúng hoặc đã dùng rồi."
WRONG_PASSKEY = "Khóa chưa mở được. Bấm lần nữa, hoặc nhập mã."
WRONG_NEW_PASSKEY = "Chưa thêm được khóa. Bấm lần nữa."
#: An answer of a browser has some two thousand letters.
PASSKEY_LETTERS = 20_000


def in_words(seconds: int) -> str:
    """“40 giây”, “3 phút”; a started minute counts."""
    return f"{seconds} giây" if seconds < 60 else f"{-(-seconds // 60)} phút"


class SignInForm(LoginForm):
    """Wagtail's form, whose password box has no label of its own to translate, behind the count of wrong tries."""

    #: Seconds until the next try, when this one was not looked at.
    wait = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mật khẩu"

    def clean(self) -> dict[str, Any]:
        """Look at the password, unless too many were wrong."""
        username = str(self.cleaned_data.get("username", ""))
        if not username or not self.cleaned_data.get("password"):
            cleaned: dict[str, Any] = super().clean()
            return cleaned
        self.wait = tries.seconds_to_wait(tries.PASSWORD, username, self.request)
        if self.wait:
            raise ValidationError(TOO_OFTEN.format(wait=in_words(self.wait)))
        tries.note_try(tries.PASSWORD, username, self.request)
        cleaned = super().clean()
        tries.forget_tries(tries.PASSWORD, username, self.request)
        return cleaned


class CodeBox(forms.CharField):
    """Six digits from the telephone, or a recovery code."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "one-time-code"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attributes), **kwargs)


class AnswerInput(forms.HiddenInput):
    """Says nothing of what a browser has answered: it serves once, and a code may be typed beside it."""

    def format_value(self, value: Any) -> None:
        """Always empty."""


class PasskeyBox(forms.CharField):
    """What the browser says of a passkey; filled by static/js/passkey.js, in a form of its own on the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=PASSKEY_LETTERS, widget=AnswerInput, **kwargs)


class CodeForm(OfficeForm):
    """The second step: a code, or the answer of a passkey instead of it."""

    code = CodeBox(label="Mã 6 số")
    passkey = PasskeyBox(required=False)

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        self.request, self.user = request, user
        self.wait, self.is_wrong = 0, False
        super().__init__(*args, **kwargs)
        self.is_by_passkey = bool(self.data.get("passkey"))
        self.fields["code"].required = not self.is_by_passkey
        self.has_telephone = has_telephone(user)
        if not self.has_telephone:
            self.fields["code"].label = "Mã dự phòng"
            self.fields["code"].widget.attrs["autocomplete"] = "off"

    def clean_code(self) -> str:
        """Look at the code; a right one is used up."""
        code = str(self.cleaned_data["code"])
        refusal = WRONG_CODE if self.has_telephone else WRONG_RECOVERY_CODE
        if not self.is_by_passkey:
            self._look(lambda: is_right_code(user=self.user, code=code), refusal)
        return code

    def clean_passkey(self) -> str:
        """Look at the answer, which is one to the question of this session and serves once."""
        answer = str(self.cleaned_data["passkey"])
        if answer:
            self._look(lambda: is_right_passkey(request=self.request, user=self.user, answer=answer), WRONG_PASSKEY)
        return answer

    def _look(self, is_right: Callable[[], bool], refusal: str) -> None:
        """Unless too many were wrong."""
        self.wait = tries.seconds_to_wait(tries.CODE, self.user.username, self.request)
        if self.wait:
            raise ValidationError(TOO_OFTEN.format(wait=in_words(self.wait)))
        tries.note_try(tries.CODE, self.user.username, self.request)
        if not is_right():
            self.is_wrong = True
            raise ValidationError(refusal)
        tries.forget_tries(tries.CODE, self.user.username, self.request)


class NewPasskeyForm(OfficeForm):
    """What the owner calls a key that the browser has made. Nothing is wrong with a name: the key is made already."""

    name = forms.CharField(label="Đặt tên cho khóa", required=False)
    passkey = PasskeyBox()

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.device = device_of(request)
        super().__init__(*args, initial={"name": self.device}, **kwargs)

    def clean_name(self) -> str:
        """As much of it as there is room for."""
        return nfc(str(self.cleaned_data["name"]))[:80].strip() or self.device


class FirstCodeForm(OfficeForm):
    """Shows that the telephone has taken the secret."""

    code = CodeBox(label="Mã 6 số đang hiện trên điện thoại")


class CloseAccountForm(ReasonForm):
    """Who takes over, and why the account is closed."""

    successor = forms.ModelChoiceField(label="Người nhận việc", queryset=User.objects.none(), required=False)

    field_order = ["successor", "reason"]

    def __init__(self, *args: Any, leaving: User, must_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_active=True).exclude(pk=leaving.pk).order_by("full_name", "username")
        successor = cast("forms.ModelChoiceField[User]", self.fields["successor"])
        successor.queryset, successor.required = colleagues, must_hand_over
