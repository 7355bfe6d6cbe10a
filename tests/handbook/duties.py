"""What each role does week by week, and the way there from its home: three clicks at most."""

import re
from dataclasses import dataclass

from tests.handbook.walking import ADMINISTRATOR, EDITOR, LEADER, OFFICER, REVIEWER, TEAM, Walk

MOST_CLICKS = 3
Words = str | re.Pattern[str]


@dataclass(frozen=True)
class Duty:
    """Names of what is pressed, one after the other, and what is then on the screen."""

    name: str
    username: str
    way: tuple[Words, ...]
    arrived: Words

    def go(self, walk: Walk) -> None:
        """From the home to the place."""
        walk.home()
        for words in self.way:
            walk.press(words)
        walk.sees(self.arrived)


DUTIES = (
    Duty("viết tin", EDITOR, ("Viết tin",), "Tóm tắt"),
    Duty("xem lại bài quá hạn", EDITOR, (re.compile("^Xem lại"),), "iSuckhoe: xem sức khỏe của nhà mình"),
    Duty("thay tờ quảng bá", EDITOR, ("Mở",), "Các kênh của bài"),
    Duty("sửa liên kết hỏng", EDITOR, ("Liên kết hỏng",), "Liên kết hỏng"),
    Duty("đặt dải báo", REVIEWER, ("Dải báo",), "Thêm dải báo"),
    Duty("xem lại bài để quá hạn", REVIEWER, (re.compile("^Xem lại"),), "iSuckhoe: xem sức khỏe của nhà mình"),
    Duty("ghi lượt thăm", TEAM, ("Ghi lượt thăm",), "Làm giấy tờ trên mạng"),
    Duty("nhận giúp một nhà", TEAM, ("Nhận giúp",), "Ghi kết quả giúp"),
    Duty("gửi báo cáo quý", TEAM, ("Mở báo cáo",), "Khó khăn"),
    Duty("ghi hoạt động của thôn", TEAM, (re.compile("^Hoạt động$"), "Ghi hoạt động"), "Số người dự"),
    Duty("lập danh sách đề nghị", TEAM, ("Danh sách đề nghị",), re.compile("đề nghị")),
    Duty("tìm một hộ", OFFICER, ("Tìm một hộ",), "gõ không dấu cũng được"),
    Duty("xem hộ có thể trùng", OFFICER, (re.compile("^Xem từng cặp"),), "Hộ nghi trùng"),
    Duty("chốt kỳ", OFFICER, (re.compile("^Mở kỳ"),), "Báo cáo của thôn"),
    Duty("trao giải", OFFICER, (re.compile("^Trao giải"),), re.compile("[Tt]rao")),
    Duty("lấy sổ ra Excel", OFFICER, ("Nhập từ Excel",), re.compile("Excel")),
    Duty("đọc một con số", LEADER, (re.compile("xem cách tính$"),), re.compile("[Cc]ách tính")),
    Duty("tải báo cáo quý", LEADER, ("Báo cáo quý II/2026",), "Tải Word (.docx) để trình ký"),
    Duty("xem nhật ký", LEADER, ("Nhật ký",), "Nhật ký"),
    Duty("xem máy chạy ra sao", ADMINISTRATOR, ("Vận hành",), "Lịch hẹn giờ"),
    Duty("thêm người dùng", ADMINISTRATOR, (re.compile("^Cài đặt"), "Người dùng", "Thêm người dùng"), "Tên đăng nhập"),
)
