"""What was given for the games and what was spent on them (row L10): a ledger in which nothing is deleted."""

from typing import Self

from django.conf import settings
from django.db import models

from portal.campaign.enums import SponsorForm
from portal.campaign.models.games import GamePage
from portal.campaign.models.rounds import Round
from portal.core.constraints import both_or_neither

MAX_VALUE = 2_000_000_000


class LedgerQuerySet(models.QuerySet["LedgerLine"]):
    """The reading vocabulary of the ledger."""

    def standing(self) -> Self:
        """Lines that nobody has taken back."""
        return self.filter(cancelled_at=None)


class LedgerLine(models.Model):
    """Abstract: for which game and round, its paper, who wrote it down. A wrong line is struck out with a reason."""

    game = models.ForeignKey(
        GamePage, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="minigame"
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="vòng"
    )
    receipt_number = models.CharField("số biên nhận", max_length=40, blank=True)
    receipt_name = models.CharField("biên nhận trong kho riêng", max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    cancelled_at = models.DateTimeField("gạch bỏ lúc", null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="người gạch bỏ",
    )
    cancel_reason = models.CharField("vì sao gạch bỏ", max_length=250, blank=True, editable=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True


class Sponsorship(LedgerLine):
    """What somebody gave for the games (tài trợ): source, value, paper."""

    sponsor = models.CharField("ai tặng", max_length=160)
    form = models.CharField("hình thức", max_length=10, choices=SponsorForm.choices)
    what = models.CharField("tặng gì", max_length=200)
    value = models.PositiveIntegerField("trị giá (đồng)", null=True, blank=True)
    received_on = models.DateField("nhận ngày")
    is_named = models.BooleanField(
        "đăng tên người tặng", default=False, help_text="Chỉ đánh dấu khi người tặng đồng ý."
    )

    class Meta:
        verbose_name = "tài trợ"
        verbose_name_plural = "tài trợ"
        ordering = ["-received_on", "-id"]
        constraints = [
            both_or_neither(
                "cancelled_at",
                "cancelled_by",
                name="sponsorship_cancelled_pair",
                message="Gạch bỏ thì phải có người và giờ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sponsor}: {self.what}"

    @property
    def is_shown(self) -> bool:
        """Whether the public may read who gave it."""
        return self.is_named and self.cancelled_at is None


class Spending(LedgerLine):
    """What was bought for the games (khoản chi), out of what was given."""

    what = models.CharField("chi việc gì", max_length=200)
    value = models.PositiveIntegerField("số tiền (đồng)")
    spent_on = models.DateField("chi ngày")

    class Meta:
        verbose_name = "khoản chi"
        verbose_name_plural = "khoản chi"
        ordering = ["-spent_on", "-id"]
        constraints = [
            both_or_neither(
                "cancelled_at",
                "cancelled_by",
                name="spending_cancelled_pair",
                message="Gạch bỏ thì phải có người và giờ.",
            ),
        ]

    def __str__(self) -> str:
        return self.what
