"""Forms of the media library: what is wrong with a file is said in words, and no hidden data gets in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.core.pictures import make_sources_of, reencode
from portal.core.uploads import validate_document

NEEDS_DESCRIPTION = "Xin ghi ảnh có gì, ai đang làm gì. Ảnh chỉ để cho đẹp thì đánh dấu “Ảnh trang trí”."
DESCRIPTION_HELP = "Ảnh có gì, ai đang làm gì. Nhờ câu này người không thấy ảnh vẫn hiểu."
BROKEN = "Ảnh này bị hỏng giữa chừng, không mở được. Xin chọn ảnh khác hoặc chép lại từ máy ảnh, điện thoại."


def allow_long_typing(fields: dict[str, Any]) -> None:
    """Let the server say how much is too much: a browser cuts pasted text at maxlength without a word."""
    for field in fields.values():
        field.widget.attrs.pop("maxlength", None)


class WholeImageField(WagtailImageField):
    """A file cut off on its way has a sound beginning and no end; Wagtail's field stumbles over it."""

    def to_python(self, data: Any) -> Any:
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, EOFError) as error:
            raise ValidationError(BROKEN) from error


class PortalImageForm(BaseImageForm):
    """A picture is described or marked as decoration before it enters the library."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allow_long_typing(self.fields)
        if "file" in self.fields:
            plain = self.fields["file"]
            self.fields["file"] = WholeImageField(label=plain.label, required=plain.required, widget=plain.widget)
        if "description" in self.fields:
            self.fields["description"].label = "Mô tả ảnh"
            self.fields["description"].help_text = DESCRIPTION_HELP

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "description" in self.fields and not cleaned.get("description") and not cleaned.get("is_decorative"):
            self.add_error("description", NEEDS_DESCRIPTION)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile) and self.add_prefix("description") not in self.data:
            # First step of the multiple uploader: Wagtail is about to store this very upload as it came, until its
            # description is typed in. Where the picture was taken must not lie there meanwhile.
            replace_content(file, reencode(file))

    def save(self, commit: bool = True) -> Any:
        """Save, and have renditions made where the model could not see that a new file has come."""
        file = self.instance.file
        came_by_itself = self.instance._state.adding and bool(file) and file._committed
        # Wagtail throws a replaced file's renditions away after saving; new ones are made once that is done.
        with transaction.atomic():
            image = super().save(commit)
            if commit and came_by_itself:
                transaction.on_commit(lambda: make_sources_of.enqueue(image_id=image.pk))
        return image


def replace_content(upload: UploadedFile, content: Any) -> None:
    """Put other bytes and another name into an upload, whether it lies in memory or in a temporary file."""
    content.seek(0)
    data = content.read()
    target: Any = upload.file
    target.seek(0)
    target.truncate()
    target.write(data)
    target.flush()
    target.seek(0)
    upload.size = len(data)
    upload.name = content.name


class PortalDocumentForm(BaseDocumentForm):
    """A file is what its name says, or it does not get in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allow_long_typing(self.fields)

    def _post_clean(self) -> None:
        refused = list(self.errors.get("file", []))
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if refused:
            # The model has judged the name of a file that was never put in: one sentence is enough.
            self.errors["file"] = self.error_class(refused)
        elif isinstance(file, UploadedFile) and "file" not in self.errors:
            try:
                validate_document(file)
            except ValidationError as error:
                self.add_error("file", error)
