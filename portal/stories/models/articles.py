"""What news and stories share."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.core.blocks import BodyBlock, RecordingsBlock
from portal.core.enums import Need
from portal.core.fields import StreamField
from portal.core.models import BasePage


class ArticlePage(BasePage):
    """Abstract article: dated, signed, about a need and perhaps a village, to be read or listened to."""

    published_on = models.DateField("ngày đăng", default=timezone.localdate, db_index=True)
    need = models.CharField("thuộc việc", max_length=12, choices=Need.choices, blank=True)
    village = models.ForeignKey(
        "households.Village",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thôn",
        help_text="Để trống khi là chuyện của cả xã.",
    )
    author_name = models.CharField("người viết", max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name="nội dung", blank=True)
    recordings = StreamField(
        RecordingsBlock(required=False),
        verbose_name="bản nghe",
        blank=True,
        help_text="Bài đọc thành tiếng. Có bản tiếng Việt và bản tiếng Hrê thì thêm cả hai.",
    )
    correction_note = models.CharField(
        "đính chính",
        max_length=300,
        blank=True,
        help_text="Sửa bài sau khi đăng thì ghi: ngày nào, sửa chỗ nào. Bà con thấy dòng này dưới tiêu đề.",
    )

    about_panel = MultiFieldPanel(
        [FieldPanel("published_on"), FieldPanel("need"), FieldPanel("village"), FieldPanel("author_name")],
        heading="Về bài này",
    )
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        BasePage.picture_panel,
        FieldPanel("body"),
        FieldPanel("recordings"),
        about_panel,
        FieldPanel("correction_note"),
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]
    subpage_types: ClassVar[list[str]] = []
    card_relations = ("picture", "village")
    card_fields = (*BasePage.card_fields, "published_on", "need", "village", "village__name", "village__number")

    class Meta:
        abstract = True

    @property
    def listed_on(self) -> date:
        return self.published_on
