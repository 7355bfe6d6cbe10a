"""The consent ledger: per purpose, who, when, how; a withdrawal is a further row (invariant 5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.core.appendonly import Fact
from portal.core.constraints import both_or_neither
from portal.households.enums import ConsentMeans, DataRequestKind, NameForm, Purpose, Subject
from portal.households.models.household import Household


class Consent(Fact):
    """One saying yes or no to one purpose (sự đồng ý). The last row for a purpose and person is what holds."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="consents", verbose_name="hộ")
    purpose = models.CharField("mục đích", max_length=12, choices=Purpose.choices)
    is_granted = models.BooleanField("đồng ý")
    name_form = models.CharField("hiện tên thế nào", max_length=10, choices=NameForm.choices, blank=True)
    subject = models.CharField("của ai", max_length=12, choices=Subject.choices, default=Subject.HEAD)
    subject_name = models.CharField("tên người đó", max_length=120, blank=True)
    guardian_name = models.CharField("cha, mẹ hoặc người giám hộ", max_length=120, blank=True)
    child_agrees = models.BooleanField("em cũng đồng ý", default=False)
    means = models.CharField("cách đồng ý", max_length=12, choices=ConsentMeans.choices)
    witness_name = models.CharField("người làm chứng", max_length=120, blank=True)
    said_at = models.DateTimeField("nói lúc")
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
        verbose_name = "sự đồng ý"
        verbose_name_plural = "sự đồng ý"
        ordering = ["said_at", "id"]
        indexes = [models.Index(fields=["household", "purpose"], name="consent_by_purpose")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.NAME, is_granted=True) | ~Q(name_form=""),
                name="consent_name_says_how",
                violation_error_message="Đồng ý đăng tên thì phải chọn hiện tên thế nào.",
            ),
            # Luật 91/2025, Điều 24: from seven on the child and the guardian both agree; younger, the guardian.
            models.CheckConstraint(
                condition=~Q(subject__in=[Subject.CHILD, Subject.SMALL_CHILD], is_granted=True) | ~Q(guardian_name=""),
                name="consent_child_needs_guardian",
                violation_error_message="Trẻ em thì cha, mẹ hoặc người giám hộ phải đồng ý.",
            ),
            models.CheckConstraint(
                condition=~Q(subject=Subject.CHILD, is_granted=True) | Q(child_agrees=True),
                name="consent_child_agrees_too",
                violation_error_message="Em từ đủ 7 tuổi thì cả em cũng phải đồng ý.",
            ),
            models.CheckConstraint(
                condition=~Q(means=ConsentMeans.SPOKEN) | ~Q(witness_name=""),
                name="consent_spoken_has_witness",
                violation_error_message="Nói miệng thì phải ghi tên người làm chứng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'đồng ý' if self.is_granted else 'không'}"


class DataRequest(models.Model):
    """A family asks about its own data (yêu cầu về dữ liệu), with the days by which to answer."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="data_requests", verbose_name="hộ")
    kind = models.CharField("xin việc gì", max_length=8, choices=DataRequestKind.choices)
    asked_by = models.CharField("ai xin", max_length=120)
    means = models.CharField("bằng cách nào", max_length=12, choices=ConsentMeans.choices)
    details = models.TextField("nói rõ", max_length=1000, blank=True)
    received_at = models.DateTimeField("nhận lúc")
    acknowledge_by = models.DateField("báo đã nhận chậm nhất")
    answer_by = models.DateField("làm xong chậm nhất")
    answered_at = models.DateTimeField("xong lúc", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người làm",
    )
    outcome = models.TextField("đã làm gì", max_length=1000, blank=True)

    class Meta:
        verbose_name = "yêu cầu về dữ liệu"
        verbose_name_plural = "yêu cầu về dữ liệu"
        ordering = ["answer_by", "id"]
        constraints = [
            both_or_neither(
                "answered_at", "answered_by", name="datarequest_answered_pair", message="Xong thì phải có người và giờ."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.household_id})"
