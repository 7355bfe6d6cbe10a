"""Who may say yes to a page without an account, and the links by which they are asked (row E2, docs/adr/0027)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from portal.core.constraints import both_or_neither

#: Wrong codes after which a link is of no more use, and after which an approver needs a new code.
LINK_TRIES, APPROVER_TRIES = 5, 10


class ApproverQuerySet(models.QuerySet["Approver"]):
    def ready(self) -> Self:
        """Those who can be asked today."""
        return self.filter(is_active=True, wrong_tries__lt=APPROVER_TRIES).exclude(code_digest="")


class Approver(models.Model):
    """Somebody who reads and decides by link (người duyệt qua đường dẫn), with a code that nobody else knows."""

    name = models.CharField("họ và tên", max_length=80)
    function = models.CharField("chức vụ", max_length=80)
    is_active = models.BooleanField("còn duyệt", default=True)
    code_digest = models.CharField("dấu của mã duyệt", max_length=128, blank=True)
    code_set_at = models.DateTimeField("đặt mã lúc", null=True, blank=True)
    # Knows the code, having handed it over, and therefore never asks this approver.
    code_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người đặt mã",
    )
    wrong_tries = models.PositiveSmallIntegerField("số lần nhập sai", default=0)

    objects = ApproverQuerySet.as_manager()

    class Meta:
        verbose_name = "người duyệt qua đường dẫn"
        verbose_name_plural = "người duyệt qua đường dẫn"
        ordering = ["name", "pk"]
        constraints = [
            both_or_neither(
                "code_set_at", "code_set_by", name="approver_code_set_pair", message="Đặt mã thì phải có người và giờ."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}"

    @property
    def is_locked(self) -> bool:
        """Too many wrong codes in a row."""
        return self.wrong_tries >= APPROVER_TRIES


class ApprovalLinkQuerySet(models.QuerySet["ApprovalLink"]):
    def open(self) -> Self:
        """Links that may still be read and decided by."""
        return self.filter(
            decision="",
            revoked_at=None,
            expires_at__gt=timezone.now(),
            wrong_tries__lt=LINK_TRIES,
            approver__is_active=True,
        )


class ApprovalLink(models.Model):
    """One page, as it was at one moment, put before one approver (đường dẫn duyệt)."""

    class Decision(models.TextChoices):
        """What came of it."""

        AGREED = "dong-y", "đồng ý, đã duyệt"
        NOT_YET = "chua", "chưa đồng ý"
        STOPPED = "vuong", "đồng ý, nhưng bài còn chỗ phải sửa"

    token_digest = models.CharField("dấu của đường dẫn", max_length=64, unique=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="approval_links", verbose_name="trang")
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="bản được xem"
    )
    #: SHA-256 of the content that was read.
    revision_digest = models.CharField("dấu của bản được xem", max_length=64)
    task_state = models.ForeignKey(
        TaskState, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="bước duyệt"
    )
    approver = models.ForeignKey(Approver, on_delete=models.PROTECT, related_name="links", verbose_name="người duyệt")
    asked_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người gửi"
    )
    expires_at = models.DateTimeField("hết hạn lúc")
    wrong_tries = models.PositiveSmallIntegerField("số lần nhập sai", default=0)
    decision = models.CharField("trả lời", max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    reason = models.CharField("lời nhắn", max_length=500, blank=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thu hồi",
    )

    objects = ApprovalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "đường dẫn duyệt"
        verbose_name_plural = "đường dẫn duyệt"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            both_or_neither(
                "revoked_at",
                "revoked_by",
                name="approvallink_revoked_pair",
                message="Thu hồi thì phải có người và giờ.",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="approvallink_decided_once",
                violation_error_message="Trả lời thì phải có giờ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.approver}"

    @property
    def is_open(self) -> bool:
        """Whether it may still be read and decided by."""
        is_waiting = not self.decision and self.revoked_at is None
        return is_waiting and self.expires_at > timezone.now() and self.wrong_tries < LINK_TRIES

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.decision:
            return str(self.get_decision_display())
        if self.revoked_at is not None:
            return "đã thu hồi"
        if self.wrong_tries >= LINK_TRIES:
            return "khóa vì nhập sai mã"
        return "đang chờ" if self.is_open else "hết hạn"
