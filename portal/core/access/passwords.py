"""Passwords that a neighbour would try first."""

import re

from django.core.exceptions import ValidationError

from portal.core.models import User
from portal.core.text import fold

#: What people here think of when a machine asks for a secret, without tones and spaces.
NEAR_AT_HAND = (
    *("giadinhso", "bato", "quangngai", "matkhau", "ubnd", "uyban", "chuyendoiso", "congnghe", "vietnam", "xinchao"),
    *("quantri", "canbo", "soho", "password", "admin", "qwerty", "abc", "iloveyou", "anhyeuem", "emyeuanh"),
)
#: Different letters that must remain; all digits in a row count as one.
LEAST_LEFT = 5


class NearAtHandValidator:
    """Refuses a password that is little more than the place's own words, running numbers or one letter repeated."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        left = re.sub(r"[^0-9a-z]", "", fold(password))
        for word in sorted(NEAR_AT_HAND, key=len, reverse=True):
            left = left.replace(word, "")
        if len(set(re.sub(r"\d+", "0", left))) < LEAST_LEFT:
            raise ValidationError(
                "Mật khẩu này dễ đoán. Ghép bốn, năm tiếng không liên quan nhau thì dễ nhớ mà khó đoán."
            )

    def get_help_text(self) -> str:
        """For the form."""
        return "Đừng dùng tên xã, tên người, năm sinh, dãy số liền nhau. Ghép bốn, năm tiếng không liên quan nhau."
