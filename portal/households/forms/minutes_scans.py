"""Photographs or a PDF of the signed minutes: several at once, each made safe before it is kept."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from portal.core.pictures import reencode
from portal.core.upload_forms import WholeImageField
from portal.core.uploads import megabytes, validate_pdf
from portal.households.forms.team import DeskForm
from portal.households.services.minutes_scans import ScannedFile

MAX_FILES = 10
MAX_PHOTO_BYTES = 10_000_000
MAX_PDF_BYTES = 20_000_000


class SeveralFilesInput(forms.FileInput):
    """A box that takes more than one file."""

    allow_multiple_selected = True


class ScansField(forms.FileField):
    """Pictures and PDFs; what comes out is ready to be kept."""

    def clean(self, data: Any, initial: Any = None) -> list[ScannedFile]:
        """Every file by what is in it; the sentence names the one that is refused."""
        given = [file for file in (data if isinstance(data, Sequence) else [data]) if file]
        if not given:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(given) > MAX_FILES:
            raise ValidationError(f"Mỗi lần gửi nhiều nhất {MAX_FILES} tệp. Xin gửi làm nhiều lần.")
        return [self._made_safe(file) for file in given]

    def _made_safe(self, file: Any) -> ScannedFile:
        try:
            whole = super().clean(file)
            digest = sha256(whole.read()).hexdigest()
            whole.seek(0)
            if str(whole.name).lower().endswith(".pdf"):
                validate_pdf(whole, MAX_PDF_BYTES)
                return ScannedFile(digest, ContentFile(whole.read(), name="bien-ban.pdf"))
            if whole.size > MAX_PHOTO_BYTES:
                most = megabytes(MAX_PHOTO_BYTES)
                raise ValidationError(f"Ảnh nặng {megabytes(whole.size)}, xã nhận tối đa {most}. Xin chụp lại cỡ nhỏ.")
            return ScannedFile(digest, reencode(WholeImageField().clean(whole)))
        except ValidationError as refusal:
            raise ValidationError([f"{file.name}: {sentence}" for sentence in refusal.messages]) from refusal


class MinutesScansForm(DeskForm):
    """Add pages of the signed minutes."""

    scans = ScansField(
        label="Ảnh chụp từng trang, hoặc một tệp PDF",
        widget=SeveralFilesInput(attrs={"accept": "image/*,application/pdf,.pdf"}),
        help_text="Chọn được nhiều ảnh một lần. Chỉ tổ của thôn, cán bộ sổ hộ và lãnh đạo xem được.",
        error_messages={"required": "Xin chọn ảnh hoặc tệp PDF.", "empty": "Tệp này trống, không có gì trong đó."},
    )
