"""What makes the answers of a question whole. Pure."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

OPTIONS_ALLOWED = (2, 4)


def check_options(options: Iterable[tuple[str, bool]]) -> None:
    """Two to four different answers, exactly one of them right; raises ValidationError in words."""
    given = [(text.strip(), right) for text, right in options if text.strip()]
    low, high = OPTIONS_ALLOWED
    if not low <= len(given) <= high:
        raise ValidationError(f"Mỗi câu hỏi có từ {low} đến {high} câu trả lời.")
    if len({text for text, _right in given}) != len(given):
        raise ValidationError("Có hai câu trả lời giống nhau.")
    if sum(right for _text, right in given) != 1:
        raise ValidationError("Xin đánh dấu đúng một câu trả lời là câu đúng.")
