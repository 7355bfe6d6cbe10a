"""Step-by-step guides for apps and safe habits (hướng dẫn từng bước)."""

from datetime import date, timedelta
from itertools import groupby
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.core.blocks import RecordingsBlock, StepsBlock
from portal.core.enums import Need
from portal.core.fields import StreamField
from portal.core.models import BasePage, IndexPage
from portal.stories.stuck.keys import about_step
from portal.stories.stuck.tickets import Ticket


class GuideIndexPage(IndexPage):
    """All guides, by what a family wants to get done (trang hướng dẫn)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["stories.GuidePage"]
    type_label = "Hướng dẫn"
    is_kept_offline = True
    per_page = 200

    class Meta:
        verbose_name = "trang hướng dẫn"
        verbose_name_plural = "trang hướng dẫn"

    def listing(self, request: HttpRequest) -> PageQuerySet["GuidePage"]:
        return GuidePage.cards().order_by("title")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = guides_by_need(context["items"].object_list)
        return context


class GuidePage(RoutablePageMixin, BasePage):
    """One guide: numbered steps, each one action and one picture (hướng dẫn)."""

    need = models.CharField("thuộc việc", max_length=12, choices=Need.choices, default=Need.PAPERS)
    app_name = models.CharField("tên ứng dụng", max_length=80, blank=True)
    app_version = models.CharField("bản ứng dụng", max_length=40, blank=True, help_text="Bản đã thử. Ví dụ: 2.2.4.")
    checked_on = models.DateField(
        "kiểm tra ngày", default=timezone.localdate, help_text="Ngày làm thử lại từng bước trên máy."
    )
    check_every_days = models.PositiveSmallIntegerField(
        "kiểm tra lại sau (ngày)",
        default=90,
        validators=[MinValueValidator(7), MaxValueValidator(730)],
        help_text="Quá hạn này, đầu trang có dòng báo: màn hình có thể đã khác.",
    )
    android_url = models.URLField("link CH Play", blank=True, help_text="Chỉ lấy từ play.google.com.")
    ios_url = models.URLField("link App Store", blank=True, help_text="Chỉ lấy từ apps.apple.com.")
    prepare = models.TextField("chuẩn bị", max_length=400, blank=True, help_text="Cần có sẵn gì trước khi làm.")
    steps = StreamField(StepsBlock(), verbose_name="các bước")
    recordings = StreamField(RecordingsBlock(required=False), verbose_name="bản nghe", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("need"),
        FieldPanel("prepare"),
        FieldPanel("steps"),
        FieldPanel("recordings"),
        MultiFieldPanel(
            [
                FieldPanel("checked_on"),
                FieldPanel("check_every_days"),
                FieldPanel("app_name"),
                FieldPanel("app_version"),
            ],
            heading="Đã kiểm tra",
        ),
        MultiFieldPanel([FieldPanel("android_url"), FieldPanel("ios_url")], heading="Nơi tải ứng dụng chính thức"),
        BasePage.picture_panel,
    ]
    # Its own two boxes say when; the common box would contradict them.
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("app_name"),
        index.SearchField("steps"),
    ]
    parent_page_types: ClassVar[list[str]] = ["stories.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    type_label = "Hướng dẫn"
    is_kept_offline = True
    card_fields = (*BasePage.card_fields, "need", "app_name", "checked_on", "check_every_days")

    class Meta:
        verbose_name = "hướng dẫn"
        verbose_name_plural = "hướng dẫn"

    @classmethod
    def links(cls) -> PageQuerySet["GuidePage"]:
        """All guides as names to press, by title."""
        return cls.objects.live().only("path", "depth", "title", "url_path", "need").order_by("title")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The day for a new look follows the check of the steps."""
        if self.checked_on and self.check_every_days:
            self.review_by = self.good_until
        super().full_clean(*args, **kwargs)

    @property
    def good_until(self) -> date:
        """Last day on which the steps are taken to be right."""
        return self.checked_on + timedelta(days=self.check_every_days)

    @property
    def is_old(self) -> bool:
        """Whether the screens may have changed since the check."""
        return timezone.localdate() > self.good_until

    @cached_property
    def step_list(self) -> list[Any]:
        """Values of the steps, in order."""
        return [block.value for block in self.steps]

    @property
    def stuck_ticket(self) -> str:
        """What the form “Tôi bị kẹt ở bước này” carries; the same for whoever reads within five minutes."""
        return Ticket.now(self.pk).signed if self.pk else ""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("", "Cả bài"), ("step", "Bước đầu tiên")]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "stories/guide_step.html" if mode_name == "step" else super().get_preview_template(request, mode_name)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context = super().get_preview_context(request, mode_name)
        return {**context, **self.step_context(1)} if mode_name == "step" and self.step_list else context

    def step_context(self, number: int) -> dict[str, Any]:
        """What the template of one step shows; raises Http404 for a step that is not there."""
        total = len(self.step_list)
        if not 1 <= number <= total:
            raise Http404
        return {
            "step": self.step_list[number - 1],
            "step_id": self.steps[number - 1].id,
            "about": about_step(self.pk, self.steps[number - 1].id),
            "number": number,
            "total": total,
            "previous_number": number - 1 if number > 1 else None,
            "next_number": number + 1 if number < total else None,
        }

    @path("buoc-<int:number>/", name="step")
    def step_view(self, request: HttpRequest, number: int) -> TemplateResponse:
        """One step on a screen of its own, with an address of its own."""
        return self.render(request, template="stories/guide_step.html", context_overrides=self.step_context(number))


def guides_by_need(guides: Any) -> list[tuple[str, list[GuidePage]]]:
    """[(label of the need, its guides), …] in the order of Need."""
    order = {value: place for place, value in enumerate(Need.values)}
    ranked = sorted(guides, key=lambda guide: order[guide.need])
    return [(str(Need(need).label), list(group)) for need, group in groupby(ranked, key=lambda guide: guide.need)]
