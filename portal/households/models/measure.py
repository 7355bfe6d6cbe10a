"""What the plan's targets measure, as versions of data: no target and no definition stands in code."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from portal.households.enums import MeasureKind, MeasureReading, Title


class MeasureSetQuerySet(models.QuerySet["MeasureSet"]):
    def in_force_on(self, day: date) -> Self:
        """Sets in force by that day, the newest first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from", "-id")


class MeasureSet(models.Model):
    """A version of the definitions (bộ định nghĩa số liệu). Closed periods keep the version they were closed with."""

    name = models.CharField("tên", max_length=120)
    legal_basis = models.TextField("căn cứ", blank=True)
    valid_from = models.DateField("dùng từ ngày")
    pilot_from = models.DateField("thí điểm từ ngày", null=True, blank=True)
    pilot_to = models.DateField("thí điểm đến hết ngày", null=True, blank=True)

    objects = MeasureSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ định nghĩa số liệu"
        verbose_name_plural = "bộ định nghĩa số liệu"
        ordering = ["-valid_from", "-id"]

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """One measure: what is counted, out of what, without what, against which target (số đo)."""

    measure_set = models.ForeignKey(
        MeasureSet, on_delete=models.CASCADE, related_name="measures", verbose_name="bộ định nghĩa"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    key = models.SlugField("ký hiệu", max_length=20, help_text="Không đổi qua các bộ.")
    name = models.CharField("tên", max_length=80)
    sentence = models.CharField("nói trong một câu", max_length=250)
    numerator = models.CharField("tử số", max_length=400)
    denominator = models.CharField("mẫu số", max_length=400)
    exclusions = models.CharField("không tính", max_length=400, blank=True)
    kind = models.CharField("đếm gì", max_length=14, choices=MeasureKind.choices)
    #: [["3"], ["4a", "4b"]]: every group is to be met, a group by one of its finding keys.
    groups = models.JSONField("các mục kết quả", default=list, blank=True)
    title = models.CharField("danh hiệu", max_length=12, choices=Title.choices, blank=True)
    reading = models.CharField("cách đọc mục tiêu", max_length=12, choices=MeasureReading.choices, blank=True)
    counts_from = models.DateField("tính từ ngày", null=True, blank=True)
    target_percent = models.DecimalField("mục tiêu (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    is_strictly_above = models.BooleanField("phải trên mức đó", default=False)
    target_on = models.DateField("hạn mục tiêu", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=400, blank=True)

    class Meta:
        verbose_name = "số đo"
        verbose_name_plural = "số đo"
        ordering = ["measure_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["measure_set", "key"], name="measure_key_once_per_set"),
            models.CheckConstraint(
                condition=Q(target_percent__isnull=False) | Q(is_strictly_above=False, target_on=None),
                name="measure_due_day_needs_target",
                violation_error_message="Chưa có mục tiêu thì không có hạn.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
