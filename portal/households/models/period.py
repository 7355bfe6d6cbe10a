"""Quarters and years: what villages report, what is frozen when a period closes, and what came to light later."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.core.appendonly import Fact
from portal.core.periods import Period
from portal.households.enums import ReportState
from portal.households.models.village import Village


class VillageReport(models.Model):
    """A village's report of a quarter (báo cáo quý của thôn): figures from the register, words from the team."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="reports", verbose_name="thôn")
    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý")
    state = models.CharField("trạng thái", max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    difficulties = models.TextField("khó khăn", max_length=3000, blank=True)
    proposals = models.TextField("kiến nghị", max_length=3000, blank=True)
    #: [[label, number, reason], …]: what the register does not know; marked “nhập tay” wherever it is shown.
    by_hand = models.JSONField("số nhập tay", default=list, blank=True)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "báo cáo quý của thôn"
        verbose_name_plural = "báo cáo quý của thôn"
        ordering = ["-year", "-quarter", "village"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "quarter"], name="villagereport_once_per_quarter"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="villagereport_quarter_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.village}, {self.period}"

    @property
    def period(self) -> Period:
        """The quarter."""
        return Period(self.year, self.quarter)


class ReportVersion(Fact):
    """What was sent, once (lần gửi): figures and words as they were at that moment."""

    report = models.ForeignKey(VillageReport, on_delete=models.PROTECT, related_name="versions", verbose_name="báo cáo")
    number = models.PositiveSmallIntegerField("lần")
    #: {measure: {heap: number}} and {tally: number}, as `period_content` makes them for one village.
    figures = models.JSONField("số liệu")
    tallies = models.JSONField("số đếm trong kỳ")
    difficulties = models.TextField("khó khăn", max_length=3000, blank=True)
    proposals = models.TextField("kiến nghị", max_length=3000, blank=True)
    by_hand = models.JSONField("số nhập tay", default=list, blank=True)
    #: Sent by nobody: the register had changed between acceptance and close, and the close brought it along.
    is_by_close = models.BooleanField("cập nhật khi chốt kỳ", default=False)
    sent_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người gửi"
    )

    class Meta:
        verbose_name = "lần gửi báo cáo"
        verbose_name_plural = "lần gửi báo cáo"
        ordering = ["report", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reportversion_number_once")]

    def __str__(self) -> str:
        return f"lần {self.number}"


class ReportReview(Fact):
    """What the commune said of what was sent (xã xem báo cáo): taken, or sent back with a remark per figure."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="reviews", verbose_name="lần gửi")
    is_accepted = models.BooleanField("nhận")
    note = models.TextField("xã nhắn", max_length=1000, blank=True)
    #: {measure or tally: remark}.
    remarks = models.JSONField("lời nhắn từng số", default=dict, blank=True)
    made_at = models.DateTimeField("lúc", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="cán bộ xem"
    )

    class Meta:
        verbose_name = "ý kiến về báo cáo"
        verbose_name_plural = "ý kiến về báo cáo"
        ordering = ["version", "id"]

    def __str__(self) -> str:
        return "nhận" if self.is_accepted else "trả lại"


class PeriodClose(Fact):
    """A period that is closed (chốt kỳ): everything that its outputs show, frozen to the letter."""

    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý", default=0, help_text="0 là cả năm.")
    first_on = models.DateField("từ ngày")
    last_on = models.DateField("đến hết ngày")
    note = models.TextField("ghi chú khi chốt", max_length=1000, blank=True)
    #: Canonical JSON; `digest` is its SHA-256 and covers the digest over all rows.
    content = models.TextField("nội dung đã chốt")
    digest = models.CharField("dấu nội dung", max_length=64)
    closed_at = models.DateTimeField("chốt lúc", auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người chốt"
    )

    class Meta:
        verbose_name = "kỳ đã chốt"
        verbose_name_plural = "kỳ đã chốt"
        ordering = ["-last_on", "-quarter"]
        constraints = [models.UniqueConstraint(fields=["year", "quarter"], name="periodclose_once")]

    def __str__(self) -> str:
        return str(self.period)

    @property
    def period(self) -> Period:
        """The quarter or year."""
        return Period(self.year, self.quarter)


class ClosedRow(Fact):
    """How one household lay on the last day of a closed period (dòng của kỳ đã chốt); a code, never a name."""

    close = models.ForeignKey(PeriodClose, on_delete=models.PROTECT, related_name="rows", verbose_name="kỳ")
    code = models.CharField("mã hộ", max_length=16)
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+", verbose_name="thôn")
    heaps = models.JSONField("các nhóm")
    digest = models.CharField("dấu dòng", max_length=64)

    class Meta:
        verbose_name = "dòng của kỳ đã chốt"
        verbose_name_plural = "dòng của kỳ đã chốt"
        constraints = [models.UniqueConstraint(fields=["close", "code"], name="closedrow_once")]

    def __str__(self) -> str:
        return self.code


class PeriodRevision(Fact):
    """What a closed period would say today, and why (điều chỉnh). The closed figures stay as they are."""

    close = models.ForeignKey(PeriodClose, on_delete=models.PROTECT, related_name="revisions", verbose_name="kỳ")
    number = models.PositiveSmallIntegerField("lần")
    reason = models.TextField("lý do", max_length=1000)
    #: Canonical JSON: numbers then, numbers now, and what happened in between.
    content = models.TextField("nội dung điều chỉnh")
    digest = models.CharField("dấu nội dung", max_length=64)
    made_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        verbose_name = "điều chỉnh kỳ đã chốt"
        verbose_name_plural = "điều chỉnh kỳ đã chốt"
        ordering = ["close", "number"]
        constraints = [models.UniqueConstraint(fields=["close", "number"], name="periodrevision_number_once")]

    def __str__(self) -> str:
        return f"{self.close}, điều chỉnh lần {self.number}"
