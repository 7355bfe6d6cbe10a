from datetime import UTC, date, datetime

from django.db import migrations

GROUPS = ("Tổ công nghệ số", "Cán bộ sổ hộ", "Lãnh đạo")
SET_NAME = "Năm tiêu chí của kế hoạch"
LEGAL_BASIS = "Kế hoạch phát động Phong trào “Gia đình số” của Ủy ban nhân dân xã Ba Tô. Mức đạt do Ủy ban nhân dân xã quyết định."
# The plan fixes five criteria and no pass rule (domain.md, section 0): "all five" is a default that staff change.
CRITERIA = (
    {
        "key": "1",
        "name": "Có máy vào mạng",
        "sentence": "Trong nhà có ít nhất một điện thoại hay máy tính vào mạng được.",
        "plan_wording": "Có thiết bị thông minh kết nối Internet (điện thoại, laptop, PC, máy tính bảng...).",
        "question": "Hôm nay, nhà mình có máy nào mở được một trang web không?",
        "offer": "Chưa có máy, máy hỏng hay không có sóng thì báo ở đây. Đó không phải lỗi của gia đình; xã ghi lại để tìm cách.",
    },
    {
        "key": "2",
        "name": "Làm giấy tờ trên mạng",
        "sentence": "Trong nhà có người biết làm giấy tờ trên Cổng Dịch vụ công quốc gia hoặc VNeID.",
        "plan_wording": "Biết và sử dụng dịch vụ công trực tuyến mức độ 3, 4 qua Cổng Dịch vụ công quốc gia, VNeID.",
        "question": "Trong 12 tháng qua, có ai trong nhà tự nộp hoặc tự xem một giấy tờ trên đó không?",
        "offer": "Tổ công nghệ số đến ngồi làm cùng gia đình một lần.",
    },
    {
        "key": "3",
        "name": "Trả tiền bằng điện thoại",
        "sentence": "Trong nhà có người trả hoặc nhận tiền bằng điện thoại, không cần tiền mặt.",
        "plan_wording": "Thực hiện thanh toán không dùng tiền mặt qua ví điện tử, mã QR, ngân hàng số.",
        "question": "Trong 3 tháng qua, có ai trong nhà quét mã trả tiền hoặc nhận tiền qua ngân hàng, ví điện tử không? "
        "Không cần nói bao nhiêu tiền.",
        "offer": "Tổ chỉ cách trả tiền an toàn. Người của tổ không hỏi mật khẩu, mã OTP, số tài khoản.",
    },
    {
        "key": "4",
        "name": "Học, khám bệnh, giải trí",
        "sentence": "Nhà mình dùng mạng để học, để lo sức khỏe, để giải trí.",
        "plan_wording": "Tham gia học tập trực tuyến, chăm sóc sức khoẻ, giải trí qua Internet (Youtube, Tiktok, Facebook, "
        "Zalo, VTV...).",
        "question": "Trong 3 tháng qua, nhà mình dùng mạng vào việc nào: học, khám bệnh hay bảo hiểm y tế, xem và nghe?",
        "offer": "Tổ mở giúp bài học cho con và bảo hiểm y tế trên máy, chỉ đến khi nhà mình tự mở được.",
        "uses": [["a", "Học"], ["b", "Khám bệnh, bảo hiểm y tế"], ["c", "Xem và nghe"]],
    },
    {
        "key": "5",
        "name": "Tránh kẻ lừa, bảo vệ con trẻ",
        "sentence": "Nhà mình biết tránh kẻ lừa trên mạng và bảo vệ con trẻ khỏi chuyện xấu.",
        "plan_wording": "Hiểu và thực hiện an toàn thông tin mạng, bảo vệ con trẻ khỏi thông tin xấu độc hại.",
        "question": "Nhà mình kể được 2 dấu hiệu kẻ lừa, máy có khóa màn hình, có cách trông con dùng máy không? "
        "Nhà không có trẻ thì bỏ ý cuối.",
        "offer": "Có tin nhắn lạ, cuộc gọi lạ thì báo ở đây. Tổ đến cài khóa máy và chỉ cách nhận ra.",
    },
)


def make(apps, _schema_editor):
    content_type, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    access, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for name in GROUPS:
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(access)
    first = apps.get_model("households", "CriteriaSet").objects.create(
        name=SET_NAME, legal_basis=LEGAL_BASIS, valid_from=date(2025, 9, 1), activated_at=datetime(2025, 9, 1, tzinfo=UTC)
    )
    for position, criterion in enumerate(CRITERIA, start=1):
        apps.get_model("households", "Criterion").objects.create(criteria_set=first, position=position, **criterion)


def unmake(apps, _schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()
    apps.get_model("households", "CriteriaSet").objects.filter(name=SET_NAME).delete()


class Migration(migrations.Migration):
    """Three roles of the register, and the plan's five criteria as a first set."""

    dependencies = [
        ("households", "0002_register"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make, unmake)]
