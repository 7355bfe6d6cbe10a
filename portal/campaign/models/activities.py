"""Activities and trainings per village (hoạt động, buổi tập huấn)."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.campaign.calendars import calendar_file
from portal.campaign.seating import seats_left
from portal.core.blocks import BodyBlock, RecordingsBlock
from portal.core.enums import Need
from portal.core.fields import StreamField
from portal.core.models import BasePage, IndexPage
from portal.households.selectors import villages_today


class ActivityIndexPage(RoutablePageMixin, IndexPage):
    """Coming activities first; past ones leave by themselves (trang hoạt động)."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["campaign.ActivityPage"]
    type_label = "Hoạt động"
    is_kept_offline = True
    per_page = 20

    class Meta:
        verbose_name = "trang hoạt động"
        verbose_name_plural = "trang hoạt động"

    def listing(self, request: HttpRequest) -> PageQuerySet["ActivityPage"]:
        """`?thon=` narrows to a village and what the whole commune does; `?qua=1` shows what is over."""
        now = timezone.now()
        items = ActivityPage.cards()
        wanted = request.GET.get("thon", "")
        if wanted.isascii() and wanted.isdigit():
            items = items.filter(models.Q(village__number=int(wanted[:4])) | models.Q(village=None))
        if request.GET.get("qua"):
            return items.filter(ends_at__lt=now).order_by("-starts_at")
        people = models.Sum("signups__people", filter=models.Q(signups__cancelled_at=None))
        return items.filter(ends_at__gte=now).annotate(people_count=people).order_by("starts_at")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["villages"] = villages_today()
        context["village_number"] = request.GET.get("thon", "")
        context["is_past"] = bool(request.GET.get("qua"))
        return context

    @path("lich/", name="calendar")
    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """Coming activities as a calendar that a phone can subscribe to."""
        coming = ActivityPage.cards().filter(ends_at__gte=timezone.now()).order_by("starts_at")[:100]
        return calendar_file(list(coming), request)


class ActivityPage(RoutablePageMixin, BasePage):
    """One activity of a village or of the whole commune (hoạt động)."""

    class Kind(models.TextChoices):
        TRAINING = "tap-huan", "Tập huấn"
        TECH_DAY = "ngay-cong-nghe-so", "Ngày công nghệ số cộng đồng"
        SUPPORT = "ho-tro", "Điểm giúp bà con"
        OTHER = "khac", "Hoạt động khác"

    kind = models.CharField("loại hoạt động", max_length=20, choices=Kind.choices, default=Kind.TRAINING)
    village = models.ForeignKey(
        "households.Village",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thôn",
        help_text="Để trống khi là hoạt động của cả xã.",
    )
    need = models.CharField("thuộc việc", max_length=12, choices=Need.choices, blank=True)
    starts_at = models.DateTimeField("bắt đầu lúc", db_index=True)
    ends_at = models.DateTimeField("kết thúc lúc", db_index=True)
    place = models.CharField("nơi", max_length=160)
    audience = models.CharField("mời ai", max_length=160, blank=True)
    bring = models.CharField("mang theo", max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(
        "số chỗ", null=True, blank=True, help_text="Để trống khi ai cũng đến được."
    )
    is_cancelled = models.BooleanField("đã hoãn", default=False)
    cancel_note = models.CharField("vì sao hoãn, bao giờ làm lại", max_length=200, blank=True)
    body = StreamField(BodyBlock(required=False), verbose_name="nội dung", blank=True)
    recordings = StreamField(RecordingsBlock(required=False), verbose_name="bản nghe", blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("village"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("place"),
            ],
            heading="Lúc nào, ở đâu",
        ),
        MultiFieldPanel([FieldPanel(f) for f in ("audience", "bring", "seats", "need")], heading="Ai đến, mang gì"),
        FieldPanel("body"),
        FieldPanel("recordings"),
        BasePage.picture_panel,
        MultiFieldPanel([FieldPanel("is_cancelled"), FieldPanel("cancel_note")], heading="Hoãn"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("place"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["campaign.ActivityIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    card_relations = ("picture", "village")
    card_fields = (
        *(*BasePage.card_fields, "kind", "need", "starts_at", "ends_at", "place", "seats", "audience", "bring"),
        *("is_cancelled", "cancel_note", "village", "village__name", "village__number"),
    )
    type_label = "Hoạt động"
    is_kept_offline = True

    class Meta:
        verbose_name = "hoạt động"
        verbose_name_plural = "hoạt động"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="activity_ends_after_start",
                violation_error_message="Giờ kết thúc không được trước giờ bắt đầu.",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": "Giờ kết thúc không được trước giờ bắt đầu."})
        if self.is_cancelled and not self.cancel_note:
            raise ValidationError({"cancel_note": "Xin ghi vì sao hoãn và bao giờ làm lại, để bà con khỏi đến nhầm."})

    @property
    def is_over(self) -> bool:
        """Whether the activity has ended."""
        return self.ends_at < timezone.now()

    @property
    def seats_left(self) -> int | None:
        """Seats that are left, on lists that count the sign-ups; None on others, and where none are given out."""
        if not self.seats or not hasattr(self, "people_count"):
            return None
        return seats_left(self.seats, self.people_count or 0)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Seats before the session, what was taught after it."""
        # Sign-ups and reports rest on this model.
        from portal.campaign.selectors.sessions import session_facts

        return {**super().get_context(request, *args, **kwargs), **session_facts(self, request)}

    @property
    def listed_on(self) -> date:
        return timezone.localtime(self.starts_at).date()

    @property
    def last_modified_at(self) -> datetime:
        """When the calendar entry last changed."""
        return self.last_published_at or timezone.now()

    @property
    def where(self) -> str:
        """“Nhà văn hóa thôn, Thôn 6”."""
        return ", ".join(part for part in (self.place, self.village.name if self.village else "") if part)

    @path("lich/", name="calendar")
    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """This activity for the phone's own calendar."""
        return calendar_file([self], request)
