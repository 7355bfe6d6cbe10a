"""“Nhờ tổ đến giúp”: anybody, about anything, for oneself or a neighbour."""

from collections.abc import Mapping
from typing import Any

from django import forms

from portal.core.public_forms import PhoneField, PlainText, PublicForm
from portal.households.help_topics import help_topic
from portal.households.models import Village

TOPIC_LENGTH = 160


class HelpForm(PublicForm):
    """Who, where, what; a phone if there is one."""

    name = PlainText(max_length=120, missing="Xin điền tên người cần giúp.")
    village = forms.ModelChoiceField(
        Village.objects.none(),
        empty_label="Chọn thôn",
        error_messages={"required": "Xin chọn thôn.", "invalid_choice": "Xin chọn thôn trong danh sách."},
    )
    topic = PlainText(max_length=TOPIC_LENGTH, missing="Xin viết cần giúp việc gì.")
    phone = PhoneField()
    from_path = forms.CharField(required=False)
    about = forms.CharField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, villages: Any, **kwargs: Any) -> None:
        if data and data.get("new_phone"):
            data = {**{name: data.get(name) for name in data}, "phone": data["new_phone"]}
        super().__init__(data, **kwargs)
        self.fields["village"].queryset = villages  # type: ignore[attr-defined]

    def clean_about(self) -> str:
        """Something that is shown today, or nothing: the words of the family are what counts."""
        key = str(self.cleaned_data["about"])
        return key if help_topic(key) else ""

    def clean_from_path(self) -> str:
        """A page of ours, or nothing."""
        path = str(self.cleaned_data["from_path"])
        return path[:250] if path.startswith("/") and not path.startswith("//") else ""
