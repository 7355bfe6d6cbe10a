"""Twelve journeys of six roles, on the sample content, in the order in which one needs the other."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.handbook.walking import ADMINISTRATOR, EDITOR, LEADER, OFFICER, REVIEWER, TEAM, Journey, Walk

NEWS = "Chợ phiên tháng 12 nhận mã vuông"
CRITERIA = ("1", "2", "3", "4a", "4b", "4c", "5")


def editor_writes_news(walk: Walk) -> None:
    """A piece of news, as far as the review."""
    walk.picture("bien-tap-tong-quan")
    walk.press("Viết tin")
    desk = Desk(walk.page)
    desk.fill("title", NEWS)
    desk.fill("lead", "Từ phiên đầu tháng 12, mười hai sạp ở chợ xã nhận trả tiền bằng mã vuông.")
    walk.picture("bien-tap-viet-tin")
    desk.press("Gửi duyệt")
    walk.sees(re.compile("gửi duyệt"))


def reviewer_approves(walk: Walk) -> None:
    """The oldest page that waits is read and goes to the public."""
    walk.sees(NEWS)
    walk.picture("duyet-bai-viec-dang-cho")
    row = walk.page.locator("tr, li").filter(has_text=NEWS).first
    walk.push(row.get_by_role("link", name="Duyệt"))
    walk.picture("duyet-bai-mot-bai")
    Desk(walk.page).press("Duyệt và đăng")
    walk.page.goto("/tin-tuc/")
    walk.sees(NEWS)


def editor_changes_a_poster(walk: Walk) -> None:
    """A poster whose page has changed: read its words, say that they still hold, note the wall."""
    walk.press("Mở")
    walk.sees("Bản cho loa")
    walk.page.evaluate("scrollTo(0, 0)")
    walk.picture("bien-tap-cac-kenh")
    walk.press(re.compile("^Ghi đã gỡ"))
    walk.sees(re.compile("[Gg]ỡ"))


def editor_looks_again(walk: Walk) -> None:
    """A guide past its day comes back to the home with one click."""
    row = walk.page.locator("tr, li").filter(has_text="iSuckhoe").first
    walk.push(row.get_by_role("button", name="Vẫn đúng"))
    expect(walk.page.get_by_text("Quá hạn xem lại")).to_have_count(0)


def team_visits(walk: Walk) -> None:
    """A household that nobody has visited yet."""
    walk.picture("to-viec-hom-nay")
    walk.press("Ghi lượt thăm")
    for number in CRITERIA:
        for box, value in ((f"result_{number}", "dat"), (f"basis_{number}", "thay")):
            walk.page.locator(f"[name={box}][value={value}]").check(force=True)
    walk.page.evaluate("scrollTo(0, 0)")
    walk.picture("to-ghi-luot-tham")
    walk.press(re.compile("^Lưu lượt thăm|^Lưu|^Ghi lượt thăm$"))
    walk.sees(re.compile("Đã (ghi|lưu)"))


def team_helps(walk: Walk) -> None:
    """A family that asked for help."""
    walk.press("Nhận giúp")
    walk.picture("to-nhan-giup")
    walk.press("Nhận giúp")
    walk.page.get_by_label("Đã giúp xong").check(force=True)
    walk.page.get_by_label(re.compile("Đã làm gì")).fill("Cài VNeID cùng bà, bà tự mở được.")
    walk.press("Ghi kết quả giúp")
    walk.home()
    expect(walk.page.get_by_role("link", name="Nhận giúp")).to_have_count(0)


def team_reports(walk: Walk) -> None:
    """The quarter's figures are there already; the words are the team's."""
    walk.press("Mở báo cáo")
    walk.page.get_by_label(re.compile("^Khó khăn")).fill("Hai cụm nhà bên kia suối không có sóng.")
    walk.page.evaluate("scrollTo(0, 0)")
    walk.picture("to-bao-cao-quy")
    walk.press("Gửi xã")
    walk.sees(re.compile("Đã gửi xã"))


def officer_takes_the_report(walk: Walk) -> None:
    """From the home to the report of a village, read and taken."""
    walk.picture("so-ho-viec-dang-cho")
    walk.press(re.compile("^Mở kỳ"))
    walk.press("Thôn 1 (mẫu)")
    walk.picture("so-ho-bao-cao-thon")
    walk.press("Nhận báo cáo")
    walk.sees(re.compile("Đã nhận báo cáo"))


def officer_finds_a_household(walk: Walk) -> None:
    """By a piece of the name, without marks."""
    walk.press("Tìm một hộ")
    walk.page.get_by_label("Tìm hộ").fill("pham thi dao")
    walk.press("Tìm")
    walk.picture("so-ho-tim-mot-ho")
    walk.press(re.compile("Phạm Thị Đào"))
    walk.sees(re.compile("BT-0006T"))
    walk.picture("so-ho-mot-ho")


def officer_compares_two_households(walk: Walk) -> None:
    """Two forms that may be one family, side by side."""
    walk.press(re.compile("^Xem từng cặp"))
    walk.push(walk.page.locator("main").get_by_role("link", name=re.compile(" và ")))
    walk.picture("so-ho-hai-ho-canh-nhau")
    walk.sees(re.compile("Không trùng"))


def leader_takes_the_report_home(walk: Walk) -> None:
    """The board, and the quarter's report in Word."""
    walk.picture("lanh-dao-bang-tien-do")
    walk.press("Báo cáo quý II/2026")
    walk.picture("lanh-dao-bao-cao-quy")
    with walk.page.expect_download() as download:
        walk.page.get_by_role("link", name="Tải Word (.docx) để trình ký").click()
    assert download.value.suggested_filename.endswith(".docx")


def administrator_looks_after_the_site(walk: Walk) -> None:
    """What the machine does by itself, and a new account."""
    walk.press("Vận hành")
    walk.sees("Lịch hẹn giờ")
    walk.picture("quan-tri-van-hanh")
    walk.home()
    walk.press(re.compile("^Cài đặt"))
    walk.press("Người dùng")
    walk.press("Thêm người dùng")
    walk.picture("quan-tri-them-nguoi-dung")
    assert urlsplit(walk.page.url).path == "/quan-tri/users/new/"


JOURNEYS = (
    Journey("biên tập viên viết một tin", EDITOR, editor_writes_news),
    Journey("người duyệt đăng tin", REVIEWER, reviewer_approves),
    Journey("biên tập viên thay tờ quảng bá", EDITOR, editor_changes_a_poster),
    Journey("biên tập viên xem lại bài quá hạn", EDITOR, editor_looks_again),
    Journey("tổ ghi lượt thăm", TEAM, team_visits),
    Journey("tổ nhận giúp một nhà", TEAM, team_helps),
    Journey("tổ gửi báo cáo quý", TEAM, team_reports),
    Journey("cán bộ nhận báo cáo của thôn", OFFICER, officer_takes_the_report),
    Journey("cán bộ tìm một hộ", OFFICER, officer_finds_a_household),
    Journey("cán bộ so hai hộ", OFFICER, officer_compares_two_households),
    Journey("lãnh đạo tải báo cáo quý", LEADER, leader_takes_the_report_home),
    Journey("quản trị xem máy và thêm người", ADMINISTRATOR, administrator_looks_after_the_site),
)
