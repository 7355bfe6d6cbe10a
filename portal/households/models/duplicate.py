"""Duplicates: what was found to be two, and what was merged into one, undoable for a year."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.core.constraints import both_or_neither
from portal.households.models.household import Household


class DistinctPair(models.Model):
    """Two look-alike households that somebody knows to be two (không trùng); never asked about again."""

    first = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+", verbose_name="hộ thứ nhất")
    second = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="+", verbose_name="hộ thứ hai")
    said_at = models.DateTimeField("nói lúc", auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người nói"
    )

    class Meta:
        verbose_name = "cặp không trùng"
        verbose_name_plural = "cặp không trùng"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="distinctpair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinctpair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"


class Merge(models.Model):
    """One household taken into another (gộp hộ), for a year undoable: facts are read through `Household.root`."""

    survivor = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name="hộ giữ lại")
    absorbed = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name="hộ gộp vào")
    merged_at = models.DateTimeField("gộp lúc", auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người gộp"
    )
    undone_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người gỡ",
    )

    class Meta:
        verbose_name = "lần gộp hộ"
        verbose_name_plural = "lần gộp hộ"
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="merge_one_standing_per_absorbed"
            ),
            both_or_neither(
                "undone_at", "undone_by", name="merge_undone_pair", message="Gỡ gộp thì phải có người và giờ."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.survivor_id}"


class ImportBatch(models.Model):
    """A workbook brought into the register as one batch (lô nhập), undoable as one."""

    file_name = models.CharField("tên tệp", max_length=200)
    #: The trial that was confirmed; confirming it again brings nothing in twice.
    trial = models.UUIDField("lần đọc thử", unique=True, null=True, editable=False)
    row_count = models.PositiveIntegerField("số dòng", default=0)
    imported_at = models.DateTimeField("nhập lúc", auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập"
    )
    #: Values before the batch of rows that it updated: {household pk: {field: value}}.
    before = models.JSONField("trước khi nhập", default=dict)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người hoàn tác",
    )

    class Meta:
        verbose_name = "lô nhập"
        verbose_name_plural = "lô nhập"
        ordering = ["-imported_at"]
        constraints = [
            both_or_neither(
                "undone_at", "undone_by", name="importbatch_undone_pair", message="Hoàn tác thì phải có người và giờ."
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
