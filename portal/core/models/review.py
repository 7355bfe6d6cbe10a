"""How long a page of each type may stand before somebody looks at it again (row E8)."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel

#: A page that is overdue for this many days is told to the deputy as well.
DEPUTY_AFTER_DAYS = 14


class ReviewLimit(models.Model):
    """The limit of one page type (hạn xem lại); guides carry their own, each for its app."""

    class PageType(models.TextChoices):
        NEWS = "stories.newspage", "tin"
        STORY = "stories.storypage", "câu chuyện"
        GUIDE = "stories.guidepage", "hướng dẫn"
        STANDING = "home.standardpage", "trang giới thiệu"
        DOCUMENT = "home.documentpage", "văn bản"
        GAME = "campaign.gamepage", "minigame"

    page_type = models.CharField("loại trang", max_length=40, choices=PageType.choices, unique=True)
    days = models.PositiveSmallIntegerField(
        "xem lại sau (ngày)",
        validators=[MinValueValidator(7), MaxValueValidator(1095)],
        help_text="Tính từ ngày đăng hoặc ngày bấm “Vẫn đúng”. Quá hạn thì bài tự rời trang chủ, vẫn còn ở mục của nó. "
        "Hướng dẫn tính theo ô “Kiểm tra lại sau” của từng bài.",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xem thay",
        help_text=f"Quá hạn {DEPUTY_AFTER_DAYS} ngày chưa ai xem thì người này được báo. "
        "Để trống thì báo mọi người duyệt bài.",
    )

    panels: ClassVar[list[FieldPanel]] = [FieldPanel("page_type"), FieldPanel("days"), FieldPanel("deputy")]

    class Meta:
        verbose_name = "hạn xem lại"
        verbose_name_plural = "hạn xem lại"
        ordering = ["page_type"]

    def __str__(self) -> str:
        return f"{self.get_page_type_display()}: {self.days} ngày"
