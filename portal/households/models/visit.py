"""Visits: append-only facts with an id made on the phone that recorded them (invariant 2)."""

from django.conf import settings
from django.db import models

from portal.core.appendonly import Fact
from portal.households.enums import Basis, Channel, Result
from portal.households.models.criteria import CriteriaSet
from portal.households.models.household import Household
from portal.households.models.village import Village


class Visit(Fact):
    """One visit of a team to a family (lượt thăm). A mistake is corrected by a further visit that names this one."""

    client_id = models.UUIDField("mã lượt thăm", unique=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits", verbose_name="hộ")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+", verbose_name="thôn lúc thăm")
    criteria_set = models.ForeignKey(
        CriteriaSet, on_delete=models.PROTECT, related_name="+", verbose_name="bộ tiêu chí"
    )
    visited_at = models.DateTimeField("thăm lúc", db_index=True)
    seconds_spent = models.PositiveIntegerField("thăm trong (giây)", null=True, blank=True)
    # An id, not a foreign key: the correction may arrive before what it corrects.
    corrects = models.UUIDField("sửa cho lượt", null=True, blank=True, db_index=True)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    channel = models.CharField("ghi bằng", max_length=8, choices=Channel.choices, default=Channel.TEAM)
    visited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thăm"
    )
    recorded_at = models.DateTimeField("xã nhận lúc", auto_now_add=True)
    # Digest of what was sent: the same id with other content is told apart from a harmless repetition.
    digest = models.CharField("dấu nội dung", max_length=64)

    class Meta:
        verbose_name = "lượt thăm"
        verbose_name_plural = "lượt thăm"
        ordering = ["visited_at", "client_id"]
        indexes = [models.Index(fields=["household", "visited_at"], name="visit_by_household")]

    def __str__(self) -> str:
        return f"{self.household_id} {self.visited_at:%d/%m/%Y}"


class Finding(Fact):
    """What a visit found for one criterion, and on what that rests (kết quả)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings", verbose_name="lượt thăm")
    key = models.CharField("tiêu chí", max_length=14)
    result = models.CharField("kết quả", max_length=8, choices=Result.choices)
    basis = models.CharField("căn cứ", max_length=6, choices=Basis.choices, blank=True)

    class Meta:
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="finding_once_per_visit"),
            models.CheckConstraint(
                condition=models.Q(result=Result.UNCLEAR) | ~models.Q(basis=""),
                name="finding_known_needs_basis",
                violation_error_message="Đạt hay chưa đạt thì phải ghi căn cứ: thấy tận nơi, gia đình kể hay giấy tờ.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_result_display()}"


class Evidence(models.Model):
    """A private picture of a visit (ảnh làm chứng): outside the media folder, shown only to whom it concerns."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="evidence", verbose_name="lượt thăm")
    name = models.CharField("tên trong kho riêng", max_length=120, unique=True)
    taken_note = models.CharField("ảnh gì", max_length=160, blank=True)
    #: SHA-256 of the stored picture: the same one at two families deserves a second look. Empty in older rows.
    digest = models.CharField("dấu của ảnh", max_length=64, blank=True, db_index=True)
    uploaded_at = models.DateTimeField("nhận lúc", auto_now_add=True)

    class Meta:
        verbose_name = "ảnh làm chứng"
        verbose_name_plural = "ảnh làm chứng"

    def __str__(self) -> str:
        return self.name
