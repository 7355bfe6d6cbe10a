"""The log of what staff saw, changed and took out, each line chained to the one before it (row R20)."""

from django.conf import settings
from django.db import models

from portal.core.appendonly import Fact


class AuditEntry(Fact):
    """One line of the log (dòng nhật ký). `digest` covers the line and the digest of the line before."""

    number = models.PositiveBigIntegerField("thứ tự", unique=True)
    happened_at = models.DateTimeField("lúc")
    action = models.CharField("việc", max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ai"
    )
    subject = models.CharField("về", max_length=120, blank=True)
    reason = models.CharField("lý do", max_length=250, blank=True)
    data = models.JSONField("chi tiết", default=dict)
    previous = models.CharField("dấu dòng trước", max_length=64)
    digest = models.CharField("dấu dòng này", max_length=64)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["number"]
        indexes = [models.Index(fields=["subject", "number"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.number}. {self.action} {self.subject}"


class AuditHead(models.Model):
    """Where the chain ends (đầu chuỗi nhật ký): one row, locked while a line is added, so that lines never fork.

    A removed last line shows here, because the head remembers its number and digest.
    """

    number = models.PositiveBigIntegerField("số dòng", default=0)
    digest = models.CharField("dấu dòng cuối", max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "đầu chuỗi nhật ký"
        verbose_name_plural = "đầu chuỗi nhật ký"

    def __str__(self) -> str:
        return str(self.number)
