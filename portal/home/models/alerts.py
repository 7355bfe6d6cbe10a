"""Alerts across all pages: a scam wave, a postponed training, planned downtime."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class AlertBannerQuerySet(models.QuerySet["AlertBanner"]):
    def not_over_at(self, moment: datetime) -> Self:
        """Alerts that show now or will, the gravest first."""
        grave = models.Case(
            *[models.When(level=level, then=place) for place, level in enumerate(reversed(AlertBanner.Level.values))],
            default=9,
        )
        return self.filter(ends_at__gt=moment).order_by(grave, "-starts_at")


class AlertBanner(models.Model):
    """A line at the top of every page, from one hour to another (dải báo)."""

    class Level(models.TextChoices):
        NOTICE = "thong-bao", "Thông báo"
        CARE = "can-than", "Cẩn thận"
        URGENT = "khan", "Khẩn"

    level = models.CharField("mức", max_length=12, choices=Level.choices, default=Level.NOTICE)
    text = models.CharField("nội dung", max_length=220, help_text="Một câu. Nói việc cần làm, hoặc việc đừng làm.")
    link_url = models.CharField(
        "dẫn tới",
        max_length=250,
        blank=True,
        help_text="Địa chỉ trang trong chuyên mục, bắt đầu bằng dấu /. Ví dụ: /tin-tuc/.",
    )
    link_text = models.CharField("chữ của đường dẫn", max_length=60, blank=True, default="Xem thêm")
    starts_at = models.DateTimeField("hiện từ", default=timezone.now)
    ends_at = models.DateTimeField("hiện đến")

    objects = AlertBannerQuerySet.as_manager()

    panels = [
        FieldPanel("level"),
        FieldPanel("text"),
        MultiFieldPanel([FieldPanel("link_url"), FieldPanel("link_text")], heading="Đường dẫn"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = "dải báo"
        verbose_name_plural = "dải báo"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="alert_ends_after_start",
                violation_error_message="Giờ thôi hiện phải sau giờ bắt đầu hiện.",
            ),
            models.CheckConstraint(
                condition=Q(link_url="") | Q(link_url__startswith="/"),
                name="alert_links_inside",
                violation_error_message="Chỉ dẫn tới trang trong chuyên mục: bắt đầu bằng dấu /.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
