"""Criteria are versioned data: text, question, pass rule, legal basis and first day. No threshold stands in code."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def in_force_on(self, day: date) -> Self:
        """Sets put in force by that day, the newest first."""
        return self.filter(activated_at__isnull=False, valid_from__lte=day).order_by("-valid_from", "-id")


class CriteriaSet(models.Model):
    """A version of the criteria (bộ tiêu chí). The commune decides the pass rule, by a signed paper."""

    name = models.CharField("tên", max_length=120)
    legal_basis = models.TextField(
        "căn cứ", blank=True, help_text="Văn bản nào ban hành, số và ngày như trên bản đã ký."
    )
    valid_from = models.DateField("áp dụng từ ngày")
    # None: all criteria. Otherwise at least so many, the mandatory ones among them.
    pass_minimum = models.PositiveSmallIntegerField(
        "đạt ít nhất mấy tiêu chí",
        null=True,
        blank=True,
        help_text="Để trống: phải đạt tất cả. Ủy ban nhân dân xã quyết định.",
    )
    activated_at = models.DateTimeField("đưa vào áp dụng lúc", null=True, blank=True, editable=False)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người đưa vào áp dụng",
    )

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["-valid_from", "-id"]
        constraints = [
            # The founding set comes with the software and is in force without anybody's doing.
            models.CheckConstraint(
                condition=Q(activated_by=None) | Q(activated_at__isnull=False),
                name="criteriaset_activated_has_time",
                violation_error_message="Đưa vào áp dụng thì phải có giờ.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        """A draft may be changed and tried; one in force may not."""
        return self.activated_at is None


class Criterion(models.Model):
    """One criterion of a set (tiêu chí)."""

    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.CASCADE, related_name="criteria", verbose_name="bộ tiêu chí"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    key = models.SlugField("ký hiệu", max_length=12, help_text="Không đổi qua các bộ. Ví dụ: 1, 4.")
    name = models.CharField("tên ngắn", max_length=80)
    sentence = models.CharField("nói trong một câu", max_length=250)
    plan_wording = models.CharField("lời của kế hoạch", max_length=300, blank=True)
    question = models.TextField("câu hỏi khi thăm", max_length=400)
    offer = models.TextField("giúp gì khi “Cần giúp”", max_length=300, blank=True)
    is_mandatory = models.BooleanField("bắt buộc đạt", default=False)
    #: [["a", "học"], …]: uses recorded apart; the criterion is met when one of them is.
    uses = models.JSONField("các việc ghi riêng", default=list, blank=True)

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["criteria_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "key"], name="criterion_key_once_per_set"),
            models.CheckConstraint(condition=~Q(key=""), name="criterion_has_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key}. {self.name}"

    @property
    def finding_keys(self) -> list[str]:
        """Keys under which findings are recorded: `4a`, `4b`, `4c` where uses are told apart, else `4`."""
        return [f"{self.key}{use}" for use, _label in self.uses] or [self.key]
