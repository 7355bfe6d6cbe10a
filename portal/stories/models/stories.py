"""Inspiring stories of families (câu chuyện truyền cảm hứng)."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.query import PageQuerySet

from portal.core.models import BasePage, IndexPage
from portal.core.remember import remembered
from portal.stories.filters import ArticleFilter
from portal.stories.models.articles import ArticlePage


class StoryIndexPage(IndexPage):
    """List of stories (trang câu chuyện)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["stories.StoryPage"]
    type_label = "Câu chuyện"
    is_kept_offline = True

    class Meta:
        verbose_name = "trang câu chuyện"
        verbose_name_plural = "trang câu chuyện"

    def listing(self, request: HttpRequest) -> PageQuerySet["StoryPage"]:
        return ArticleFilter.from_request(request).apply(StoryPage.cards().order_by("-published_on", "-pk"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["filter"] = ArticleFilter.from_request(request)
        return context


class StoryPage(ArticlePage):
    """A family's story, named only as the family allows (câu chuyện)."""

    household_words = models.CharField(
        "gia đình trong bài",
        max_length=120,
        blank=True,
        help_text="Gọi đúng cách gia đình cho phép. Ví dụ: Nhà bà M. Chưa hỏi gia đình thì để trống.",
    )

    content_panels: ClassVar[list[Any]] = [
        BasePage.title_panel,
        FieldPanel("household_words"),
        *ArticlePage.content_panels[1:],
    ]
    parent_page_types: ClassVar[list[str]] = ["stories.StoryIndexPage"]
    type_label = "Câu chuyện"
    is_kept_offline = True
    card_fields = (*ArticlePage.card_fields, "household_words")

    class Meta:
        verbose_name = "câu chuyện"
        verbose_name_plural = "câu chuyện"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        newest = remembered("newest stories", lambda: list(StoryPage.cards().order_by("-published_on", "-pk")[:4]))
        context["more"] = [story for story in newest if story.pk != self.pk][:3]
        return context
