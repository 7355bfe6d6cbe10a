"""Recordings: what people listen to instead of reading."""

from django.core.validators import FileExtensionValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.core.enums import Language
from portal.core.uploads import validate_recording


class Recording(index.Indexed, models.Model):
    """A recording with its words written out (bản ghi âm). Hrê is spoken by people, never made by machine."""

    title = models.CharField("tên bản ghi", max_length=160)
    language = models.CharField("tiếng", max_length=8, choices=Language.choices, default=Language.VIETNAMESE)
    file = models.FileField(
        "tệp âm thanh",
        upload_to="ghi-am/%Y/%m/",
        validators=[FileExtensionValidator(["mp3", "m4a", "ogg", "opus"]), validate_recording],
        help_text="MP3, M4A, OGG hoặc OPUS, không quá 20 MB. Nói vừa phải, 3 phút trở lại là vừa.",
    )
    speaker = models.CharField(
        "người nói", max_length=120, blank=True, help_text="Ghi tên khi người nói đồng ý cho ghi."
    )
    transcript = models.TextField(
        "lời bài nói", help_text="Chép lại lời nói bằng tiếng Việt, để người nghe không rõ vẫn đọc được."
    )
    duration_seconds = models.PositiveIntegerField("dài (giây)", default=0, editable=False)
    size_bytes = models.PositiveIntegerField("nặng (byte)", default=0, editable=False)
    created_at = models.DateTimeField("thêm lúc", auto_now_add=True)

    panels = [FieldPanel(name) for name in ("title", "language", "file", "speaker", "transcript")]
    search_fields = [index.SearchField("title"), index.SearchField("transcript"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = "bản ghi âm"
        verbose_name_plural = "bản ghi âm"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_language_display()})"

    @property
    def language_label(self) -> str:
        """“Tiếng Việt” or “Tiếng Hrê”."""
        return str(self.get_language_display())

    @property
    def length_label(self) -> str:
        """“2 phút 10 giây”: what the reader wants to know before spending data on it."""
        minutes, seconds = divmod(self.duration_seconds, 60)
        words = [f"{minutes} phút"] if minutes else []
        if seconds or not minutes:
            words.append(f"{seconds} giây")
        return " ".join(words)

    @property
    def size_label(self) -> str:
        """“0,9 MB”."""
        return f"{max(self.size_bytes / 1_000_000, 0.1):.1f} MB".replace(".", ",")
