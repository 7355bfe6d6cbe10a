"""Where readers of a guide get stuck: counts without anybody in them, and the editor's task that comes of them (P4)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.stories.models.guides import GuidePage
from portal.stories.stuck.keys import about_step


class StuckTaskQuerySet(models.QuerySet["StuckTask"]):
    def open(self) -> Self:
        """Tasks that nobody has closed yet."""
        return self.filter(closed_on=None)


class StuckTask(models.Model):
    """The editor is asked to look at one step that many are stuck at (việc sửa bước hay bị kẹt)."""

    class Outcome(models.TextChoices):
        """How it ended."""

        FIXED = "da-sua", "đã sửa bước này"
        FINE = "khong-can", "đã xem, không cần sửa"

    guide = models.ForeignKey(GuidePage, on_delete=models.CASCADE, related_name="stuck_tasks", verbose_name="hướng dẫn")
    step = models.UUIDField("bước")
    # Digest of what the step said when the task was made: another one means that somebody has changed it.
    wording = models.CharField("dấu của lời", max_length=16)
    opened_on = models.DateField("báo ngày")
    closed_on = models.DateField("xong ngày", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome.choices, blank=True)
    note = models.CharField("ghi chú", max_length=250, blank=True)
    # Empty where a scheduled publication brought the change.
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xem",
    )

    objects = StuckTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "bước hay bị kẹt"
        verbose_name_plural = "bước hay bị kẹt"
        ordering = ["opened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "step"], condition=Q(closed_on=None), name="stucktask_one_open_per_step"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="stucktask_closed_with_outcome",
                violation_error_message="Xong rồi thì phải ghi kết quả.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="khong-can") | ~Q(note=""),
                name="stucktask_fine_says_why",
                violation_error_message="Không cần sửa thì phải ghi vì sao.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.step}"

    @property
    def about(self) -> str:
        """What requests for help about this step carry."""
        return about_step(self.guide_id, self.step)


class StuckCount(models.Model):
    """How often one step, as it was worded, was too hard on one day (số lần bị kẹt). Nobody is in it."""

    guide = models.ForeignKey(
        GuidePage, on_delete=models.CASCADE, related_name="stuck_counts", verbose_name="hướng dẫn"
    )
    step = models.UUIDField("bước")
    wording = models.CharField("dấu của lời", max_length=16)
    day = models.DateField("ngày")
    count = models.PositiveSmallIntegerField("số lần", default=0)
    # The closed task that these led to; counting starts anew from there.
    task = models.ForeignKey(
        StuckTask, on_delete=models.CASCADE, null=True, blank=True, related_name="counts", verbose_name="việc"
    )

    class Meta:
        verbose_name = "số lần bị kẹt"
        verbose_name_plural = "số lần bị kẹt"
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "step", "wording", "day"], condition=Q(task=None), name="stuckcount_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.step} {self.day:%d/%m/%Y}: {self.count}"
