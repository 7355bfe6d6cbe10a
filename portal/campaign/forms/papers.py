"""A scanned paper in a form of the games' desk."""

from typing import Any

from django import forms
from PIL import Image, UnidentifiedImageError

from portal.core.pictures import reencode

MAX_MEGABYTES = 10


class PaperField(forms.FileField):
    """A PDF by its first bytes, or a picture made anew from its pixels: ready for the private store."""

    def __init__(self, *, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,.pdf"}),
            help_text=f"{help_text} Nặng tối đa {MAX_MEGABYTES} MB.".strip(),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if (file.size or 0) > MAX_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(f"Tệp nặng quá {MAX_MEGABYTES} MB. Xin chụp lại cỡ nhỏ hơn.")
        is_pdf = file.read(5).startswith(b"%PDF-")
        file.seek(0)
        if is_pdf:
            file.name = "giay-to.pdf"
            return file
        try:
            return reencode(file)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
            raise forms.ValidationError("Tệp này không phải ảnh hay PDF, hoặc đã hỏng. Xin chọn tệp khác.") from error
