"""What a village puts forward: its list, the minutes of its meeting, the posting and the objections."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.core.constraints import both_or_neither
from portal.households.enums import ProposalState, Title
from portal.households.models.household import Household
from portal.households.models.village import Village


class Proposal(models.Model):
    """A village's list for one title and year (danh sách thôn đề nghị), with the minutes as on the signed paper."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="proposals", verbose_name="thôn")
    title = models.CharField("danh hiệu", max_length=12, choices=Title.choices, default=Title.DIGITAL_FAMILY)
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=10, choices=ProposalState.choices, default=ProposalState.DRAFT)
    met_on = models.DateField("họp ngày", null=True, blank=True)
    met_at = models.CharField("họp ở", max_length=160, blank=True)
    invited_count = models.PositiveSmallIntegerField("số người được mời", null=True, blank=True)
    present_count = models.PositiveSmallIntegerField("số người dự", null=True, blank=True)
    for_count = models.PositiveSmallIntegerField("số người đồng ý", null=True, blank=True)
    against_count = models.PositiveSmallIntegerField("số người không đồng ý", null=True, blank=True)
    chair_name = models.CharField("chủ trì", max_length=120, blank=True)
    secretary_name = models.CharField("thư ký", max_length=120, blank=True)
    minutes_note = models.TextField("ý kiến trong họp", max_length=2000, blank=True)
    posted_from = models.DateField("niêm yết từ ngày", null=True, blank=True)
    posted_to = models.DateField("niêm yết đến hết ngày", null=True, blank=True)
    posted_at = models.CharField("niêm yết ở", max_length=160, blank=True)
    submitted_at = models.DateTimeField("gửi xã lúc", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người gửi",
    )
    reviewed_at = models.DateTimeField("xã xem lúc", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cán bộ xem",
    )
    review_note = models.TextField("xã nhắn lại", max_length=1000, blank=True)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    class Meta:
        verbose_name = "danh sách thôn đề nghị"
        verbose_name_plural = "danh sách thôn đề nghị"
        ordering = ["-year", "village", "title"]
        constraints = [
            both_or_neither(
                "submitted_at", "submitted_by", name="proposal_submitted_pair", message="Gửi thì phải có người và giờ."
            ),
            both_or_neither(
                "reviewed_at", "reviewed_by", name="proposal_reviewed_pair", message="Xem thì phải có người và giờ."
            ),
            models.CheckConstraint(
                condition=Q(posted_to=None) | Q(posted_from=None) | Q(posted_to__gte=F("posted_from")),
                name="proposal_posting_in_order",
                violation_error_message="Ngày thôi niêm yết không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village}, {self.get_title_display()} {self.year}"


class Candidate(models.Model):
    """A household on a village's list (hộ được đề nghị)."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="candidates", verbose_name="danh sách"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="candidacies", verbose_name="hộ")
    note = models.CharField("ghi chú", max_length=250, blank=True)
    # R12: a step that was skipped (no visit, rule not met) needs its reason.
    exception_reason = models.CharField("vì sao vẫn đề nghị", max_length=250, blank=True)

    class Meta:
        verbose_name = "hộ được đề nghị"
        verbose_name_plural = "hộ được đề nghị"
        constraints = [models.UniqueConstraint(fields=["proposal", "household"], name="candidate_once_per_list")]

    def __str__(self) -> str:
        return f"{self.household_id}"


class MinutesScan(models.Model):
    """A page or file of the signed minutes (bản chụp biên bản): private, and only ever added to once sent."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="minutes_scans", verbose_name="danh sách"
    )
    name = models.CharField("tên trong kho riêng", max_length=120, unique=True)
    #: SHA-256 of the file as it was sent: the same file sent twice is one page.
    digest = models.CharField("dấu của tệp", max_length=64)
    added_at = models.DateTimeField("thêm lúc", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thêm"
    )

    class Meta:
        verbose_name = "bản chụp biên bản"
        verbose_name_plural = "bản chụp biên bản"
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "digest"], name="minutesscan_once_per_list")]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.added_at:%d/%m/%Y}"

    @property
    def is_pdf(self) -> bool:
        """Whether this is a whole file rather than one photographed page."""
        return self.name.endswith(".pdf")


class Objection(models.Model):
    """Somebody asks again about a result or a list (ý kiến hỏi lại); answered with a reason before a day."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="objections", verbose_name="danh sách"
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="objections", verbose_name="hộ"
    )
    asked_by = models.CharField("ai hỏi", max_length=120)
    text = models.TextField("hỏi gì", max_length=1000)
    received_on = models.DateField("nhận ngày")
    answer_by = models.DateField("trả lời chậm nhất")
    answer = models.TextField("trả lời", max_length=1000, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người trả lời",
    )

    class Meta:
        verbose_name = "ý kiến hỏi lại"
        verbose_name_plural = "ý kiến hỏi lại"
        ordering = ["answer_by", "id"]
        constraints = [
            both_or_neither(
                "answered_at",
                "answered_by",
                name="objection_answered_pair",
                message="Trả lời thì phải có người và giờ.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
