"""The leader's board: right numbers, their whole story, any day, and the same cost for any number of households."""

import html
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.households.enums import Basis, CapableMember, Channel, ProposalState, Purpose, Result, SelfAnswer
from portal.households.models import CriteriaSet, Household
from portal.households.selectors.village_reports import periods_to_tell
from portal.households.services.capable import state_capable_member
from portal.households.services.households import create_household
from portal.households.services.registrations import Application, register_household
from portal.households.services.visits import VisitReport, record_visits
from tests.factories.households import CandidateFactory, ProposalFactory, VillageFactory
from tests.factories.progress import ActivityReportFactory, MeasureFactory, MeasureSetFactory, PeriodCloseFactory

pytestmark = pytest.mark.django_db

BOARD = "/quan-tri/tien-do/"
TODAY = timezone.localdate()
FOUR = ("2", "3", "4a", "5")


def days_ago(number):
    return TODAY - timedelta(days=number)


def words(response):
    """The page as it is read: tags away, spaces one."""
    assert response.status_code == 200
    text = re.sub(r"<(style|script).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).replace("\u00a0", " ")


def a_home(village, ago=200):
    return create_household(
        village=village, head_name="Phạm Văn Mẫu", details={}, listed_from=days_ago(ago), channel=Channel.TEAM, by=None
    )


def visit(home, officer, ago, basis=Basis.SEEN, **found):
    report = VisitReport(
        client_id=uuid4(),
        code=home.code,
        visited_at=timezone.now() - timedelta(days=ago),
        criteria_set_id=CriteriaSet.objects.earliest("pk").pk,
        findings={key.removeprefix("k"): (Result(result), basis) for key, result in found.items()},
    )
    [answer] = record_visits(reports=[report], by=officer.user)
    assert answer.outcome == "da-nhan"


def met(*keys):
    return {f"k{key}": "dat" for key in keys}


@pytest.fixture
def commune(village, other_village, officer):
    """Four families in thôn A, one in B: 3 of 5 pay by phone (one as it tells), 2 do all four."""
    homes = [a_home(village) for _ in range(4)] + [a_home(other_village)]
    visit(homes[0], officer, 100, **met(*FOUR))
    visit(homes[1], officer, 20, Basis.TOLD, **met(*FOUR))
    visit(homes[2], officer, 10, **met("3"), k2="chua-dat")
    visit(homes[3], officer, 5, k3="chua-dat")
    state_capable_member(household=homes[0], who=CapableMember.HEAD, said_on=days_ago(100), basis=Basis.SEEN, by=None)
    state_capable_member(household=homes[3], who=CapableMember.NONE, said_on=days_ago(5), by=None)
    ActivityReportFactory(village=village, held_on=days_ago(1))
    return homes


def test_board_says_how_far_each_target_is_and_by_when(leader, commune):
    page = words(leader.get(BOARD))
    assert "60,0% Trả tiền không dùng tiền mặt" in page
    assert "Còn thiếu 1 hộ" in page
    assert "3/5 hộ, thấy tận nơi 67%" in page
    assert "40,0% Làm được cả bốn việc" in page
    assert "đọc gộp cả bốn việc" in page
    assert "50,0% Thôn có hoạt động" in page
    assert "20,0% Hộ có người dùng được dịch vụ số" in page
    left = (date(2026, 12, 31) - TODAY).days
    assert f"còn {left} ngày, đến 31/12/2026" in page or left < 0
    assert "Thôn B (mẫu)" in page.split("Thôn chưa có hoạt động")[1][:60]
    assert "1 hộ đã hỏi và chưa có ai; 3 hộ chưa rõ." in page
    assert "trong 90 ngày qua: 3" in page
    assert "từ 91 đến 180 ngày: 1" in page
    assert "chưa thăm lần nào: 1" in page


def test_every_number_opens_its_definition_parts_and_date(leader, commune):
    page = words(leader.get(BOARD + "so/tra-tien/"))
    assert "3 trong 5 hộ" in page
    for part in ("Đạt, thấy tận nơi 2", "Đạt, gia đình kể 1", "Chưa đạt 1", "Chưa đánh giá (không phải “chưa đạt”) 1"):
        assert part in page
    for title in ("Tử số:", "Mẫu số:", "Không tính:", "Căn cứ:", "Cách đọc mục tiêu: đọc từng việc"):
        assert title in page
    assert f"Tính đến {TODAY:%d/%m/%Y}" in page
    numbers = re.findall(r'href="(/quan-tri/tien-do/so/[^"]+)"', leader.get(BOARD).content.decode())
    assert len(numbers) > 20
    for address in set(numbers):
        assert "Tính đến" in words(leader.get(html.unescape(address)))


def test_number_of_one_village_is_its_own(leader, commune, village, other_village):
    assert "3 trong 4 hộ" in words(leader.get(BOARD + "so/tra-tien/", {"thon": village.pk}))
    assert "0 trong 1 hộ" in words(leader.get(BOARD + "so/tra-tien/", {"thon": other_village.pk}))
    assert leader.get(BOARD + "so/tra-tien/", {"thon": 987654}).status_code == 404
    assert leader.get(BOARD + "so/khong-co/").status_code == 404


def test_any_past_day_is_shown_as_it_was(leader, commune):
    page = words(leader.get(BOARD, {"ngay": days_ago(50).strftime("%d/%m/%Y")}))
    assert "20,0% Trả tiền không dùng tiền mặt" in page
    assert f"Tiến độ ngày {days_ago(50):%d/%m/%Y}" in page
    assert "Ngày này chưa tới" in words(leader.get(BOARD, {"ngay": "01/01/2099"}))
    assert "Không có ngày này trên lịch" in words(leader.get(BOARD, {"ngay": "31/02/2026"}))


def test_family_that_only_says_so_itself_is_named_apart_and_not_counted(leader, village):
    application = Application(
        token=uuid4(),
        village=village,
        head_name="Phạm Văn Mẫu",
        details={},
        answers={"3": SelfAnswer.YES},
        consents=(Purpose.REGISTER,),
    )
    register_household(application=application)
    page = words(leader.get(BOARD + "so/tra-tien/"))
    assert "0 trong 1 hộ" in page
    assert "tự khai là có (không vào tử số) 1" in page
    assert "trong đó 1 hộ tự khai là có" in words(leader.get(BOARD))


def test_pilot_is_compared_on_the_same_definitions(leader, officer, village):
    home = a_home(village, (TODAY - date(2025, 10, 10)).days)
    visit(home, officer, (TODAY - date(2025, 12, 1)).days, **met(*FOUR))
    a_home(village, 10)
    page = words(leader.get(BOARD))
    row = page.split("hết thí điểm 31/12/2025")[1].split("Trả tiền không dùng tiền mặt")[1][:400]
    assert "100,0% (1/1)" in row
    assert "50,0% (1/2)" in row


def test_later_definitions_hold_for_the_whole_trend_and_older_days_keep_theirs(leader, commune):
    later = MeasureSetFactory(name="Mục tiêu mới", valid_from=TODAY)
    MeasureFactory(measure_set=later, key="tra-tien", name="Trả tiền (mới)", groups=[["3"]], target_percent=60)
    assert "60,0% Trả tiền (mới)" in words(leader.get(BOARD))
    assert "Đã tới mục tiêu: 60%" in words(leader.get(BOARD))
    assert "Trả tiền không dùng tiền mặt" in words(leader.get(BOARD, {"ngay": days_ago(1).strftime("%d/%m/%Y")}))
    assert "Trả tiền (mới)" in words(leader.get(BOARD + "dinh-nghia/"))


def test_empty_register_has_no_share_and_no_verdict(leader):
    page = words(leader.get(BOARD))
    assert "Chưa có hộ nào để tính" in page
    assert "%" not in page.split("Trả tiền không dùng tiền mặt")[0][-40:].replace("70%", "")


def test_what_waits_leads_officers_there_and_tells_leaders(leader, officer, village):
    accepted = ProposalFactory(village=village, state=ProposalState.ACCEPTED)
    CandidateFactory(proposal=accepted)
    ProposalFactory(village=village, state=ProposalState.SUBMITTED)
    page = words(leader.get(BOARD))
    assert "1 hộ trong danh sách xã đã nhận, chờ quyết định" in page
    assert "1 danh sách thôn chờ xã xem" in page
    assert 'href="/quan-tri/danh-hieu/"' not in leader.get(BOARD).content.decode()
    assert 'href="/quan-tri/danh-hieu/">1 danh sách' in officer.get(BOARD).content.decode()


def test_board_says_which_quarter_hangs_and_which_report_can_be_taken_home(leader, commune):
    hanging = periods_to_tell().hanging
    assert f'href="/quan-tri/tien-do/ky/{hanging.period.code}/"' in leader.get(BOARD).content.decode()
    assert "chưa chốt" in words(leader.get(BOARD))
    closed = PeriodCloseFactory(year=hanging.period.year, quarter=hanging.period.quarter)
    page = words(leader.get(BOARD))
    assert "chưa chốt" not in page
    assert f"Báo cáo {closed.period.name} đã chốt".replace("\xa0", " ") in page


def test_list_of_households_without_anybody_is_behind_the_number(leader, commune):
    shown = leader.get("/quan-tri/so-ho/", {"viec": "chua-ai-biet"}).content.decode()
    expected = Household.objects.exclude(pk=commune[0].pk)
    assert all(home.code in shown for home in expected)
    assert commune[0].code not in shown


def test_board_costs_the_same_queries_for_any_number_of_households(leader, officer):
    costs = []
    for homes in (2, 40):
        for _ in range(homes):
            village = VillageFactory()
            visit(a_home(village), officer, 3, **met("3"))
            ActivityReportFactory(village=village)
        leader.get(BOARD)
        with CaptureQueriesContext(connection) as queries:
            leader.get(BOARD)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 24


def test_board_without_scripts_names_every_picture(leader, commune):
    page = leader.get(BOARD).content.decode()
    pictures = re.findall(r"<svg[^>]*>", page)
    assert len(pictures) > 10
    for picture in pictures:
        assert 'aria-hidden="true"' in picture or re.search(r'role="img" aria-label="[^"]+"', picture), picture
    assert "<script" not in page
    assert "style=" not in page
