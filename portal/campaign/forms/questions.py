"""The editor's form of a question of the bank."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from portal.campaign.enums import QuestionUse
from portal.campaign.models import Round
from portal.core.text import nfc
from portal.core.upload_forms import allow_long_typing

STILL_PLAYED = (
    "Câu này đang ở {round}, chưa công bố kết quả. Để tập thì bà con biết đáp án trước; xin chờ có kết quả đã."
)


class QuestionForm(WagtailAdminModelForm):
    """Composed letters, nothing cut off, and no answer given away while it is played for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allow_long_typing(self.fields)
        for field in self.fields.values():
            if getattr(field, "max_length", None):
                field.error_messages["max_length"] = (
                    "Ô này nhận tối đa %(limit_value)s ký tự, đang có %(show_value)s. Xin viết gọn lại, chữ vẫn còn."
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("use") == QuestionUse.PRACTICE and self.instance.pk:
            played = Round.objects.filter(announced_at__isnull=False, results_at=None).select_related("game")
            if round_ := played.filter(questions__question=self.instance).first():
                self.add_error("use", STILL_PLAYED.format(round=round_))
        return {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}
