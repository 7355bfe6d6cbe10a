"""News of the movement (tin tức)."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.query import PageQuerySet

from portal.core.models import IndexPage
from portal.stories.filters import ArticleFilter
from portal.stories.models.articles import ArticlePage

MAX_PINNED = 3


class NewsIndexPage(IndexPage):
    """List of news, pinned ones first (trang tin tức)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["stories.NewsPage"]
    type_label = "Tin tức"
    is_kept_offline = True

    class Meta:
        verbose_name = "trang tin tức"
        verbose_name_plural = "trang tin tức"

    def listing(self, request: HttpRequest) -> PageQuerySet["NewsPage"]:
        items = NewsPage.cards().order_by("-is_pinned", "-published_on", "-pk")
        return ArticleFilter.from_request(request).apply(items)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["filter"] = ArticleFilter.from_request(request)
        return context


class NewsPage(ArticlePage):
    """A piece of news or a warning (tin)."""

    class Kind(models.TextChoices):
        NEWS = "tin", "Tin"
        WARNING = "canh-bao", "Cảnh báo"

    kind = models.CharField("loại tin", max_length=12, choices=Kind.choices, default=Kind.NEWS)
    is_pinned = models.BooleanField(
        "ghim lên đầu",
        default=False,
        help_text=f"Nhiều nhất {MAX_PINNED} tin được ghim; ghim thêm thì tin ghim cũ nhất nhường chỗ.",
    )
    source_name = models.CharField(
        "nguồn", max_length=160, blank=True, help_text="Lấy lại tin của nơi khác thì ghi nguồn."
    )
    source_url = models.URLField("đường link bài gốc", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *ArticlePage.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("is_pinned")], heading="Xếp chỗ"),
        MultiFieldPanel([FieldPanel("source_name"), FieldPanel("source_url")], heading="Nguồn"),
    ]
    parent_page_types: ClassVar[list[str]] = ["stories.NewsIndexPage"]
    type_label = "Tin tức"
    is_kept_offline = True
    card_fields = (*ArticlePage.card_fields, "kind", "is_pinned")

    class Meta:
        verbose_name = "tin"
        verbose_name_plural = "tin"
