"""What families send: registrations and requests for help. Each carries a token that makes a retry harmless."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.core.appendonly import Fact
from portal.core.constraints import both_or_neither
from portal.households.enums import Channel, HelpState
from portal.households.models.household import Household
from portal.households.models.village import Village


class Registration(Fact):
    """A registration as it was sent (phiếu đăng ký), with its receipt (giấy nhận)."""

    #: Made when the form was opened; the same form sent twice is one row and one receipt (invariant 8).
    token = models.UUIDField("mã phiếu", unique=True)
    receipt_code = models.CharField("số giấy nhận", max_length=20, unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="registrations", verbose_name="hộ")
    #: {"1": "co", "4": "can-giup"}: what the family says of itself, by criterion.
    answers = models.JSONField("tự trả lời", default=dict)
    sent = models.JSONField("nội dung phiếu", default=dict)
    channel = models.CharField("gửi bằng", max_length=8, choices=Channel.choices, default=Channel.WEB)
    helper_name = models.CharField("người điền giúp", max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người nhập",
    )
    #: A paper form counts from the day on which it was taken in.
    received_at = models.DateTimeField("nhận lúc", default=timezone.now)

    class Meta:
        verbose_name = "phiếu đăng ký"
        verbose_name_plural = "phiếu đăng ký"
        ordering = ["received_at", "id"]

    def __str__(self) -> str:
        return self.receipt_code


class HelpRequest(models.Model):
    """A family asks the team to come (yêu cầu giúp)."""

    token = models.UUIDField("mã yêu cầu", unique=True)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="help_requests", verbose_name="hộ"
    )
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="help_requests", verbose_name="thôn")
    name = models.CharField("ai cần giúp", max_length=120)
    phone = models.CharField("số điện thoại", max_length=16, blank=True)
    topic = models.CharField("giúp việc gì", max_length=160)
    from_path = models.CharField("từ trang", max_length=250, blank=True)
    # A key of portal.households.help_topics; “” where the family only said it in words.
    about = models.CharField("về bước hướng dẫn", max_length=80, blank=True, db_index=True)
    fixed_on = models.DateField("bước được sửa ngày", null=True, blank=True)
    asked_at = models.DateTimeField("nhờ lúc", auto_now_add=True)
    due_on = models.DateField("hẹn chậm nhất ngày")
    state = models.CharField("trạng thái", max_length=10, choices=HelpState.choices, default=HelpState.OPEN)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người giúp",
    )
    closed_at = models.DateTimeField("xong lúc", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người báo xong",
    )
    outcome = models.CharField("kết quả", max_length=250, blank=True)

    class Meta:
        verbose_name = "yêu cầu giúp"
        verbose_name_plural = "yêu cầu giúp"
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["closed_at", "state", "village"], name="helprequest_by_outcome")]
        constraints = [
            both_or_neither(
                "closed_at", "closed_by", name="helprequest_closed_pair", message="Báo xong thì phải có người và giờ."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.village})"
