"""Checks of uploaded files by what is in them, not by their names."""

import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from tinytag import TinyTag, TinyTagException

MAX_RECORDING_BYTES = 20 * 1024 * 1024
OFFICE_EXTENSIONS = {"docx", "xlsx", "pptx", "odt", "ods"}


class UploadLimit(FileUploadHandler):
    """Stops keeping a file that is too large, and reads on: everything else in the form is still there.

    Put in front with `guard_uploads` before anything looks at request.POST.
    """

    def __init__(self, request: HttpRequest, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.was_passed = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.limit:
            self.was_passed = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps it."""


def guard_uploads(request: HttpRequest, limit: int) -> UploadLimit:
    """Let no file of this request grow beyond so many bytes; the guard says afterwards whether one tried to."""
    guard = UploadLimit(request, limit)
    request.upload_handlers.insert(0, guard)
    return guard


def megabytes(size: int) -> str:
    """“12,5 MB”."""
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def read_recording(file: Any) -> TinyTag:
    """What the sound file says of itself; raises ValidationError when it is no sound file."""
    file.seek(0)
    try:
        tag = TinyTag.get(filename=getattr(file, "name", None), file_obj=file)
    except (TinyTagException, ValueError, IndexError, OSError, AttributeError) as error:
        raise ValidationError("Tệp này không phải bản ghi âm. Xin chọn tệp MP3, M4A, OGG hoặc OPUS.") from error
    finally:
        file.seek(0)
    if not tag.duration:
        raise ValidationError("Không đọc được độ dài của bản ghi. Xin lưu lại thành MP3 rồi tải lên.")
    return tag


def validate_recording(file: Any) -> None:
    """Refuse what is too big or is no sound."""
    if file.size > MAX_RECORDING_BYTES:
        raise ValidationError(
            f"Bản ghi nặng {megabytes(file.size)}, nhận tối đa {megabytes(MAX_RECORDING_BYTES)}. "
            "Xin cắt ngắn hoặc lưu ở chất lượng thấp hơn."
        )
    read_recording(file)


def validate_document(file: Any) -> None:
    """Refuse a file whose content is not what its name says: a program renamed to .pdf."""
    extension = file.name.rsplit(".", 1)[-1].lower()
    file.seek(0)
    content = file.read()
    file.seek(0)
    if not looks_like(extension, content):
        raise ValidationError(
            f"Tệp này không phải {extension.upper()} thật, có thể đã bị đổi tên. Xin chọn lại tệp gốc."
        )


def validate_pdf(file: Any, max_bytes: int) -> None:
    """Refuse what is too big or is no PDF by its first bytes, whatever its name says."""
    if file.size > max_bytes:
        raise ValidationError(
            f"Tệp nặng {megabytes(file.size)}, xã nhận tối đa {megabytes(max_bytes)}. Xin chọn tệp khác."
        )
    start = file.read(5)
    file.seek(0)
    if not looks_like("pdf", start):
        raise ValidationError("Tệp này không phải PDF. Xin chọn lại tệp khác.")


def looks_like(extension: str, content: bytes) -> bool:
    """Whether the bytes are of the kind that the extension promises."""
    if extension == "pdf":
        return content.startswith(b"%PDF-")
    if extension == "txt":
        return b"\0" not in content
    if extension in OFFICE_EXTENSIONS:
        try:
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except zipfile.BadZipFile:
            return False
        return "[Content_Types].xml" in names or "mimetype" in names
    return False
