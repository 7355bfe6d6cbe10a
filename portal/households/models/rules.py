"""What the commune decides about the register, as rows that its staff edit; no such number stands in code."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from portal.households.enums import DataRequestKind, Title

COMMUNE = "Ủy ban nhân dân xã quyết định."
LAW = "Nghị định 356/2025/NĐ-CP quy định; chỉ đổi khi luật đổi."


def days(label: str, usual: int, help_text: str, *, low: int = 1, high: int = 3660) -> Any:
    """A number of days with its bounds and the sentence that says who decides it."""
    return models.PositiveSmallIntegerField(
        label,
        default=usual,
        help_text=help_text,
        validators=[
            MinValueValidator(low, f"Ít nhất là {low} ngày."),
            MaxValueValidator(high, f"Nhiều nhất là {high} ngày."),
        ],
    )


@register_setting(icon="list-ul", order=110)
class RegisterRules(BaseGenericSetting):
    """Numbers of days in the register's work (quy tắc của sổ hộ): one row for the commune."""

    first_visit_days = days(
        "thăm lần đầu trong (ngày)", 30, f"Kể từ ngày vào sổ; in trên giấy nhận của gia đình. {COMMUNE}", high=365
    )
    visit_again_days = days("thăm lại sau (ngày)", 180, f"Kể từ lần thăm trước; việc hiện ở bàn của tổ. {COMMUNE}")
    help_days = days("đến giúp trong (ngày)", 7, f"Kể từ lúc gia đình nhờ; hiện cho gia đình. {COMMUNE}", high=365)
    posting_days = days(
        "niêm yết danh sách (ngày)",
        10,
        f"Thôn niêm yết đủ số ngày này mới gửi xã được. Nghị định 86/2023/NĐ-CP lấy 10 ngày. {COMMUNE}",
        high=60,
    )
    objection_days = days(
        "trả lời ý kiến hỏi lại trong (ngày)", 5, f"Kể từ ngày nhận ý kiến; ghi trên danh sách dán. {COMMUNE}", high=60
    )
    merge_undo_days = days("gỡ được hộ gộp nhầm trong (ngày)", 365, f"Quá số ngày này thì không gỡ nữa. {COMMUNE}")
    evidence_keep_days = days(
        "giữ ảnh làm chứng (ngày)",
        730,
        f"Kể từ ngày thăm; quá hạn thì mỗi đêm tự xóa, kết quả thăm vẫn giữ. {COMMUNE}",
        low=30,
    )
    acknowledge_days = days(
        "báo đã nhận yêu cầu về dữ liệu trong (ngày làm việc)", 2, f"Trừ thứ Bảy, Chủ nhật và ngày nghỉ lễ. {LAW}",
        high=30,
    )  # fmt: skip
    see_days = days("cho xem, sửa dữ liệu trong (ngày)", 10, LAW, high=90)
    withdraw_days = days("thôi dùng, hạn chế dùng trong (ngày)", 15, LAW, high=90)
    erase_days = days("xóa dữ liệu trong (ngày)", 20, LAW, high=90)

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("first_visit_days"), FieldPanel("visit_again_days"), FieldPanel("help_days")],
            heading="Việc của tổ công nghệ số",
        ),
        MultiFieldPanel([FieldPanel("posting_days"), FieldPanel("objection_days")], heading="Danh sách thôn đề nghị"),
        MultiFieldPanel([FieldPanel("merge_undo_days"), FieldPanel("evidence_keep_days")], heading="Sổ hộ"),
        MultiFieldPanel(
            [
                FieldPanel("acknowledge_days"),
                FieldPanel("see_days"),
                FieldPanel("withdraw_days"),
                FieldPanel("erase_days"),
            ],
            heading="Quyền của gia đình về dữ liệu",
        ),
    ]

    class Meta:
        verbose_name = "quy tắc của sổ hộ"
        verbose_name_plural = "quy tắc của sổ hộ"

    def __str__(self) -> str:
        return "Quy tắc của sổ hộ"

    def answer_days(self, kind: DataRequestKind) -> int:
        """Days within which a request about data is carried out."""
        return {
            DataRequestKind.SEE: self.see_days,
            DataRequestKind.CORRECT: self.see_days,
            DataRequestKind.WITHDRAW: self.withdraw_days,
            DataRequestKind.RESTRICT: self.withdraw_days,
            DataRequestKind.ERASE: self.erase_days,
        }[kind]


class TitleRule(models.Model):
    """What a family must meet for one title in one year (điều kiện danh hiệu); without a year, in all other years.

    Written only by a change that two people let through. A family that does not meet it may still be put forward,
    with a reason that stands beside its name (row R12).
    """

    title = models.CharField("danh hiệu", max_length=12, choices=Title.choices)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    needs_pass = models.BooleanField("đủ điều kiện theo bộ tiêu chí", default=True)
    years_held = models.PositiveSmallIntegerField(
        "được công nhận “Gia đình số” mấy năm liền",
        default=0,
        help_text="Tính đến năm xét hoặc năm ngay trước. Ghi 0 nếu không cần.",
    )
    most_per_village = models.PositiveSmallIntegerField(
        "mỗi thôn nhiều nhất mấy hộ", null=True, blank=True, help_text="Để trống nếu không giới hạn."
    )
    words = models.TextField("điều kiện khác, nguyên văn", max_length=1000, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=250, blank=True)

    class Meta:
        verbose_name = "điều kiện danh hiệu"
        verbose_name_plural = "điều kiện danh hiệu"
        ordering = ["title", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["title", "year"], name="titlerule_once_per_year"),
            models.UniqueConstraint(fields=["title"], condition=Q(year=None), name="titlerule_one_for_all_years"),
        ]

    def __str__(self) -> str:
        return f"{self.get_title_display()} {self.year or 'mọi năm'}"

    @property
    def is_told_by_visits(self) -> bool:
        """Whether the visits alone say who meets it: nothing to be counted, weighed or chosen besides."""
        return self.needs_pass and not (self.years_held or self.most_per_village or self.words)

    @property
    def sentences(self) -> list[str]:
        """The rule in words, for those who make and check lists."""
        said = []
        if self.needs_pass:
            said.append("Đủ điều kiện theo bộ tiêu chí, do các lượt thăm ghi lại.")
        if self.years_held:
            said.append(f"Được công nhận “Gia đình số” ít nhất {self.years_held} năm liền.")
        if self.most_per_village is not None:
            said.append(f"Mỗi thôn đề nghị nhiều nhất {self.most_per_village} hộ.")
        return [*said, *filter(None, [self.words.strip()])] or ["Không đặt điều kiện nào."]


class Holiday(models.Model):
    """A public holiday (ngày nghỉ lễ): every year on the same day, or once from one day to another."""

    name = models.CharField("tên", max_length=80)
    first_day = models.DateField("ngày nghỉ", help_text="Nghỉ nhiều ngày thì đây là ngày đầu.")
    last_day = models.DateField(
        "đến hết ngày",
        null=True,
        blank=True,
        help_text="Để trống nếu nghỉ một ngày. Tết, Giỗ Tổ và ngày nghỉ bù: mỗi năm thêm một dòng theo thông báo.",
    )
    is_yearly = models.BooleanField("năm nào cũng nghỉ ngày này", default=False)

    panels: ClassVar[list[Any]] = [FieldPanel(name) for name in ("name", "first_day", "last_day", "is_yearly")]

    class Meta:
        verbose_name = "ngày nghỉ lễ"
        verbose_name_plural = "ngày nghỉ lễ"
        ordering = ["-is_yearly", "first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="holiday_days_in_order",
                violation_error_message="Ngày cuối không được trước ngày đầu.",
            ),
            models.CheckConstraint(
                condition=Q(is_yearly=False) | Q(last_day=None),
                name="holiday_yearly_is_one_day",
                violation_error_message="Ngày lặp lại hằng năm thì ghi từng ngày một, để trống ô “đến hết ngày”.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.days}"

    @property
    def days(self) -> str:
        """“02/09 hằng năm”, “05/02/2027 đến 11/02/2027”."""
        if self.is_yearly:
            return f"{self.first_day:%d/%m} hằng năm"
        last = f" đến {self.last_day:%d/%m/%Y}" if self.last_day else ""
        return f"{self.first_day:%d/%m/%Y}{last}"
