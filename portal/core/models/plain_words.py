"""Office words and the words that are used at home: a list that staff extend."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel


class PlainWord(models.Model):
    """One pair of words (từ dễ hiểu); the editor's check proposes the second for the first."""

    office = models.CharField(
        "từ hành chính", max_length=80, unique=True, help_text="Viết thường, đúng dấu. Ví dụ: tiếp nhận."
    )
    plain = models.CharField(
        "nói cho dễ hiểu",
        max_length=120,
        blank=True,
        help_text="Bà con ở nhà nói thế nào thì ghi thế ấy. Để trống là nên bỏ hẳn từ kia.",
    )
    is_used = models.BooleanField("đang dùng", default=True, help_text="Tắt thì máy thôi nhắc từ này.")

    panels: ClassVar[list[FieldPanel]] = [FieldPanel("office"), FieldPanel("plain"), FieldPanel("is_used")]

    class Meta:
        verbose_name = "từ dễ hiểu"
        verbose_name_plural = "từ dễ hiểu"
        ordering = ["office"]

    def __str__(self) -> str:
        return f"{self.office} → {self.plain or 'bỏ'}"
