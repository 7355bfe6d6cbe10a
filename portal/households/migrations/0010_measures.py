from datetime import date

from django.db import migrations

SET_NAME = "Mục tiêu của kế hoạch"
PLAN = "Kế hoạch phát động Phong trào “Gia đình số” của Ủy ban nhân dân xã Ba Tô, mục II"
HOUSEHOLDS = (
    "Mọi hộ trong sổ vào cuối ngày tính số liệu; hộ ở thôn nào ngày đó thì tính cho thôn đó. "
    "Hộ chưa đánh giá vẫn nằm trong tổng số."
)
EXCLUSIONS = (
    "Hộ đã gộp vào hộ khác (không tính ở bất kỳ ngày nào), hộ vào sổ sau ngày đó, hộ đã thôi ở sổ. "
    "Lượt thăm đã có lượt sửa thì chỉ tính lượt sửa."
)
DECLARED = " Gia đình tự khai mà chưa ai xem thì nêu riêng, không vào tử số."
ABOVE_70 = {"target_percent": 70, "is_strictly_above": True, "target_on": date(2026, 12, 31)}
# The plan's (c) can be read as four shares or as one (domain.md, section 0): both stand here, each with its name.
EACH = {"kind": "ket-qua", "reading": "tung-viec", **ABOVE_70, "legal_basis": f"{PLAN}: trên 70% hộ; đọc từng việc một."}
MEASURES = (
    {
        "key": "hoat-dong", "name": "Thôn có hoạt động", "kind": "hoat-dong",
        "sentence": "Thôn đã làm ít nhất một hoạt động hưởng ứng phong trào “Gia đình số”.",
        "numerator": "Thôn có từ một hoạt động đã ghi trong sổ, tính từ ngày phát động đến ngày tính số liệu. "
        "Hoạt động của thôn cũ tính cho thôn thay thế.",
        "denominator": "Mọi thôn đang còn vào ngày tính số liệu.",
        "exclusions": "Thôn đã thôi trước ngày đó; hoạt động đã ghi lại là không có.",
        "counts_from": date(2025, 9, 1), "target_percent": 100,
        "legal_basis": f"{PLAN}: 100% thôn triển khai ít nhất 01 hoạt động hưởng ứng phong trào.",
    },
    {
        "key": "nguoi-biet", "name": "Hộ có người dùng được dịch vụ số", "kind": "nguoi-biet",
        "sentence": "Trong nhà có ít nhất một người hiểu và dùng được nền tảng, dịch vụ số cơ bản.",
        "numerator": "Hộ mà lời ghi gần nhất đến ngày tính số liệu nói rõ ai trong nhà dùng được; "
        "chỉ ghi vai trong nhà, không ghi tên.",
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS, "target_percent": 100,
        "legal_basis": f"{PLAN}: mỗi hộ gia đình có ít nhất 01 thành viên hiểu và sử dụng nền tảng, dịch vụ số cơ bản.",
    },
    {
        "key": "tra-tien", "name": "Trả tiền không dùng tiền mặt", "groups": [["3"]], **EACH,
        "sentence": "Trong nhà có người trả hoặc nhận tiền bằng điện thoại.",
        "numerator": "Hộ mà kết quả gần nhất của tiêu chí 3 là “đạt”." + DECLARED,
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
    },
    {
        "key": "giay-to", "name": "Dùng dịch vụ công trực tuyến", "groups": [["2"]], **EACH,
        "sentence": "Trong nhà có người tự nộp hoặc tự xem giấy tờ trên Cổng Dịch vụ công quốc gia, VNeID.",
        "numerator": "Hộ mà kết quả gần nhất của tiêu chí 2 là “đạt”." + DECLARED,
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
    },
    {
        "key": "hoc-kham", "name": "Học hoặc khám bệnh qua mạng", "groups": [["4a", "4b"]], **EACH,
        "sentence": "Trong nhà có người học, hoặc lo khám bệnh, bảo hiểm y tế qua mạng.",
        "numerator": "Hộ đạt mục 4a (học) hoặc 4b (khám bệnh, bảo hiểm y tế). Chỉ xem và nghe (4c) thì chưa tính.",
        "denominator": HOUSEHOLDS,
        "exclusions": EXCLUSIONS + " Phiếu tự khai hỏi gộp cả xem và nghe nên không dùng cho số này.",
    },
    {
        "key": "an-toan", "name": "Biết giữ an toàn trên mạng", "groups": [["5"]], **EACH,
        "sentence": "Nhà mình biết tránh kẻ lừa trên mạng và bảo vệ con trẻ.",
        "numerator": "Hộ mà kết quả gần nhất của tiêu chí 5 là “đạt”." + DECLARED,
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
    },
    {
        "key": "ca-bon", "name": "Làm được cả bốn việc", "kind": "ket-qua", "reading": "ca-bon-viec", **ABOVE_70,
        "groups": [["3"], ["2"], ["4a", "4b"], ["5"]],
        "sentence": "Hộ vừa trả tiền không dùng tiền mặt, vừa dùng dịch vụ công, vừa học hoặc khám, vừa biết giữ an toàn.",
        "numerator": "Hộ đạt cùng lúc cả bốn việc ở trên. Căn cứ ghi theo việc có căn cứ yếu nhất.",
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
        "legal_basis": f"{PLAN}: trên 70% hộ; đọc gộp, hộ phải làm được cả bốn việc.",
    },
    {
        "key": "dang-ky", "name": "Đã đăng ký", "kind": "dang-ky",
        "sentence": "Gia đình đã gửi phiếu đăng ký, trên mạng, nhờ tổ ghi giúp hoặc bằng giấy.",
        "numerator": "Hộ có ít nhất một phiếu đăng ký nhận đến ngày tính số liệu.",
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
    },
    {
        "key": "danh-gia", "name": "Đã đánh giá", "kind": "danh-gia",
        "sentence": "Tổ công nghệ số đã đến thăm và ghi kết quả ít nhất một lần.",
        "numerator": "Hộ có ít nhất một lượt thăm còn giá trị đến ngày tính số liệu.",
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
    },
    {
        "key": "du-dieu-kien", "name": "Đủ điều kiện công nhận", "kind": "du-dieu-kien",
        "sentence": "Theo các lượt thăm, hộ đạt mức của bộ tiêu chí áp dụng ngày tính số liệu.",
        "numerator": "Hộ đạt mức; căn cứ ghi theo tiêu chí có căn cứ yếu nhất.",
        "denominator": HOUSEHOLDS,
        "exclusions": EXCLUSIONS + " Còn tiêu chí chưa rõ thì là “chưa rõ”, không phải “chưa đạt”.",
    },
    {
        "key": "cong-nhan", "name": "Được công nhận", "kind": "cong-nhan", "title": "gia-dinh-so",
        "sentence": "Hộ có quyết định công nhận danh hiệu “Gia đình số” còn giá trị.",
        "numerator": "Hộ có tên trong quyết định ký đến ngày tính số liệu, của năm nào cũng tính, chưa bị thu hồi.",
        "denominator": HOUSEHOLDS, "exclusions": EXCLUSIONS,
    },
)  # fmt: skip


def make(apps, _schema_editor):
    founding = apps.get_model("households", "MeasureSet").objects.create(
        name=SET_NAME,
        legal_basis=f"{PLAN} và mục về các giai đoạn.",
        valid_from=date(2025, 9, 1),
        pilot_from=date(2025, 9, 1),
        pilot_to=date(2025, 12, 31),
    )
    for position, measure in enumerate(MEASURES, start=1):
        apps.get_model("households", "Measure").objects.create(measure_set=founding, position=position, **measure)


def unmake(apps, _schema_editor):
    apps.get_model("households", "MeasureSet").objects.filter(name=SET_NAME).delete()


def date_what_the_column_says(apps, _schema_editor):
    """The column knew who, not since when: since the last visit, or since the household is on the register."""
    statement = apps.get_model("households", "CapableStatement")
    known = apps.get_model("households", "Household").objects.exclude(capable_member="chua-ro")
    rows = known.values_list("pk", "capable_member", "last_visited_on", "listed_from")
    statement.objects.bulk_create(
        statement(household_id=pk, who=who, said_on=visited_on or listed_from) for pk, who, visited_on, listed_from in rows
    )


class Migration(migrations.Migration):
    """The plan's targets as a first set of measures, and a day for what is known of capable members."""

    dependencies = [("households", "0009_progress")]

    operations = [
        migrations.RunPython(make, unmake),
        migrations.RunPython(date_what_the_column_says, migrations.RunPython.noop),
    ]
