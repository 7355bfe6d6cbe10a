"""A village's quarterly report: filled from the register, written to, sent, returned, sent again, taken (V14, V15)."""

import html
import re
from datetime import date, datetime, time

import pytest
from wagtail.models import Site

from portal.core.appendonly import FactChanged
from portal.core.models import AuditEntry, SiteProfile
from portal.households.enums import ReportState
from portal.households.models import ReportVersion
from tests.integration.register.periods import FIRST, HANOI, LAST, NOW, QUARTER, report_of, settle, visit

pytestmark = pytest.mark.django_db

REPORTS = "/quan-tri/tien-do/bao-cao/"


def words(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))).replace("\u00a0", " ")


def address(village, tail=""):
    return f"{REPORTS}{QUARTER.code}/{village.pk}/{tail}"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def homes(village, other_village, officer, team_member, colleague):
    return settle([village, other_village], officer.user)


WRITTEN = {"difficulties": "Hai cụm nhà không có sóng.", "proposals": "Xin một trạm phát sóng."}


def sent(desk, village, **more):
    return desk.post(address(village), WRITTEN | {"viec": "gui"} | more, follow=True)


def test_report_is_filled_from_the_register(team_member, village, homes):
    page = words(team_member.get(address(village)))
    assert "Báo cáo quý III/2026 của Thôn A (mẫu)" in page
    for line in (
        "Hộ trong sổ 3",
        "Trả tiền không dùng tiền mặt 2/3 66,7%",
        "Làm được cả bốn việc 1/3 33,3%",
        "Hộ có người dùng được dịch vụ số 1/3 33,3%",
        "Thôn có hoạt động 1/1 100,0%",
        "Lượt thăm 1",
        "Hoạt động, tập huấn 1",
        "Lượt người dự 20",
        "trong đó nữ 12",
        "trong đó từ 60 tuổi 3",
    ):
        assert line in page, line
    assert f"Kết quả tính đến {LAST:%d/%m/%Y}" in page
    assert "Việc tiếp theo: xem số, viết khó khăn và kiến nghị, rồi bấm Gửi xã." in page


def test_looking_writes_nothing(team_member, village, homes):
    before = AuditEntry.objects.count()
    team_member.get(address(village))
    team_member.get(REPORTS)
    assert AuditEntry.objects.count() == before
    assert not ReportVersion.objects.exists()


def test_words_are_kept_before_the_quarter_is_over_but_cannot_be_sent(team_member, village, homes, clock):
    clock.move_to(datetime.combine(LAST, time(20), HANOI), tick=False)
    page = words(team_member.get(address(village)))
    assert "Gửi xã" not in page.split("Khó khăn")[-1]
    refused = words(sent(team_member, village))
    assert "Từ hôm sau mới gửi được" in refused
    assert WRITTEN["difficulties"] in refused
    assert report_of(village).state == ReportState.DRAFT
    assert report_of(village).difficulties == WRITTEN["difficulties"]


def test_sent_report_locks_its_figures_and_its_words(team_member, officer, village, homes):
    assert "Đã gửi xã, lần 1" in words(sent(team_member, village))
    version = ReportVersion.objects.get()
    visit(homes[2], officer.user, date(2026, 9, 1), met=("3",))
    page = words(team_member.get(address(village)))
    assert "Trả tiền không dùng tiền mặt 2/3" in page, "what was sent is what is shown"
    assert "Việc tiếp theo: chờ xã xem." in page
    again = words(team_member.post(address(village), {"difficulties": "Khác", "viec": "luu"}))
    assert "đã gửi xã nên không sửa được nữa" in again
    version.difficulties = "Khác"
    with pytest.raises(FactChanged):
        version.save()


def test_office_returns_with_a_remark_beside_a_figure_and_the_team_reads_it_there(team_member, officer, village, homes):
    sent(team_member, village)
    shown = words(officer.get(address(village)))
    assert "Việc tiếp theo: xem từng số, rồi nhận hoặc trả lại kèm lời nhắn." in shown
    remark = {"nhan_tra-tien": "Nhà Bích trả bằng mã vuông từ tháng 8, sao chưa có?", "note": "", "viec": "tra"}
    page = words(officer.post(address(village, "xem-xet/"), remark, follow=True))
    assert "Đã trả lại Thôn A (mẫu)" in page
    back = words(team_member.get(address(village)))
    assert "Xã nhắn: Nhà Bích trả bằng mã vuông từ tháng 8, sao chưa có?" in back
    assert "sửa chỗ cần sửa rồi gửi lại" in back
    assert "Xã nhắn lại, xin sửa rồi gửi" in words(team_member.get(REPORTS))


def test_return_without_a_word_is_refused_and_remarks_stay_in_their_boxes(team_member, officer, village, homes):
    sent(team_member, village)
    page = words(officer.post(address(village, "xem-xet/"), {"viec": "tra"}))
    assert "Trả lại thì xin ghi cần sửa gì" in page
    assert report_of(village).state == ReportState.SUBMITTED
    private = {"viec": "tra", "nhan_tra-tien": "Xem CCCD 051080001234 nhé"}
    answer = officer.post(address(village, "xem-xet/"), private)
    assert "giống số căn cước" in words(answer)
    assert "051080001234" in answer.content.decode()


def test_report_sent_again_shows_what_changed(team_member, officer, village, homes):
    sent(team_member, village)
    officer.post(address(village, "xem-xet/"), {"note": "Xem lại số trả tiền.", "viec": "tra"})
    visit(homes[2], officer.user, date(2026, 9, 1), met=("3",))
    draft = words(team_member.get(address(village)))
    assert "Trả tiền không dùng tiền mặt 3/3 100,0% lần trước: 2/3" in draft
    sent(team_member, village, proposals="Xin hai trạm.")
    page = words(officer.get(address(village)))
    assert "Trả tiền không dùng tiền mặt 3/3 100,0% lần trước: 2/3" in page
    assert "Lượt thăm 2 lần trước: 1" in page
    assert "Khác lần gửi trước: kiến nghị." in page
    assert "Hộ trong sổ 3 lần trước" not in page
    assert [version.number for version in report_of(village).versions.all()] == [1, 2]


def test_accepted_report_is_done_for_the_team(team_member, officer, village, homes):
    sent(team_member, village)
    officer.post(address(village, "xem-xet/"), {"viec": "nhan"})
    assert report_of(village).state == ReportState.ACCEPTED
    page = words(team_member.get(address(village)))
    assert "Xã đã nhận. Thôn không phải làm gì nữa." in page
    assert "<textarea" not in team_member.get(address(village)).content.decode()
    again = words(officer.post(address(village, "xem-xet/"), {"viec": "nhan"}))
    assert "không làm bước này được" in again


def test_number_by_hand_needs_its_reason_and_is_marked(team_member, officer, village, homes):
    half = {"label_1": "Người được chỉ ở chợ", "number_1": "35"}
    assert "xin ghi đủ" in words(team_member.post(address(village), WRITTEN | half | {"viec": "luu"}))
    sent(team_member, village, **half, reason_1="Chỉ ở chợ phiên, không theo hộ")
    page = words(officer.get(address(village)))
    assert "Người được chỉ ở chợ: 35 nhập tay Chỉ ở chợ phiên, không theo hộ" in page


def test_foreign_village_and_odd_periods_do_not_exist(colleague, team_member, leader, officer, village, homes):
    sent(team_member, village)
    assert colleague.get(address(village)).status_code == 404
    assert colleague.post(address(village), WRITTEN).status_code == 404
    assert leader.get(address(village)).status_code == 200
    assert leader.post(address(village), WRITTEN).status_code == 404
    assert team_member.post(address(village, "xem-xet/"), {"viec": "nhan"}).status_code == 404
    for code in ("2026", "2026-9", "quy-4"):
        assert officer.get(f"{REPORTS}{code}/{village.pk}/").status_code == 404


def test_quarter_follows_the_communes_own_cut_off(team_member, village, homes, clock):
    profile = SiteProfile.for_site(Site.objects.get())
    profile.report_cutoff_day = 31
    profile.save()
    page = words(team_member.get(address(village)))
    assert "Quý tính đến hết 30/09/2026" in page


def test_list_of_quarters_is_the_teams_own(team_member, colleague, leader, officer, village, homes):
    assert "Thôn A (mẫu)" in words(team_member.get(REPORTS))
    assert "Thôn A (mẫu)" not in words(colleague.get(REPORTS))
    assert [desk.get(REPORTS).status_code for desk in (leader, officer)] == [404, 404]
    assert date(2026, 6, 15) == FIRST
