"""The village team's desk: today's work, the families of its own village, and nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.enums import HelpState, Result
from portal.households.selectors.standing import refresh_standing
from tests.factories.households import FindingFactory, HelpRequestFactory, HouseholdFactory, MergeFactory, VisitFactory
from tests.integration.register.public_forms import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(village):
    return HouseholdFactory(village=village, head_name="Phạm Thị Ổi", nickname="bà Bảy", phone="+84356123456")


@pytest.fixture
def asked(village, family):
    return HelpRequestFactory(village=village, household=family, phone=family.phone, topic="Trả tiền bằng điện thoại")


def test_today_lists_every_kind_of_work_oldest_first(team_member, village, family, asked):
    old = HouseholdFactory(
        village=village, head_name="Đinh Văn Cũ", last_visited_on=timezone.localdate() - timedelta(400)
    )
    VisitFactory(household=old, visited_at=timezone.now() - timedelta(400), met=["1"])
    two = HouseholdFactory(village=village, head_name="Phạm Văn Hai", last_visited_on=timezone.localdate())
    VisitFactory(household=two, met=["1"])
    FindingFactory(visit=VisitFactory(household=two), key="1", result=Result.UNMET)
    page = team_member.get(reverse("team:today"))
    text = page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    places = [text.index(name) for name in ("Đinh Văn Cũ", "Phạm Thị Ổi", "Phạm Văn Hai", "Nhờ giúp: Trả tiền")]
    assert places[0] < min(places[1:])
    assert "4 việc" in text
    assert "Quá hạn 220 ngày" in text
    assert "ghi khác nhau ở mục 1" in text


def test_a_later_visit_settles_a_dispute(team_member, village):
    family = HouseholdFactory(village=village, last_visited_on=timezone.localdate())
    before = timezone.now() - timedelta(days=3)
    VisitFactory(household=family, visited_at=before, met=["1"])
    FindingFactory(visit=VisitFactory(household=family, visited_at=before), key="1", result=Result.UNMET)
    assert "ghi khác nhau ở mục" in team_member.get(reverse("team:today")).content.decode()
    VisitFactory(household=family, met=["1"])
    assert "ghi khác nhau ở mục" not in team_member.get(reverse("team:today")).content.decode()


def test_what_could_not_be_seen_is_a_task_until_it_is_seen(team_member, village):
    family = HouseholdFactory(village=village, head_name="Phạm Thị Xa")
    visit = VisitFactory(household=family, met=["1", "2", "3", "4a"])
    FindingFactory(visit=visit, key="5", result=Result.UNCLEAR, basis="")
    refresh_standing(family)
    today = text_of(team_member.get(reverse("team:today")))
    assert "còn 1 việc chưa xem được" in today
    assert "Phạm Thị Xa" in text_of(team_member.get(reverse("team:households"), {"loc": "chua-ro"}))
    VisitFactory(household=family, met=["5"])
    refresh_standing(family)
    assert "chưa xem được" not in text_of(team_member.get(reverse("team:today")))
    assert "Phạm Thị Xa" not in text_of(team_member.get(reverse("team:households"), {"loc": "chua-ro"}))


def test_today_costs_the_same_however_many_households(team_member, village, django_assert_max_num_queries):
    HouseholdFactory.create_batch(12, village=village)
    team_member.get(reverse("team:today"))
    with django_assert_max_num_queries(29):
        team_member.get(reverse("team:today"))


@pytest.mark.parametrize("words", ["oi", "ba bay", "PHAM thi Ổi", "123456"])
def test_household_is_found_without_marks(team_member, family, words):
    assert family.code in team_member.get(reverse("team:households"), {"q": words}).content.decode()


def test_search_and_list_stay_inside_the_village(colleague, team_member, family):
    for query in ({}, {"q": "oi"}, {"q": family.code}, {"loc": "chua-tham"}):
        assert family.head_name not in colleague.get(reverse("team:households"), query).content.decode()
        assert family.head_name in team_member.get(reverse("team:households"), query).content.decode()


def test_household_page_hides_the_phone_and_logs_the_view(team_member, family):
    text = team_member.get(reverse("team:household", args=[family.code])).content.decode()
    assert "03•• ••• 456" in text
    assert "0356" not in text
    assert AuditEntry.objects.filter(action="household.view", subject=family.code).count() == 1


def test_phone_is_shown_for_a_reason_and_logged(team_member, family):
    address = reverse("team:household", args=[family.code])
    assert "0356 123 456" not in team_member.post(address, {"reason": ""}).content.decode()
    assert "0356 123 456" in team_member.post(address, {"reason": "Gọi hẹn ngày đến"}).content.decode()
    line = AuditEntry.objects.get(action="phone.reveal")
    assert (line.subject, line.reason, line.by) == (family.code, "Gọi hẹn ngày đến", team_member.user)


def test_old_code_leads_to_the_survivor(team_member, village, family):
    old = HouseholdFactory(village=village, survivor=family, root=family)
    MergeFactory(survivor=family, absorbed=old)
    response = team_member.get(reverse("team:household", args=[old.code]))
    assert (response.status_code, response.url) == (302, reverse("team:household", args=[family.code]))


def test_help_is_taken_and_answered(team_member, asked):
    assert "Nhận giúp" in team_member.get(reverse("team:help_request", args=[asked.pk])).content.decode()
    team_member.post(reverse("team:take_help", args=[asked.pk]))
    asked.refresh_from_db()
    assert (asked.state, asked.taken_by) == (HelpState.TAKEN, team_member.user)
    close = reverse("team:close_help", args=[asked.pk])
    assert "Xin ghi một câu" in team_member.post(close, {"result": "xong"}).content.decode()
    team_member.post(close, {"result": "xong", "outcome": "Đã cài và thử trả 1.000 đồng"})
    team_member.post(close, {"result": "khong", "outcome": "bấm lần nữa"})
    asked.refresh_from_db()
    assert (asked.state, asked.outcome) == (HelpState.DONE, "Đã cài và thử trả 1.000 đồng")


def test_team_member_begins_the_day_at_the_teams_desk(team_member, editor):
    assert team_member.get("/quan-tri/").url == reverse("team:today")
    assert editor.get("/quan-tri/").status_code == 200


def test_sign_in_returns_to_the_page_that_was_asked_for(stranger, team_member, family):
    from tests.factories.core import PASSWORD

    address = reverse("team:household", args=[family.code])
    door = stranger.get(address)
    assert door.url == f"{reverse('wagtailadmin_login')}?next={address}"
    response = stranger.post(door.url, {"username": team_member.user.username, "password": PASSWORD, "next": address})
    assert response.url == address
