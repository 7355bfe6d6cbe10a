"""A new secret number for a family that stands before the desk."""

from django import forms

from portal.core.public_forms import FormToken

REASONS = (
    "Mất giấy nhận, mất thẻ",
    "Quên số bí mật",
    "Lộ số cho người khác",
    "Hộ vào sổ chưa có số",
)


class RenewSecretForm(forms.Form):
    """Why, and a token that makes a second press the same as the first."""

    use_required_attribute = False
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="Vì sao cấp số mới",
        choices=[(reason, reason) for reason in REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Xin chọn một lý do.", "invalid_choice": "Xin chọn một lý do trong danh sách."},
    )

    @property
    def form_token(self) -> FormToken | None:
        """The token as it came back, while it is fresh: a page found the next day shows no number any more."""
        token = FormToken.read(str(self.data.get("token", "")))
        return token if token and token.is_fresh else None
