"""The officer's home: everything that waits, oldest first, each line one click from where it is done."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.households.enums import ProposalState
from portal.households.models import MeasureSet
from portal.households.services.approvals import ask_to_merge
from tests.factories.campaign import ActivityPageFactory
from tests.factories.games import RoundFactory
from tests.factories.households import (
    CandidateFactory,
    DataRequestFactory,
    HelpRequestFactory,
    HouseholdFactory,
    ObjectionFactory,
    ProposalFactory,
)
from tests.html import nu_messages, parse_errors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _movement_begins_today(db):
    """No quarter is over yet."""
    MeasureSet.objects.update(pilot_from=timezone.localdate())


HOME = "/quan-tri/viec/"


def home(desk) -> str:
    answer = desk.get(HOME)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(page: str) -> list[str]:
    return re.findall(r"<h2>(.+?)</h2>", page)


def days(count: int):
    return timezone.localdate() + timedelta(days=count)


def test_officers_begin_the_day_here_and_nobody_else_enters(officer, leader, team_member, editor, stranger):
    assert officer.get("/quan-tri/").headers["Location"] == HOME
    assert [desk.get(HOME).status_code for desk in (officer, leader, team_member, editor)] == [200, 404, 404, 404]
    assert stranger.get(HOME).status_code == 302


def test_what_waits_stands_oldest_first_and_leads_to_where_it_is_done(officer, team_member, village):
    home_ = HouseholdFactory(village=village, head_name="Đinh Thị Vông")
    asked = DataRequestFactory(household=home_, answer_by=days(-3))
    question = ObjectionFactory(asked_by="Phạm Văn Đền", answer_by=days(2))
    sent = ProposalFactory(
        village=village, state=ProposalState.SUBMITTED, submitted_at=timezone.now(), submitted_by=team_member.user
    )
    HelpRequestFactory(village=village, name="Mẹ Ron", due_on=days(-9))
    HelpRequestFactory(village=village, name="Có người đang lo", due_on=days(1))
    page = home(officer)
    assert lines(page) == [
        f"Mẹ Ron, {village}",
        f"{home_.code}: {asked.get_kind_display()}",
        str(sent),
        "Phạm Văn Đền hỏi lại",
    ]
    assert "Quá hạn 9 ngày" in page
    for place in (f"so-ho/du-lieu/{asked.pk}/", f"so-ho/hoi-lai/{question.pk}/", f"danh-hieu/danh-sach/{sent.pk}/"):
        assert f'href="/quan-tri/{place}"' in page
        assert officer.get(f"/quan-tri/{place}").status_code == 200


def test_lists_that_were_taken_wait_for_a_decision(officer, village):
    taken = ProposalFactory(
        village=village, state=ProposalState.ACCEPTED, reviewed_at=timezone.now(), reviewed_by=officer.user
    )
    CandidateFactory(proposal=taken)
    page = home(officer)
    assert "1 hộ trong danh sách đã nhận" in page
    [place] = re.findall(r'href="(/quan-tri/danh-hieu/quyet-dinh/nhap/[^"]+)"', page)
    assert officer.get(place).status_code == 200


def test_change_waits_for_the_second_person_and_not_for_the_one_who_asked(officer, second_officer, village):
    first, other = HouseholdFactory(village=village), HouseholdFactory(village=village)
    ask_to_merge(survivor=first, absorbed=other, reason="Đúng một nhà", by=officer.user)
    assert "Đúng một nhà" not in home(officer)
    assert "Nguyễn Thị Sổ đề nghị: Đúng một nhà" in home(second_officer)


def test_queues_without_end_are_one_line_each(officer, village):
    for _ in range(2):
        HouseholdFactory(village=village, head_name="Đinh Thị Vông", phone="+84356123456", head_birth_year=1968)
    assert "1 cặp hộ có thể trùng" in home(officer)


def test_only_the_quarter_that_ended_last_asks_to_be_closed(officer):
    MeasureSet.objects.update(pilot_from=days(-300))
    page = home(officer)
    assert len([line for line in lines(page) if line.startswith("Chốt")]) == 1
    assert re.search(r"Còn \d kỳ trước cũng chưa chốt", page)


def test_game_that_waits_for_a_person_and_session_to_come_are_told(officer):
    round_ = RoundFactory(draft=True)
    session = ActivityPageFactory(
        title="Học quét mã",
        seats=20,
        starts_at=timezone.now() + timedelta(days=3),
        ends_at=timezone.now() + timedelta(days=4),
    )
    page = home(officer)
    assert f"<h2>{round_}</h2>" in page
    assert "Tập huấn sắp tới" in page
    assert f'href="/quan-tri/dang-ky-cho/{session.pk}/"' in page


def test_empty_home_says_so_in_one_sentence(officer):
    page = home(officer)
    assert "Không có việc nào đang chờ." in page
    assert lines(page) == []
    assert "todo" not in page


def test_many_lines_are_cut_and_told(officer, village):
    for number in range(23):
        HelpRequestFactory(village=village, due_on=days(-number - 1))
    page = home(officer)
    assert len(lines(page)) == 20
    assert "Còn 3 việc nữa" in page
    assert "<b>23</b>Nhờ giúp quá hẹn" in page


def test_home_costs_the_same_queries_however_much_waits(officer, team_member, village):
    costs = []
    for many in (1, 8):
        for _ in range(many):
            home_ = HouseholdFactory(village=village)
            DataRequestFactory(household=home_)
            ObjectionFactory(household=home_)
            HelpRequestFactory(village=village, household=home_, due_on=days(-1))
            sent = {"submitted_at": timezone.now(), "submitted_by": team_member.user, "state": ProposalState.SUBMITTED}
            ProposalFactory(**sent)
        home(officer)
        with CaptureQueriesContext(connection) as queries:
            home(officer)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 40


def test_home_is_valid_html(officer, village, tmp_path):
    empty = home(officer)
    HelpRequestFactory(village=village, due_on=days(-1))
    texts = {"empty": empty, "full": home(officer)}
    assert not parse_errors(texts)
    assert not nu_messages(texts, tmp_path)
