"""What the office fills in once about itself."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from portal.core.periods import USUAL_CUTOFF

#: Fewer households than this are not told apart in public, unless the commune sets it higher.
USUAL_LEAST = 5


@register_setting(icon="home", order=100)
class SiteProfile(BaseSiteSetting):
    """The column's own name, contacts and marks (thông tin chuyên mục)."""

    column_name = models.CharField("tên chuyên mục", max_length=60, default="Gia đình số")
    commune_name = models.CharField(
        "tên xã",
        max_length=60,
        default="xã Ba Tô",
        help_text="Viết đúng dấu: xã Ba Tô và xã Ba Tơ là hai xã khác nhau.",
    )
    province_name = models.CharField("tên tỉnh", max_length=60, default="tỉnh Quảng Ngãi")
    office_name = models.CharField("phòng chủ trì", max_length=120, default="Phòng Văn hóa – Xã hội")
    in_charge = models.CharField("người chịu trách nhiệm nội dung", max_length=120, blank=True)
    hotline = models.CharField(
        "số điện thoại", max_length=40, blank=True, help_text="Hiện ở cuối mọi trang và trang 404."
    )
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    report_cutoff_day = models.PositiveSmallIntegerField(
        "ngày chốt số liệu báo cáo",
        default=USUAL_CUTOFF,
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text="Quý tính đến hết ngày này của tháng cuối quý; 31 là cuối tháng. Theo quy định của tỉnh hoặc của xã. "
        "Kỳ đã chốt giữ nguyên ngày cũ.",
    )
    smallest_count = models.PositiveSmallIntegerField(
        "số hộ ít nhất được nêu riêng",
        default=USUAL_LEAST,
        validators=[MinValueValidator(3), MaxValueValidator(20)],
        help_text="Ở trang Tiến độ công khai, ít hộ hơn số này thì không nêu riêng, để không ai đoán ra nhà nào. "
        "Quý đã chốt giữ nguyên số cũ.",
    )
    # Two at least: a day counts for one less than the limit (portal.stories.stuck).
    stuck_limit = models.PositiveSmallIntegerField(
        "bị kẹt bao nhiêu lượt thì báo người viết",
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(200)],
        help_text="Số lượt bấm “Tôi bị kẹt ở bước này” ở cùng một bước, trong số ngày dưới đây.",
    )
    stuck_days = models.PositiveSmallIntegerField(
        "đếm lượt bị kẹt trong (ngày)", default=14, validators=[MinValueValidator(2), MaxValueValidator(90)]
    )
    keeps_pages_offline = models.BooleanField(
        "cho đọc khi mất mạng",
        default=True,
        help_text="Bật thì máy của bà con giữ lại trang chủ, hướng dẫn, câu chuyện, tin và buổi học đã mở, để đọc khi "
        "mất mạng. Tắt thì lần tới bà con vào chuyên mục, máy tự xóa hết bản lưu.",
    )
    has_sample_content = models.BooleanField(
        "còn dữ liệu mẫu",
        default=False,
        help_text="Bật thì đầu mỗi trang có dải “Dữ liệu mẫu”. Tắt khi đã gỡ hết bài và số liệu mẫu.",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("column_name"),
                FieldPanel("commune_name"),
                FieldPanel("province_name"),
                FieldPanel("office_name"),
                FieldPanel("in_charge"),
            ],
            heading="Tên gọi",
        ),
        MultiFieldPanel([FieldPanel("hotline"), FieldPanel("email"), FieldPanel("address")], heading="Liên hệ"),
        MultiFieldPanel([FieldPanel("report_cutoff_day"), FieldPanel("smallest_count")], heading="Số liệu"),
        MultiFieldPanel([FieldPanel("stuck_limit"), FieldPanel("stuck_days")], heading="Hướng dẫn"),
        FieldPanel("keeps_pages_offline"),
        FieldPanel("has_sample_content"),
    ]

    class Meta:
        verbose_name = "thông tin chuyên mục"
        verbose_name_plural = "thông tin chuyên mục"

    def __str__(self) -> str:
        return f"{self.column_name}, {self.commune_name}"
