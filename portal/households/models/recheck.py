"""Looking twice: a drawn sample that another member visits again, and visits that somebody asked about."""

from django.conf import settings
from django.db import models

from portal.core.appendonly import Fact
from portal.households.enums import DoubtKind
from portal.households.models.household import Household
from portal.households.models.period import PeriodClose
from portal.households.models.village import Village
from portal.households.models.visit import Visit


class RecheckDraw(Fact):
    """The sample of a closed quarter (rút hộ để thăm lại): who is in it follows from the quarter's own digest."""

    close = models.OneToOneField(PeriodClose, on_delete=models.PROTECT, related_name="recheck", verbose_name="kỳ")
    percent = models.PositiveSmallIntegerField("phần trăm số hộ đã thăm")
    drawn_at = models.DateTimeField("rút lúc", auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người rút"
    )

    class Meta:
        verbose_name = "lần rút hộ thăm lại"
        verbose_name_plural = "lần rút hộ thăm lại"

    def __str__(self) -> str:
        return str(self.close)


class RecheckCase(Fact):
    """One household of the sample (hộ thăm lại), and the visit that another member is to compare by a new one."""

    draw = models.ForeignKey(RecheckDraw, on_delete=models.PROTECT, related_name="cases", verbose_name="lần rút")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name="hộ")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+", verbose_name="thôn lúc rút")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+", verbose_name="lượt thăm đầu")

    class Meta:
        verbose_name = "hộ thăm lại"
        verbose_name_plural = "hộ thăm lại"
        constraints = [models.UniqueConstraint(fields=["draw", "household"], name="recheckcase_once")]

    def __str__(self) -> str:
        return f"{self.household_id}"


class DoubtAnswer(Fact):
    """Somebody asked about a visit on the list for a second look, and this is what came of it (đã hỏi lại)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="doubts", verbose_name="lượt thăm")
    kind = models.CharField("vì sao xem lại", max_length=12, choices=DoubtKind.choices)
    note = models.CharField("hỏi rồi thì sao", max_length=250)
    made_at = models.DateTimeField("lúc", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi"
    )

    class Meta:
        verbose_name = "lượt thăm đã hỏi lại"
        verbose_name_plural = "lượt thăm đã hỏi lại"
        constraints = [models.UniqueConstraint(fields=["visit", "kind"], name="doubtanswer_once")]

    def __str__(self) -> str:
        return self.note
