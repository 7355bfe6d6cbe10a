"""The home page and standing pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.core.blocks import BodyBlock, RecordingsBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage
from portal.home.selectors import home_teasers


class HomePage(BasePage):
    """First page of the column (trang chủ): composes teasers of all rooms; only its opening is written by hand."""

    hero_title = models.CharField(
        "câu mở đầu", max_length=120, default="Mỗi nhà một người biết, cả thôn cùng làm được."
    )
    hero_text = models.TextField("lời mở đầu", max_length=400)
    target_title = models.CharField("đề mục về mục tiêu", max_length=120, default="Xã nhắm tới đâu?")
    target_text = models.TextField("lời về mục tiêu", max_length=500, blank=True)
    recordings = StreamField(RecordingsBlock(required=False), verbose_name="bản nghe", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading="Mở đầu"),
        MultiFieldPanel([FieldPanel("target_title"), FieldPanel("target_text")], heading="Mục tiêu"),
        FieldPanel("recordings"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "stories.NewsIndexPage",
        "stories.StoryIndexPage",
        "stories.GuideIndexPage",
        "campaign.ActivityIndexPage",
        "home.DocumentIndexPage",
        "home.StandardPage",
    ]
    max_count = 1
    type_label = "Trang chủ"

    class Meta:
        verbose_name = "trang chủ"
        verbose_name_plural = "trang chủ"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **home_teasers()}


class StandardPage(BasePage):
    """A page that stands: introduction, criteria, privacy, contact (trang giới thiệu)."""

    body = StreamField(BodyBlock(), verbose_name="nội dung", blank=True)
    recordings = StreamField(RecordingsBlock(required=False), verbose_name="bản nghe", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        BasePage.picture_panel,
        FieldPanel("body"),
        FieldPanel("recordings"),
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    type_label = "Giới thiệu"

    class Meta:
        verbose_name = "trang giới thiệu"
        verbose_name_plural = "trang giới thiệu"
