"""What is typed at the door. No sentence tells whether an account exists, or which of two things was wrong."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail.admin.forms.auth import LoginForm

from portal.core.access import tries
from portal.core.access.factors import is_right_code
from portal.core.models import User
from portal.core.staff_forms import OfficeForm, ReasonForm

TOO_OFTEN = "Thử sai nhiều lần. Đợi {wait} rồi thử lại. Gấp thì gặp quản trị viên."
WRONG_CODE = "Mã chưa đúng hoặc đã đổi. Nhập mã đang hiện."


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
        attributes = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "characters"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attributes), **kwargs)


class CodeForm(OfficeForm):
    """The second step."""

    code = CodeBox(label="Mã 6 số")

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        self.request, self.user = request, user
        self.wait, self.is_wrong = 0, False
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """Look at the code, unless too many were wrong; a right one is used up."""
        code = str(self.cleaned_data["code"])
        self.wait = tries.seconds_to_wait(tries.CODE, self.user.username, self.request)
        if self.wait:
            raise ValidationError(TOO_OFTEN.format(wait=in_words(self.wait)))
        tries.note_try(tries.CODE, self.user.username, self.request)
        if not is_right_code(user=self.user, code=code):
            self.is_wrong = True
            raise ValidationError(WRONG_CODE)
        tries.forget_tries(tries.CODE, self.user.username, self.request)
        return code


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
