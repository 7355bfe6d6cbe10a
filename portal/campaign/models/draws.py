"""What a round ends with: the sealed list, the draw, who won, and the messages that say so."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.campaign.enums import ExclusionReason, HandoverCheck, HandoverSaying, MessageChannel
from portal.campaign.models.entries import Entry
from portal.campaign.models.rounds import Prize, Round
from portal.core.appendonly import Fact
from portal.core.constraints import both_or_neither

#: “Thông báo”.
MESSAGE_PREFIX = "TB"


class SealedList(Fact):
    """All entries of a round as it closed (danh sách đã chốt): the published text and its SHA-256."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="sealed_list", verbose_name="vòng")
    text = models.TextField("danh sách")
    digest = models.CharField("dấu danh sách", max_length=64)
    sealed_at = models.DateTimeField("chốt lúc", default=timezone.now, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người chốt",
    )

    class Meta:
        verbose_name = "danh sách đã chốt"
        verbose_name_plural = "danh sách đã chốt"

    def __str__(self) -> str:
        return self.digest


class SealedEntry(Fact):
    """One line of a sealed list (bài trong danh sách): the version of the entry that was valid at the close."""

    sealed_list = models.ForeignKey(
        SealedList, on_delete=models.PROTECT, related_name="lines", verbose_name="danh sách"
    )
    code = models.CharField("mã bài", max_length=20)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="sealed", verbose_name="bài dự thi")

    class Meta:
        verbose_name = "bài trong danh sách"
        verbose_name_plural = "bài trong danh sách"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["sealed_list", "code"], name="sealed_code_once_per_list")]

    def __str__(self) -> str:
        return self.code


class Exclusion(Fact):
    """Why a listed entry cannot win (bài không xét giải); its code and the reason are published.

    `is_lifted` takes an earlier exclusion back; the last row of a code holds.
    """

    code = models.CharField("mã bài", max_length=20, db_index=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="exclusions", verbose_name="vòng")
    reason = models.CharField("vì sao", max_length=14, choices=ExclusionReason.choices)
    note = models.CharField("nói rõ", max_length=250, blank=True)
    is_lifted = models.BooleanField("đã gỡ", default=False)
    decided_at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết",
    )

    class Meta:
        verbose_name = "bài không xét giải"
        verbose_name_plural = "bài không xét giải"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_reason_display()}"


class Draw(Fact):
    """The one draw of a round (bốc thăm): the number from outside and the order that followed."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="draw", verbose_name="vòng")
    list_digest = models.CharField("dấu danh sách", max_length=64)
    number = models.CharField("số bốc thăm", max_length=80)
    number_seen = models.CharField("thấy số này ở đâu", max_length=250)
    witnesses = models.CharField("người chứng kiến", max_length=250, blank=True)
    evidence = models.CharField("ảnh chụp trong kho riêng", max_length=120, blank=True)
    #: All listed codes in the drawn order.
    order = models.JSONField("thứ tự", default=list)
    drawn_at = models.DateTimeField("bốc lúc", default=timezone.now, editable=False)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người bốc"
    )

    class Meta:
        verbose_name = "bốc thăm"
        verbose_name_plural = "bốc thăm"

    def __str__(self) -> str:
        return f"{self.round_id}: {self.number}"


class AwardQuerySet(models.QuerySet["Award"]):
    """The reading vocabulary of awards."""

    def waiting(self) -> Self:
        """Neither handed over nor noted as not collected: somebody has still to act."""
        return self.filter(handed_at=None, missed_at=None)


class Award(models.Model):
    """A prize for an entry, and where its handover stands (trao giải); what was said of it is a row of `Handover`."""

    prize = models.ForeignKey(Prize, on_delete=models.PROTECT, related_name="awards", verbose_name="giải")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="award", verbose_name="bài dự thi")
    rank = models.PositiveIntegerField("thứ hạng")
    handed_at = models.DateTimeField("trao lúc", null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trao",
    )
    receiver = models.CharField("ai nhận", max_length=120, blank=True)
    handed_check = models.CharField("nhận ra người nhận bằng", max_length=8, choices=HandoverCheck.choices, blank=True)
    #: Of the handover, or why the prize was not collected.
    note = models.CharField("ghi chú", max_length=250, blank=True)
    receipt_name = models.CharField("biên nhận trong kho riêng", max_length=120, blank=True)
    #: Noted as not collected; whoever comes later still gets it.
    missed_at = models.DateTimeField("ghi chưa đến nhận lúc", null=True, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = "trao giải"
        verbose_name_plural = "trao giải"
        ordering = ["rank"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(missed_at=None),
                name="award_handed_or_missed",
                violation_error_message="Giải đã trao thì không ghi là chưa đến nhận.",
            ),
            both_or_neither(
                "handed_at", "handed_by", name="award_handed_pair", message="Đã trao thì phải có người và giờ."
            ),
            models.CheckConstraint(
                condition=Q(handed_at=None) | ~Q(handed_check=""),
                name="award_handed_after_check",
                violation_error_message="Trao giải thì phải ghi đã nhận ra người nhận bằng cách nào.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prize}: {self.entry_id}"


class Handover(Fact):
    """One thing said of a prize (việc trao giải): handed over, not collected, or the saying before it taken back."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="handovers", verbose_name="giải")
    saying = models.CharField("việc", max_length=10, choices=HandoverSaying.choices)
    receiver = models.CharField("ai nhận", max_length=120, blank=True)
    checked_by = models.CharField("nhận ra người nhận bằng", max_length=8, choices=HandoverCheck.choices, blank=True)
    note = models.CharField("ghi chú, lý do", max_length=250, blank=True)
    receipt_name = models.CharField("biên nhận trong kho riêng", max_length=120, blank=True)
    said_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "việc trao giải"
        verbose_name_plural = "việc trao giải"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.get_saying_display()}"


class OfficialMessage(Fact):
    """A text that really came from the commune (tin của xã): its code proves it at /minigame/tin-that/."""

    code = models.CharField("mã tin", max_length=20, unique=True)
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="messages", verbose_name="vòng"
    )
    channel = models.CharField("gửi bằng", max_length=4, choices=MessageChannel.choices)
    text = models.TextField("nội dung", max_length=2000)
    #: SHA-256 of the text as `portal.campaign.messages` compares it.
    digest = models.CharField("dấu nội dung", max_length=64, db_index=True)
    valid_until = models.DateField("đúng đến hết ngày")
    issued_at = models.DateTimeField("phát lúc", auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người phát"
    )

    class Meta:
        verbose_name = "tin của xã"
        verbose_name_plural = "tin của xã"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.code


class KnownScam(models.Model):
    """A fake text that has gone round (tin giả đã biết), so that who asks about it is warned at once."""

    text = models.TextField("nội dung tin giả", max_length=2000)
    advice = models.CharField("nói với bà con", max_length=250)
    seen_on = models.DateField("thấy ngày")

    class Meta:
        verbose_name = "tin giả đã biết"
        verbose_name_plural = "tin giả đã biết"
        ordering = ["-seen_on", "-id"]

    def __str__(self) -> str:
        return self.text[:60]


class Erasure(Fact):
    """Proof that the personal data of a round's entries were erased (biên bản xóa)."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="erasure", verbose_name="vòng")
    #: [[entry code, number of versions, number of pictures], …]
    proof = models.JSONField("những gì đã xóa", default=list)
    erased_at = models.DateTimeField("xóa lúc", auto_now_add=True)

    class Meta:
        verbose_name = "biên bản xóa"
        verbose_name_plural = "biên bản xóa"

    def __str__(self) -> str:
        return f"{self.round_id}"
