from django.db import migrations

# Office word → what people say at home. The beginning of the list; staff extend it in the admin.
WORDS = """
triển khai → làm
triển khai thực hiện → làm
tổ chức thực hiện → làm
thực hiện → làm
tiến hành → làm
hỗ trợ → giúp
hướng dẫn người dân → chỉ bà con
hướng dẫn cài đặt → chỉ cách cài
truy cập → vào, mở
tiếp nhận → nhận
cung cấp → cho, gửi
xác minh → kiểm tra
xác thực → kiểm tra
kích hoạt → bật
vô hiệu hóa → tắt
hoàn thành → làm xong
hoàn tất → làm xong
đăng tải → đăng
phản hồi → trả lời
niêm yết → dán
trường hợp → nếu
nhằm → để
đối với → với
tại thời điểm → lúc
vui lòng → xin, mời
kính đề nghị → xin
đề nghị → xin, nhờ
thiết bị thông minh → điện thoại, máy tính
kết nối Internet → vào mạng
thanh toán không dùng tiền mặt → trả tiền bằng điện thoại
thanh toán → trả tiền
dịch vụ công trực tuyến → làm giấy tờ trên mạng
an toàn thông tin mạng → giữ máy, giữ tiền, tránh kẻ lừa
an toàn thông tin → giữ máy, giữ tiền, tránh kẻ lừa
website → trang web
lỗi hệ thống → trục trặc ở phía xã
trên địa bàn → ở
địa bàn → nơi, vùng
người dân → bà con
nhân dân → bà con
quần chúng → bà con
hộ dân → nhà, gia đình
công dân → bà con
sử dụng → dùng
ứng dụng công nghệ số → dùng điện thoại, máy tính
nền tảng số → ứng dụng trên điện thoại
kỹ năng số → cách dùng điện thoại, máy tính
chuyển đổi số → dùng điện thoại, máy tính vào việc hằng ngày
nâng cao nhận thức → hiểu rõ hơn
nâng cao → làm tốt hơn
tăng cường → làm nhiều hơn
thúc đẩy → làm nhanh hơn
đẩy mạnh → làm nhiều hơn
phấn đấu → cố gắng
huy động → nhờ, mời
tuyên truyền → nói cho bà con biết
phổ biến → nói cho bà con biết
quán triệt → nói cho rõ
lan tỏa → nhiều người biết, nhiều người làm theo
hưởng ứng → cùng làm
đồng hành → đi cùng, giúp
phối hợp → cùng làm
chủ trì → đứng ra làm
tham mưu → góp ý, soạn giúp
ban hành → ra
chỉ đạo → bảo làm
theo dõi tiến độ → xem làm tới đâu
tiến độ → làm tới đâu
tổng hợp → gom lại
rà soát → xem lại
thống kê → đếm
kịp thời → đúng lúc
định kỳ → đều đặn, mỗi tháng, mỗi quý
thường xuyên → hay, luôn
thiết thực → có ích
hiệu quả → có ích, được việc
thiết yếu → cần nhất
cơ bản → đầu tiên, dễ nhất
công tác →
trong bối cảnh →
trên cơ sở → theo
căn cứ → theo
góp phần → giúp
bảo đảm → giữ cho
đảm bảo → giữ cho
xây dựng mô hình → làm mẫu
nhân rộng → làm ở nhiều nơi
thí điểm → làm thử
kinh phí → tiền
xã hội hóa → bà con cùng góp
vận động → rủ, mời
biểu dương → khen
cá nhân → người
đơn vị → nơi, cơ quan
nghiêm túc → đúng, đủ
trực tuyến → trên mạng
bảo mật → giữ kín
thiết lập → cài, đặt
tra cứu → tìm xem
cập nhật → sửa cho mới
khai thác → dùng
nhu cầu → cần, muốn
phương thức → cách
bởi hệ thống →
""".strip().splitlines()


def put(apps, _schema_editor):
    rows = apps.get_model("core", "PlainWord").objects
    for line in WORDS:
        office, _arrow, plain = line.partition(" →")
        rows.get_or_create(office=office, defaults={"plain": plain.strip()})


class Migration(migrations.Migration):
    """The first words of the plain-language list."""

    dependencies = [("core", "0008_plain_words_and_review_limits")]

    operations = [migrations.RunPython(put, migrations.RunPython.noop)]
