"""Sensitive changes wait for a second person (row R6)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.core.constraints import both_or_neither


class SensitiveChange(models.Model):
    """A change that somebody asks for and somebody else lets through or not (việc cần hai người)."""

    class Kind(models.TextChoices):
        MERGE = "gop", "gộp hai hộ"
        REVOKE = "thu-hoi", "thu hồi giấy"
        ACTIVATE_CRITERIA = "tieu-chi", "đưa bộ tiêu chí vào áp dụng"
        TITLE_RULE = "danh-hieu", "đổi điều kiện danh hiệu"

    kind = models.CharField("việc", max_length=10, choices=Kind.choices)
    #: What to do, as the service takes it: primary keys and plain values.
    arguments = models.JSONField("nội dung", default=dict)
    summary = models.CharField("tóm tắt", max_length=250)
    reason = models.CharField("lý do", max_length=250)
    asked_at = models.DateTimeField("đề nghị lúc", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người đề nghị"
    )
    decided_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người duyệt",
    )
    is_approved = models.BooleanField("đồng ý", null=True, blank=True)

    class Meta:
        verbose_name = "việc cần hai người"
        verbose_name_plural = "việc cần hai người"
        ordering = ["asked_at"]
        constraints = [
            both_or_neither(
                "decided_at",
                "decided_by",
                name="sensitivechange_decided_pair",
                message="Duyệt thì phải có người và giờ.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="sensitivechange_two_people",
                violation_error_message="Người đề nghị không tự duyệt được.",
            ),
        ]

    def __str__(self) -> str:
        return self.summary
