"""A closed period says for ever what it said; what comes to light later stands beside it with its reason (R21)."""

import html
import json
import re
from datetime import date, datetime, time, timedelta
from hashlib import sha256

import pytest

from portal.core.appendonly import FactChanged
from portal.core.models import AuditEntry
from portal.core.periods import Period
from portal.households.enums import CapableMember, EventKind
from portal.households.models import ClosedRow, Measure, Merge, PeriodClose, PeriodRevision, Village
from portal.households.progress.contents import Content
from portal.households.selectors.board import board_on
from portal.households.services.capable import state_capable_member
from portal.households.services.households import backdate_listing, move_household, strike_off
from portal.households.services.merging import merge_households, undo_merge
from portal.households.services.periods import CloseRefused, close_period, record_revision
from portal.households.services.village_reports import accept_report, submit_report, write_report
from tests.integration.register.periods import (
    FOUR,
    HANOI,
    LAST,
    NOW,
    QUARTER,
    a_home,
    an_activity,
    report_of,
    settle,
    visit,
)

pytestmark = pytest.mark.django_db

PERIODS = "/quan-tri/tien-do/ky/"
PAGE = f"{PERIODS}{QUARTER.code}/"


def words(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))).replace("\u00a0", " ")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def homes(village, other_village, officer):
    return settle([village, other_village], officer.user)


def reported(village, by):
    report = write_report(village=village, period=QUARTER, difficulties="Xa", proposals="Trạm", by_hand=[], by=by)
    submit_report(report=report, by=by)
    return accept_report(report=report, by=by)


@pytest.fixture
def closed(homes, village, other_village, officer, clock):
    for place in (village, other_village):
        reported(place, officer.user)
    made = close_period(period=QUARTER, by=officer.user)
    clock.move_to(NOW + timedelta(days=10), tick=False)
    return made


def share(content, key, place=None):
    definition = next(one for one in content.definitions if one.key == key)
    figure = content.figure(definition, place)
    return figure.numerator, figure.denominator


# --- who may close, and when ----------------------------------------------------------------------------------------


def test_quarter_that_still_runs_is_not_closed(officer, homes, clock):
    clock.move_to(datetime.combine(LAST, time(22), HANOI), tick=False)
    assert "Từ hôm sau mới chốt được" in words(officer.post(PAGE + "chot/", {"note": "vội"}))
    assert not PeriodClose.objects.exists()


def test_report_that_nobody_has_read_holds_up_the_close(officer, village, homes):
    report = write_report(village=village, period=QUARTER, difficulties="", proposals="", by_hand=[], by=officer.user)
    submit_report(report=report, by=officer.user)
    assert "Còn 1 báo cáo thôn đã gửi mà xã chưa xem" in words(officer.post(PAGE + "chot/", {"note": "vội"}))


def test_missing_report_needs_a_reason_and_is_named_in_what_is_frozen(officer, village, other_village, homes):
    reported(village, officer.user)
    assert "Chưa có báo cáo của: Thôn B (mẫu)" in words(officer.post(PAGE + "chot/", {"note": ""}))
    assert "Đã chốt quý III/2026" in words(officer.post(PAGE + "chot/", {"note": "Tổ trưởng ốm"}, follow=True))
    close = PeriodClose.objects.get()
    assert close.note == "Tổ trưởng ốm"
    assert [place.name for place in Content.read(close.content).missing] == ["Thôn B (mẫu)"]


def test_only_officers_close_and_revise_leaders_look(leader, team_member, officer, closed):
    assert words(leader.get(PAGE)).count("Đã chốt.") == 1
    for tail in ("chot/", "dieu-chinh/"):
        assert leader.post(PAGE + tail, {"note": "x", "reason": "x"}).status_code == 404
        assert team_member.post(PAGE + tail).status_code == 404
    assert team_member.get(PAGE).status_code == 404
    assert officer.get(f"{PERIODS}2026-7/").status_code == 404


def test_period_closes_once(officer, closed):
    assert "đã chốt rồi" in words(officer.post(PAGE + "chot/", {"note": "nữa"}))
    with pytest.raises(CloseRefused):
        close_period(period=QUARTER, by=officer.user)
    assert PeriodClose.objects.count() == 1


# --- what is frozen -------------------------------------------------------------------------------------------------


def test_close_keeps_figures_definitions_words_and_a_digest_of_every_row(closed, homes, village):
    content = Content.read(closed.content)
    place = next(one for one in content.places if one.pk == village.pk)
    assert share(content, "tra-tien") == (4, 6)
    assert share(content, "ca-bon", place) == (1, 3)
    assert content.tally("luot-tham") == 2
    assert content.words(place).difficulties == "Xa"
    assert content.definitions[2].target.percent == 70
    assert closed.digest == sha256(closed.content.encode()).hexdigest()
    rows = ClosedRow.objects.filter(close=closed)
    assert {row.code for row in rows} == {home.code for home in homes}
    digest = sha256("".join(sorted(row.digest for row in rows)).encode()).hexdigest()
    assert content.given["rows"] == {"count": 6, "digest": digest}
    assert AuditEntry.objects.get(action="period.close").data["digest"] == closed.digest


def test_frozen_text_names_no_family(closed):
    assert "Phạm Văn Mẫu" not in closed.content
    assert not re.search(r"BT-\d{4}", closed.content)


def test_frozen_figures_are_those_of_the_board(closed):
    content = Content.read(closed.content)
    for line in board_on(LAST).targets:
        figure = next(content.figure(one) for one in content.definitions if one.key == line.figure.definition.key)
        assert (figure.numerator, figure.denominator) == (line.figure.numerator, line.figure.denominator)
    for line in board_on(LAST).villages:
        place = next(one for one in content.places if one.pk == line.village.pk)
        for figure in line.each:
            assert share(content, figure.definition.key, place) == (figure.numerator, figure.denominator)


def test_nothing_of_a_close_can_be_changed_or_deleted(closed):
    closed.note = "khác"
    with pytest.raises(FactChanged):
        closed.save()
    for model in (PeriodClose, ClosedRow, PeriodRevision):
        with pytest.raises(FactChanged):
            model.objects.all().delete()
        with pytest.raises(FactChanged):
            model.objects.all().update(pk=1)


def test_report_that_the_register_overtook_is_brought_along_and_says_so(homes, village, other_village, officer):
    for place in (village, other_village):
        reported(place, officer.user)
    visit(homes[2], officer.user, date(2026, 9, 2), met=("3",))
    close = close_period(period=QUARTER, by=officer.user)
    versions = list(report_of(village).versions.order_by("number"))
    assert [version.is_by_close for version in versions] == [False, True]
    assert report_of(other_village).versions.count() == 1
    page = words(officer.get(f"/quan-tri/tien-do/bao-cao/{QUARTER.code}/{village.pk}/"))
    assert "Trả tiền không dùng tiền mặt 3/3 100,0% lần trước: 2/3" in page
    assert "khi chốt kỳ, số của thôn được lấy lại theo sổ" in page
    assert share(Content.read(close.content), "tra-tien") == (5, 6)


def test_team_cannot_write_to_a_closed_quarter(team_member, village, closed):
    answer = team_member.post(
        f"/quan-tri/tien-do/bao-cao/{QUARTER.code}/{village.pk}/", {"difficulties": "x", "viec": "luu"}
    )
    assert "đã chốt" in words(answer)


# --- later truth ----------------------------------------------------------------------------------------------------


def merge(homes, by, clock):
    merge_households(survivor=homes[0], absorbed=homes[1], by=by)


def unmerge_later(homes, by, clock):
    undo_merge(merge=Merge.objects.get(), by=by)


def late_visit(homes, by, clock):
    visit(homes[2], by, date(2026, 9, 3), met=FOUR)


def correction(homes, by, clock):
    old = homes[0].visits.get().client_id
    visit(homes[0], by, date(2026, 4, 2), corrects=old, unmet=FOUR)


def late_word(homes, by, clock):
    state_capable_member(household=homes[1], who=CapableMember.HEAD, said_on=date(2026, 8, 1), by=by)


def late_move(homes, by, clock):
    village = Village.objects.exclude(pk=homes[0].village_id).first()
    move_household(household=homes[0], village=village, happened_on=date(2026, 8, 1), by=by)


def late_leaving(homes, by, clock):
    strike_off(household=homes[1], kind=EventKind.DISSOLVED, happened_on=date(2026, 9, 1), by=by, reason="Đi xa")


def late_listing(homes, by, clock):
    home = a_home(homes[0].village, since=date(2026, 10, 1))
    backdate_listing(household=home, listed_from=date(2026, 5, 1), by=by, reason="Quên ghi")


def late_activity(homes, by, clock):
    an_activity(homes[3].village, by, date(2026, 9, 9))


LATER = {
    "gộp hộ": merge,
    "lượt thăm ghi sau khi chốt": late_visit,
    "sửa lượt thăm": correction,
    "ghi thêm ai dùng được dịch vụ số": late_word,
    "chuyển thôn ghi bù": late_move,
    "hộ ra khỏi sổ ghi bù": late_leaving,
    "hộ vào sổ ghi bù": late_listing,
    "hoạt động ghi hoặc sửa sau khi chốt": late_activity,
}


@pytest.mark.parametrize("cause", LATER)
def test_later_truth_changes_no_frozen_number_and_is_told_with_its_cause(officer, homes, closed, clock, cause):
    frozen = closed.content
    before = words(officer.get(PAGE)).split("Số liệu của kỳ")[1]
    LATER[cause](homes, officer.user, clock)
    page = words(officer.get(PAGE))
    assert "Sổ hôm nay nói khác" in page
    # A merge is told of both: the one that is gone, and the one that now has the visits of both.
    changed = 2 if cause == "gộp hộ" else 1
    assert f"Vì: {cause} ({changed})." in page
    assert page.split("Số liệu của kỳ")[1] == before
    closed.refresh_from_db()
    assert closed.content == frozen
    assert "Xin ghi lý do điều chỉnh" in words(officer.post(PAGE + "dieu-chinh/", {"reason": ""}))
    done = words(officer.post(PAGE + "dieu-chinh/", {"reason": "Phát hiện khi rà sổ"}, follow=True))
    assert "Đã ghi điều chỉnh lần 1" in done
    assert "Sổ hôm nay khớp với điều chỉnh lần 1" in done
    assert "Lý do: Phát hiện khi rà sổ" in done
    kept = json.loads(PeriodRevision.objects.get().content)
    assert kept["causes"] == [[cause, changed]]
    assert all(then != now for _key, _name, _place, then, now in kept["differences"])


def test_large_register_tells_why_when_it_is_asked(officer, homes, closed, monkeypatch):
    late_visit(homes, officer.user, None)
    monkeypatch.setattr("portal.households.selectors.revisions.AT_ONCE", 2)
    page = words(officer.get(PAGE))
    assert "Sổ hôm nay nói khác" in page
    assert "Tìm vì sao khác" in page
    assert "Vì:" not in page
    asked = words(officer.get(PAGE, {"vi-sao": "co"}))
    assert "Vì: lượt thăm ghi sau khi chốt (1)." in asked
    assert "Tìm vì sao khác" not in asked


def test_revision_has_numbers_then_and_now(officer, homes, closed):
    late_visit(homes, officer.user, None)
    record_revision(close=closed, reason="Ghi chậm", by=officer.user)
    lines = {
        tuple(line[1:3]): tuple(line[3:]) for line in json.loads(PeriodRevision.objects.get().content)["differences"]
    }
    assert lines["Trả tiền không dùng tiền mặt", "Cả xã"] == ("4/6", "5/6")
    assert lines["Trả tiền không dùng tiền mặt", "Thôn A (mẫu)"] == ("2/3", "3/3")
    assert lines["Lượt thăm", "Cả xã"] == ("2", "3")
    assert ("Trả tiền không dùng tiền mặt", "Thôn B (mẫu)") not in lines


def test_unmerged_household_is_told_as_such(officer, homes, village, other_village, clock):
    merge(homes, officer.user, clock)
    for place in (village, other_village):
        reported(place, officer.user)
    close_period(period=QUARTER, by=officer.user)
    clock.move_to(NOW + timedelta(days=3), tick=False)
    unmerge_later(homes, officer.user, clock)
    assert "gỡ gộp hộ (2)" in words(officer.get(PAGE))


def test_change_after_the_last_day_is_no_news_of_the_quarter(officer, homes, closed):
    visit(homes[2], officer.user, LAST + timedelta(days=1), met=FOUR)
    page = words(officer.get(PAGE))
    assert "Sổ hôm nay vẫn nói như vậy" in page
    with pytest.raises(CloseRefused):
        record_revision(close=closed, reason="Không có gì", by=officer.user)


def test_same_truth_is_told_once_and_further_truth_again(officer, homes, closed):
    late_visit(homes, officer.user, None)
    record_revision(close=closed, reason="Ghi chậm", by=officer.user)
    with pytest.raises(CloseRefused):
        record_revision(close=closed, reason="Lần nữa", by=officer.user)
    late_word(homes, officer.user, None)
    assert record_revision(close=closed, reason="Lại ghi chậm", by=officer.user).number == 2


def test_later_definitions_do_not_reach_into_a_closed_period(officer, homes, closed):
    before = words(officer.get(PAGE))
    Measure.objects.filter(key="tra-tien").update(target_percent=99, name="Tên mới")
    page = words(officer.get(PAGE))
    assert "Tên mới" not in page
    assert page == before


# --- the year -------------------------------------------------------------------------------------------------------


def test_year_is_closed_after_its_last_quarter_and_not_over_untold_changes(
    officer, homes, village, other_village, clock
):
    year, last = Period(2026), Period(2026, 4)
    clock.move_to(datetime.combine(last.last_day() + timedelta(days=3), time(9), HANOI), tick=False)
    with pytest.raises(CloseRefused, match="Xin chốt"):
        close_period(period=year, by=officer.user)
    fourth = close_period(period=last, by=officer.user, note="Không có báo cáo thôn")
    clock.move_to(datetime.combine(last.last_day() + timedelta(days=5), time(9), HANOI), tick=False)
    late_visit(homes, officer.user, clock)
    with pytest.raises(CloseRefused, match="ghi điều chỉnh"):
        close_period(period=year, by=officer.user)
    record_revision(close=fourth, reason="Ghi chậm", by=officer.user)
    content = Content.read(close_period(period=year, by=officer.user).content)
    assert content.tally("luot-tham") == 5
    assert share(content, "tra-tien") == (5, 6)


def test_list_of_periods_says_what_is_next(officer, leader, homes, village, closed):
    page = words(leader.get(PERIODS))
    assert "Quý III/2026 15/06/2026 – 14/09/2026 2/2 đã nhận Đã chốt" in page
    assert "Quý IV/2026" in page
    assert "Đang chạy, hết 14/12/2026" in page
