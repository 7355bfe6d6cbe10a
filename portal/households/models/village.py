"""Villages are data with dates: the commune council sets up, merges and renames them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel


class VillageQuerySet(models.QuerySet["Village"]):
    def standing_on(self, day: date) -> Self:
        """Villages that exist on that day: what "100 % thôn" counts."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Village(models.Model):
    """A village of the commune (thôn). Closed and given a successor, never deleted while anything names it."""

    number = models.PositiveSmallIntegerField("thứ tự", help_text="Để xếp danh sách: Thôn 2 đứng trước Thôn 10.")
    name = models.CharField("tên thôn", max_length=80)
    former_commune = models.CharField("xã cũ", max_length=80, blank=True, help_text="Tên xã trước ngày 01/7/2025.")
    valid_from = models.DateField("có từ ngày", default=date(2025, 7, 1))
    valid_to = models.DateField("đến hết ngày", null=True, blank=True, help_text="Để trống khi thôn đang còn.")
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="thôn thay thế",
    )
    is_sample = models.BooleanField("dữ liệu mẫu", default=False)

    objects = VillageQuerySet.as_manager()

    panels = [
        FieldPanel(f) for f in ("number", "name", "former_commune", "valid_from", "valid_to", "successor", "is_sample")
    ]

    class Meta:
        verbose_name = "thôn"
        verbose_name_plural = "thôn"
        ordering = ["number", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="village_name_once_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="village_dates_in_order",
                violation_error_message="Ngày cuối không được trước ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(valid_to__isnull=False),
                name="village_successor_needs_end",
                violation_error_message="Thôn đang còn thì chưa có thôn thay thế. Xin điền ngày cuối trước.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def stands_on(self, day: date) -> bool:
        """Whether it exists on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
