"""Decisions as signed on paper, and what they do to each household. Changed only by further decisions."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.core.appendonly import Fact
from portal.core.constraints import both_or_neither
from portal.households.enums import CertificateState, DecisionKind, Title
from portal.households.models.household import Household
from portal.households.models.proposal import Proposal

CERTIFICATE_PREFIX = "CN"


class Decision(Fact):
    """A signed decision (quyết định). Number, date and signer are typed in from the paper (invariant 10)."""

    kind = models.CharField("loại", max_length=10, choices=DecisionKind.choices, default=DecisionKind.RECOGNISE)
    title = models.CharField("danh hiệu", max_length=12, choices=Title.choices)
    year = models.PositiveSmallIntegerField("năm")
    number = models.CharField("số, ký hiệu", max_length=60)
    signed_on = models.DateField("ngày ký")
    signer_name = models.CharField("người ký", max_length=120)
    signer_role = models.CharField("chức vụ", max_length=120)
    legal_bases = models.TextField("căn cứ", max_length=4000)
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name="sửa quyết định",
    )
    scan = models.CharField("bản chụp (kho riêng)", max_length=120, blank=True)
    #: SHA-256 of the list as decided; an entry changed in the database no longer fits it.
    list_digest = models.CharField("dấu danh sách", max_length=64)
    entered_at = models.DateTimeField("nhập lúc", auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập"
    )
    proposals: ClassVar[models.ManyToManyField] = models.ManyToManyField(
        Proposal, blank=True, related_name="decisions", verbose_name="danh sách thôn"
    )

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        ordering = ["-signed_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["number", "signed_on"], name="decision_number_once_per_day")]

    def __str__(self) -> str:
        return f"{self.number} ngày {self.signed_on:%d/%m/%Y}"


class DecisionEntry(Fact):
    """What a decision says of one household (dòng trong quyết định), in the paper's own words."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="entries", verbose_name="quyết định")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="decision_entries", verbose_name="hộ"
    )
    position = models.PositiveIntegerField("số thứ tự")
    action = models.CharField("việc", max_length=10, choices=DecisionKind.choices)
    name_on_paper = models.CharField("tên trên quyết định", max_length=120)
    village_on_paper = models.CharField("thôn trên quyết định", max_length=80)
    reason = models.CharField("lý do", max_length=250, blank=True)

    class Meta:
        verbose_name = "dòng trong quyết định"
        verbose_name_plural = "dòng trong quyết định"
        ordering = ["decision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "household"], name="decisionentry_once_per_household")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.name_on_paper}"


class Certificate(models.Model):
    """A certificate (giấy chứng nhận): serial per year, public code, never deleted."""

    entry = models.ForeignKey(
        DecisionEntry, on_delete=models.PROTECT, related_name="certificates", verbose_name="dòng quyết định"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="certificates", verbose_name="hộ")
    title = models.CharField("danh hiệu", max_length=12, choices=Title.choices)
    year = models.PositiveSmallIntegerField("năm")
    serial = models.PositiveIntegerField("số vào sổ")
    code = models.CharField("mã kiểm tra", max_length=20, unique=True)
    name_on_paper = models.CharField("tên trên giấy", max_length=120)
    village_on_paper = models.CharField("thôn trên giấy", max_length=80)
    state = models.CharField(
        "trạng thái", max_length=12, choices=CertificateState.choices, default=CertificateState.VALID
    )
    issued_at = models.DateTimeField("cấp lúc", auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người cấp"
    )
    ended_at = models.DateTimeField("hết hiệu lực lúc", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ghi",
    )
    ended_reason = models.CharField("vì sao", max_length=250, blank=True)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="giấy mới"
    )
    print_count = models.PositiveIntegerField("số lần in", default=0)
    family_print_count = models.PositiveIntegerField("trong đó gia đình tự in", default=0)

    class Meta:
        verbose_name = "giấy chứng nhận"
        verbose_name_plural = "giấy chứng nhận"
        ordering = ["-year", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="certificate_serial_once_per_year"),
            both_or_neither(
                "ended_at", "ended_by", name="certificate_ended_pair", message="Hết hiệu lực thì phải có người và giờ."
            ),
            models.CheckConstraint(
                condition=models.Q(state=CertificateState.VALID, ended_at=None)
                | (~models.Q(state=CertificateState.VALID) & models.Q(ended_at__isnull=False)),
                name="certificate_state_fits_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serial}/{self.year}"
