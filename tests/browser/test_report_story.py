"""A quarter's report from the team's desk to the leader's: prepared, returned, sent again, taken, closed, taken home.

The clock stands just after the quarter; the team has a phone without JavaScript. Every screen says what comes next.
"""

import io
import re

import pytest
import time_machine
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from portal.households.permissions import LEADER_GROUP, OFFICER_GROUP, TEAM_GROUP
from portal.households.services.village_reports import submit_report, write_report
from tests.browser.inhouse import PHONE
from tests.desks import desk_of
from tests.factories.households import VillageFactory
from tests.integration.register.periods import NOW, QUARTER, settle

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
QUARTER_NAME = QUARTER.name[0].upper() + QUARTER.name[1:]
HARD = "Hai cụm nhà bên kia suối không có sóng."
WISH = "Xin xã đề nghị thêm một trạm phát sóng."
REMARK = "Thôn còn một buổi ngày 15/08, xin ghi vào sổ rồi gửi lại."


@pytest.fixture
def villages(db):
    with time_machine.travel(NOW, tick=False):
        yield [VillageFactory(number=number, name=f"Thôn {number} (mẫu)") for number in (1, 2)]


@pytest.fixture
def people(villages):
    """The browsers of the team of the first village, of the officer and of the leader."""
    team = desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc", village=villages[0])
    officer = desk_of(OFFICER_GROUP, full_name="Nguyễn Thị Sổ")
    leader = desk_of(LEADER_GROUP, full_name="Phạm Quý Lãnh")
    settle(villages, officer.user)
    other = write_report(
        village=villages[1], period=QUARTER, difficulties="", proposals="", by_hand=[], by=officer.user
    )
    submit_report(report=other, by=officer.user)
    return team, officer, leader


def says(page: Page, words: str) -> None:
    """What comes next stands on the screen."""
    expect(page.get_by_text(re.compile(words)).first).to_be_visible()


def press(page: Page, words: str | re.Pattern[str]) -> None:
    """A button or a link of the page."""
    main = page.get_by_role("main")
    main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words)).first.click()
    page.wait_for_load_state("networkidle")


def prepares(page: Page) -> None:
    says(page, "Đến lúc gửi xã. Số đã có sẵn")
    press(page, "Mở báo cáo")
    says(page, "Việc tiếp theo: xem số, viết khó khăn và kiến nghị, rồi bấm Gửi xã")
    page.get_by_label("Khó khăn").fill(HARD)
    page.get_by_label("Kiến nghị với xã").fill(WISH)
    press(page, "Gửi xã")
    says(page, "Đã gửi xã, lần 1")
    says(page, "Việc tiếp theo: chờ xã xem")


def opens_report_of(page: Page, village: str) -> None:
    """From the office's list of periods."""
    page.goto(reverse("progress:periods"))
    expect(page.get_by_role("row", name=QUARTER_NAME)).to_contain_text("chờ xem")
    press(page, QUARTER_NAME)
    press(page, village)
    says(page, "Việc tiếp theo: xem từng số, rồi nhận hoặc trả lại kèm lời nhắn")


def returns(page: Page) -> None:
    opens_report_of(page, "Thôn 1 (mẫu)")
    press(page, "Trả lại kèm lời nhắn")
    says(page, "Trả lại thì xin ghi cần sửa gì")
    line = page.get_by_role("listitem").filter(has_text="Hoạt động, tập huấn")
    line.get_by_text("Nhắn về số này").click()
    line.get_by_role("textbox").fill(REMARK)
    press(page, "Trả lại kèm lời nhắn")
    says(page, "Đã trả lại Thôn 1")


def mends_and_sends_again(page: Page) -> None:
    page.goto(reverse("team:today"))
    says(page, "Xã nhắn lại, xin sửa rồi gửi")
    press(page, "Mở báo cáo")
    says(page, REMARK)
    says(page, "Việc tiếp theo: xem lời xã nhắn")
    page.get_by_role("link", name="Hoạt động", exact=True).click()
    press(page, "Ghi hoạt động")
    typed = {"Làm ngày nào": "15/08/2026", "Làm gì": "Chỉ bà con quét mã", "Ở đâu": "Chợ", "Số người dự": "31"}
    for label, value in typed.items():
        page.get_by_label(re.compile(f"^{label}")).fill(value)
    press(page, "Lưu hoạt động")
    page.goto(reverse("team:today"))
    press(page, "Mở báo cáo")
    expect(page.get_by_label("Khó khăn")).to_have_value(HARD)  # nothing that was written has to be written again
    press(page, "Gửi xã")
    says(page, "Đã gửi xã, lần 2")


def takes(page: Page, village: str) -> None:
    opens_report_of(page, village)
    press(page, "Nhận báo cáo")
    says(page, f"Đã nhận báo cáo của {re.escape(village)}")


def closes(page: Page) -> None:
    page.goto(reverse("progress:periods"))
    expect(page.get_by_role("row", name=QUARTER_NAME)).to_contain_text("Chốt kỳ")
    press(page, QUARTER_NAME)
    press(page, f"Chốt {QUARTER.name}")
    says(page, "Đã chốt")
    says(page, "Việc tiếp theo: tải bản Word")


def file_of(page: Page, words: str) -> io.BytesIO:
    with page.expect_download() as download:
        page.get_by_role("link", name=words).click()
    return io.BytesIO(download.value.path().read_bytes())


def test_report_goes_from_the_team_to_the_leader_and_every_screen_says_what_comes_next(window, people):
    team, officer, leader = (
        window(desk, scripts=desk is not people[0], size=size).page
        for desk, size in zip(people, (PHONE, None, None), strict=True)
    )
    team.goto(reverse("team:today"))
    prepares(team)
    returns(officer)
    mends_and_sends_again(team)
    opens_report_of(officer, "Thôn 1 (mẫu)")
    says(officer, "lần trước: 1")
    press(officer, "Nhận báo cáo")
    says(officer, "Đã nhận báo cáo của Thôn 1")
    takes(officer, "Thôn 2 (mẫu)")
    team.goto(reverse("progress:reports"))
    press(team, QUARTER_NAME)
    says(team, "Xã đã nhận. Thôn không phải làm gì nữa")
    closes(officer)

    leader.goto(reverse("progress:board"))
    press(leader, "Báo cáo, chốt kỳ")
    expect(leader.get_by_role("row", name=QUARTER_NAME)).to_contain_text("Đã chốt")
    press(leader, QUARTER_NAME)
    expect(leader.get_by_role("button", name=re.compile("Chốt"))).to_have_count(0)
    paper = Document(file_of(leader, "Tải Word (.docx) để trình ký"))
    assert HARD in "\n".join(one.text for one in paper.paragraphs)
    assert file_of(leader, "Tải PDF để đọc").getvalue().startswith(b"%PDF-")
    assert load_workbook(file_of(leader, "Tải Excel (.xlsx) có số liệu")).sheetnames
