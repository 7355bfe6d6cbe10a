"""Teams, requests for help and requests about data, as the office keeps them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.enums import HelpState
from portal.households.models import DataRequest, HelpRequest, TeamMembership
from portal.households.permissions import TEAM_GROUP, villages_of
from tests.factories.core import UserFactory
from tests.factories.households import HelpRequestFactory, HouseholdFactory

OFFICE = "/quan-tri/so-ho/"
TODAY = timezone.localdate().strftime("%d/%m/%Y")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("room", ["to/", "nho-giup/", "du-lieu/"])
def test_only_officers_enter(officer, leader, team_member, stranger, room):
    assert [desk.get(OFFICE + room).status_code for desk in (officer, leader, team_member)] == [200, 404, 404]
    assert stranger.get(OFFICE + room).status_code == 302


def test_somebody_joins_a_team_and_leaves_it(officer, village, other_village):
    newcomer = UserFactory(groups=[TEAM_GROUP], full_name="Phạm Thị Mới")
    data = {"user": newcomer.pk, "village": village.pk, "valid_from": TODAY}
    assert "vào tổ" in text(officer.post(f"{OFFICE}to/", data, follow=True))
    assert list(villages_of(newcomer)) == [village]
    assert "đã ở tổ" in text(officer.post(f"{OFFICE}to/", data))
    membership = TeamMembership.objects.get(user=newcomer)
    yesterday = timezone.localdate() - timedelta(days=1)
    TeamMembership.objects.filter(pk=membership.pk).update(valid_from=yesterday)
    officer.post(f"{OFFICE}to/{membership.pk}/ra/", {"valid_to": yesterday.strftime("%d/%m/%Y")})
    assert not villages_of(newcomer).exists()
    assert list(AuditEntry.objects.values_list("action", "subject")) == [
        ("team.join", newcomer.username),
        ("team.leave", newcomer.username),
    ]
    assert officer.get(f"{OFFICE}to/{membership.pk}/ra/").status_code == 404


def test_account_without_the_role_cannot_be_put_on_a_team(officer, village):
    other = UserFactory()
    data = {"user": other.pk, "village": village.pk, "valid_from": TODAY}
    assert "Xin chọn lại ai" in text(officer.post(f"{OFFICE}to/", data))
    assert not TeamMembership.objects.exists()


def test_day_of_leaving_is_not_before_joining(officer, team_member):
    membership = TeamMembership.objects.get(user=team_member.user)
    page = text(officer.post(f"{OFFICE}to/{membership.pk}/ra/", {"valid_to": "01/01/2020"}))
    assert "không được trước ngày vào tổ" in page


def test_requests_for_help_stand_in_order_of_their_day(officer, village):
    late = HelpRequestFactory(village=village, topic="Cài VNeID", due_on=timezone.localdate() - timedelta(days=1))
    HelpRequestFactory(village=village, topic="Mở tài khoản")
    page = text(officer.get(f"{OFFICE}nho-giup/"))
    assert page.index("Cài VNeID") < page.index("Mở tài khoản")
    assert page.count("đã quá hẹn") == 1
    address = f"{OFFICE}nho-giup/{late.pk}/"
    assert "Xin điền đã làm gì" in text(officer.post(address, {"is_done": "co", "outcome": ""}))
    officer.post(address, {"is_done": "co", "outcome": "Tổ đã cài xong"})
    late = HelpRequest.objects.get(pk=late.pk)
    assert (late.state, late.closed_by, late.outcome) == (HelpState.DONE, officer.user, "Tổ đã cài xong")
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize(("kind", "days"), [("xem", 10), ("rut", 15), ("xoa", 20)])
def test_data_request_gets_its_days_and_an_outcome(officer, village, kind, days):
    household = HouseholdFactory(village=village)
    data = {"code": household.code, "kind": kind, "asked_by": "Phạm Văn Mẫu", "means": "dien-thoai"}
    page = text(officer.post(f"{OFFICE}du-lieu/", data, follow=True))
    due = timezone.localdate() + timedelta(days=days)
    assert f"làm xong chậm nhất {due:%d/%m/%Y}" in page
    found = DataRequest.objects.get()
    officer.post(f"{OFFICE}du-lieu/{found.pk}/", {"outcome": "Đã đưa bản in"})
    found.refresh_from_db()
    assert (found.answered_by, found.outcome) == (officer.user, "Đã đưa bản in")
    assert "Đã đưa bản in" in text(officer.get(f"{OFFICE}du-lieu/"))


def test_unknown_code_is_explained_beside_its_box(officer, village):
    page = text(officer.post(f"{OFFICE}du-lieu/", {"code": "BT-0412A", "kind": "xem", "asked_by": "A", "means": "ky"}))
    assert 'value="BT-0412A"' in page
    assert "ask__error" in page
    assert not DataRequest.objects.exists()
