"""What a village did for the movement: append-only reports, corrected by a further one that names the old (row V12)."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.core.appendonly import Fact, FactQuerySet
from portal.households.enums import ActivityKind
from portal.households.models.village import Village


class ActivityQuerySet(FactQuerySet):
    def in_effect(self) -> Self:
        """Reports that no later one corrects, without those that say that nothing took place."""
        return self.filter(correction=None, is_void=False)


class ActivityReport(Fact):
    """An activity that a village held (hoạt động), counted towards “100 % thôn”."""

    #: Made when the form was opened; the same form sent twice is one report (invariant 8).
    token = models.UUIDField("mã phiếu", unique=True)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="activities", verbose_name="thôn")
    held_on = models.DateField("làm ngày")
    kind = models.CharField("loại", max_length=12, choices=ActivityKind.choices)
    topic = models.CharField("nội dung", max_length=200)
    place = models.CharField("ở đâu", max_length=160)
    people_count = models.PositiveIntegerField("số người dự")
    men_count = models.PositiveIntegerField("nam", null=True, blank=True)
    women_count = models.PositiveIntegerField("nữ", null=True, blank=True)
    elder_count = models.PositiveIntegerField("từ 60 tuổi", null=True, blank=True)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bài báo trước",
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="sửa cho phiếu"
    )
    is_void = models.BooleanField("ghi nhầm, không có hoạt động này", default=False)
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )

    objects: ClassVar[Any] = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động của thôn"
        verbose_name_plural = "hoạt động của thôn"
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["village", "held_on"], name="activityreport_by_village")]
        constraints = [
            models.CheckConstraint(
                condition=Q(men_count=None) | Q(women_count=None) | Q(people_count=F("men_count") + F("women_count")),
                name="activityreport_men_and_women_are_all",
                violation_error_message="Số nam cộng số nữ phải bằng số người dự.",
            ),
            models.CheckConstraint(
                condition=Q(elder_count=None) | Q(elder_count__lte=F("people_count")),
                name="activityreport_elders_among_all",
                violation_error_message="Số người từ 60 tuổi không nhiều hơn số người dự.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.village}, {self.held_on:%d/%m/%Y})"


class ActivityPhoto(models.Model):
    """A private picture of an activity (ảnh hoạt động); publishing one is another matter, with consents of its own."""

    activity = models.ForeignKey(
        ActivityReport, on_delete=models.PROTECT, related_name="photos", verbose_name="hoạt động"
    )
    name = models.CharField("tên trong kho riêng", max_length=120, unique=True)
    uploaded_at = models.DateTimeField("nhận lúc", auto_now_add=True)

    class Meta:
        verbose_name = "ảnh hoạt động"
        verbose_name_plural = "ảnh hoạt động"

    def __str__(self) -> str:
        return self.name
