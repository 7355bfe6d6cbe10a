"""Who in the house can use digital services, as said on a day; a role, never a child's name (plan, target b)."""

from django.conf import settings
from django.db import models

from portal.core.appendonly import Fact
from portal.households.enums import Basis, CapableMember
from portal.households.models.household import Household
from portal.households.models.visit import Visit


class CapableStatement(Fact):
    """One such word (lời ghi); the last one by a day is what holds on that day."""

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="capable_statements", verbose_name="hộ"
    )
    said_on = models.DateField("ngày")
    who = models.CharField("ai dùng được dịch vụ số", max_length=12, choices=CapableMember.choices)
    basis = models.CharField("căn cứ", max_length=6, choices=Basis.choices, blank=True)
    visit = models.ForeignKey(
        Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lượt thăm"
    )
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ghi",
    )

    class Meta:
        verbose_name = "lời ghi về người dùng được dịch vụ số"
        verbose_name_plural = "lời ghi về người dùng được dịch vụ số"
        ordering = ["said_on", "id"]
        indexes = [models.Index(fields=["household", "said_on"], name="capablestatement_by_household")]

    def __str__(self) -> str:
        return f"{self.said_on:%d/%m/%Y}: {self.get_who_display()}"
