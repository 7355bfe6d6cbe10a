"""Pictures and files of the media library. Nothing about a household is ever kept here."""

from typing import Any

from django.core.files.base import File
from django.db import models, transaction
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.core.pictures import make_sources_of, reencode


class People(models.TextChoices):
    """Who can be recognised in a picture, and whether they agreed (row E11)."""

    NOBODY = "khong-nguoi", "Không có người, hoặc là tranh vẽ"
    FACELESS = "khong-ro-mat", "Có người, không nhận ra ai"
    AGREED = "da-dong-y", "Có người, người trong ảnh đã đồng ý (trẻ em: cha mẹ đồng ý)"


class PortalImage(AbstractImage):
    """A picture (ảnh), re-encoded on arrival: no place, no camera, no hidden data stays in it."""

    is_decorative = models.BooleanField(
        "ảnh trang trí",
        default=False,
        help_text="Ảnh chỉ để cho đẹp, bỏ đi không mất nghĩa. Người nghe đọc màn hình sẽ không nghe nhắc tới ảnh này.",
    )
    credit = models.CharField(
        "người chụp, người vẽ",
        max_length=160,
        blank=True,
        help_text="Ghi để tôn trọng tác giả. Ví dụ: Ảnh: Tổ biên tập xã.",
    )
    people = models.CharField(
        "người trong ảnh",
        max_length=12,
        choices=People.choices,
        blank=True,
        help_text="Ảnh có người thì hỏi người đó trước; trẻ em thì hỏi cha mẹ. Chưa ghi thì khung soạn bài sẽ nhắc.",
    )
    # Filled by pictures.make_sources. A public page reads the ready renditions from the row that it has already:
    # it never makes one, nor asks the database for one.
    sources = models.JSONField("các cỡ ảnh đã làm sẵn", default=dict, blank=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "is_decorative", "people", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Re-encode a file that has just arrived, then have its renditions made."""
        is_new_file = bool(self.file) and not self.file._committed  # type: ignore[attr-defined]
        if is_new_file:
            self._take(reencode(self.file))
        super().save(*args, **kwargs)
        if is_new_file:
            transaction.on_commit(lambda: make_sources_of.enqueue(image_id=self.pk))

    def _take(self, content: File) -> None:
        self.file = content
        self.sources = {}
        self._set_image_file_metadata()

    @property
    def default_alt_text(self) -> str:
        """Alternative text where the page gives none; empty for a picture that is only decoration."""
        return "" if self.is_decorative else (self.description or self.title)


class PortalRendition(AbstractRendition):
    """A picture in one size and format (bản ảnh theo cỡ)."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions", verbose_name="ảnh")

    class Meta:
        verbose_name = "bản ảnh theo cỡ"
        verbose_name_plural = "bản ảnh theo cỡ"
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            ),
        ]


class PortalDocument(AbstractDocument):
    """A file to take home (tài liệu): the signed paper, a form, a leaflet."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"
