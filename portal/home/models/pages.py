"""The home page and standing pages."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.campaign.selectors.rounds import next_round_of, seconds_to_next_change
from portal.core.blocks import BodyBlock, RecordingsBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage
from portal.core.page_cache import keep_at_most
from portal.home.selectors import home_teasers

#: section / page / step: nothing of ours is deeper.
MAX_ADDRESS_PARTS = 4


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
        "campaign.GameIndexPage",
        "home.DocumentIndexPage",
        "home.StandardPage",
    ]
    max_count = 1
    type_label = "Trang chủ"
    is_kept_offline = True

    class Meta:
        verbose_name = "trang chủ"
        verbose_name_plural = "trang chủ"

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the deepest page of an address in one query, where Wagtail walks down with two for each part.

        What is left of the address is the page's own to route: a step of a guide, a calendar.
        """
        if not path_components:
            return super().route(request, path_components)
        if len(path_components) > MAX_ADDRESS_PARTS:
            raise Http404
        paths = ["".join(f"{part}/" for part in path_components[:end]) for end in range(1, len(path_components) + 1)]
        found = (
            # Slugs have an index, paths of addresses have none.
            Page.objects.filter(slug__in=path_components, url_path__in=[self.url_path + path for path in paths])
            .only("depth", "content_type", "url_path")
            .order_by("-depth")
            .first()
        )
        if found is None:
            raise Http404
        return whole(found).route(request, path_components[found.depth - self.depth :])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        keep_at_most(request, seconds_to_next_change())
        return {**context, **home_teasers(), "game_round": next_round_of()}


def whole(page: Page) -> Page:
    """The page as its own type, with the relations that its template shows, in one query."""
    kind = page.specific_class
    if kind is None or not issubclass(kind, BasePage):
        return page.specific
    return kind.objects.select_related(*kind.card_relations).get(pk=page.pk)


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
    is_kept_offline = True

    class Meta:
        verbose_name = "trang giới thiệu"
        verbose_name_plural = "trang giới thiệu"
