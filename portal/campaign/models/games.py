"""Game pages: what is played, by which rules, for which prizes (trang minigame)."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.campaign.enums import GameKind
from portal.core.blocks import BodyBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage, IndexPage
from portal.core.page_cache import keep_at_most

#: Addresses under /minigame/ that belong to no game; they are printed on paper and stay.
RESERVED_SLUGS = {"bai", "tin-that", "tap", "nha-tai-tro"}


class GameIndexPage(IndexPage):
    """All games, the running ones first (trang minigame)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["campaign.GamePage"]
    type_label = "Minigame"

    class Meta:
        verbose_name = "trang minigame"
        verbose_name_plural = "trang minigame"

    def listing(self, request: HttpRequest) -> PageQuerySet["GamePage"]:
        return GamePage.cards().order_by("-first_published_at", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.campaign.selectors.rounds import next_round_of, seconds_to_next_change

        context = super().get_context(request, *args, **kwargs)
        games = [(game, next_round_of(game)) for game in context["items"]]
        context["games"] = sorted(games, key=lambda pair: (pair[1] is None, bool(pair[1] and pair[1].is_coming)))
        keep_at_most(request, seconds_to_next_change())
        return context


class GamePage(BasePage):
    """One game of the movement, with its rules; rounds are opened at the games' desk (minigame)."""

    kind = models.CharField("loại", max_length=24, choices=GameKind.choices, default=GameKind.KNOWLEDGE)
    who_may_enter = models.CharField(
        "ai được dự thi",
        max_length=250,
        default="Mọi hộ gia đình ở xã Ba Tô, mỗi hộ một bài được tính trong mỗi vòng.",
    )
    data_use = models.TextField(
        "thông tin dùng làm gì",
        max_length=500,
        default=(
            "Tên và số điện thoại chỉ dùng để xác định hộ và trao giải. Không đăng khi gia đình chưa đồng ý. "
            "Xóa khỏi bài dự thi vào ngày ghi ở từng vòng."
        ),
    )
    complaints = models.CharField(
        "khiếu nại ở đâu, trước ngày nào",
        max_length=250,
        blank=True,
        help_text="Ví dụ: gọi hoặc gặp Phòng Văn hóa – Xã hội trong 5 ngày làm việc sau khi công bố.",
    )
    body = StreamField(BodyBlock(required=False), verbose_name="giới thiệu và thể lệ", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        MultiFieldPanel([FieldPanel(name) for name in ("who_may_enter", "data_use", "complaints")], heading="Thể lệ"),
        FieldPanel("body"),
        BasePage.picture_panel,
    ]
    search_fields: ClassVar[list[Any]] = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["campaign.GameIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    card_fields = (*BasePage.card_fields, "kind")
    type_label = "Minigame"

    class Meta:
        verbose_name = "minigame"
        verbose_name_plural = "minigame"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.campaign.selectors.practice import practice_questions
        from portal.campaign.selectors.rounds import rounds_now, seconds_to_next_change

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        rounds = rounds_now(self)
        context["rounds"] = [row for row in rounds if not row.is_over]
        context["past_rounds"] = [row for row in rounds if row.is_over]
        context["has_practice"] = bool(practice_questions(self))
        context["gifts"] = self.sponsorships.filter(is_named=True, cancelled_at=None)
        keep_at_most(request, seconds_to_next_change())
        return context

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"Địa chỉ “{self.slug}” dành cho việc khác của trang. Xin chọn tên khác."})
