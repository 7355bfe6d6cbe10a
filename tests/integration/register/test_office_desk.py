"""Teams, requests for help and requests about data, as the office keeps them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.enums import HelpState
from portal.households.models import (
    Certificate,
    DataRequest,
    Finding,
    HelpRequest,
    Household,
    HouseholdEvent,
    Registration,
    TeamMembership,
    Visit,
)
from portal.households.permissions import TEAM_GROUP, villages_of
from portal.households.selectors.consents import granted_purposes
from portal.households.services.merging import merge_households
from tests.factories.core import UserFactory
from tests.factories.households import (
    CertificateFactory,
    ConsentFactory,
    HelpRequestFactory,
    HouseholdFactory,
    RegistrationFactory,
    VisitFactory,
)

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


def test_successor_takes_over_what_the_leaver_had_begun(officer, team_member, village):
    membership = TeamMembership.objects.get(user=team_member.user)
    successor = UserFactory(groups=[TEAM_GROUP], full_name="Phạm Thị Thay")
    begun, done, untouched = (HelpRequestFactory(village=village) for _ in range(3))
    HelpRequest.objects.filter(pk__in=[begun.pk, done.pk]).update(taken_by=team_member.user, state="dang-giup")
    HelpRequest.objects.filter(pk=done.pk).update(state="xong")
    page = officer.post(f"{OFFICE}to/{membership.pk}/ra/", {"valid_to": TODAY, "successor": successor.pk}, follow=True)
    assert "1 việc giúp đang dở: Phạm Thị Thay nhận." in text(page)
    assert list(villages_of(successor)) == [village]
    rows = {row.pk: (row.taken_by, row.state) for row in HelpRequest.objects.all()}
    assert rows[begun.pk] == (successor, "dang-giup")
    assert rows[done.pk] == (team_member.user, "xong")
    assert rows[untouched.pk] == (None, "moi")


def test_without_a_successor_unfinished_help_is_everybodys_again(officer, team_member, village):
    membership = TeamMembership.objects.get(user=team_member.user)
    begun = HelpRequestFactory(village=village, taken_by=team_member.user, state="dang-giup")
    page = officer.post(f"{OFFICE}to/{membership.pk}/ra/", {"valid_to": TODAY}, follow=True)
    assert "trả về cho tổ" in text(page)
    begun.refresh_from_db()
    assert (begun.taken_by, begun.state) == (None, "moi")


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


@pytest.fixture
def leaving(village):
    """A family with much on the register, asking to be erased."""
    household = HouseholdFactory(
        village=village, head_name="Phạm Văn Đền", nickname="Cha Thảo", phone="+84356123456", head_birth_year=1980
    )
    RegistrationFactory(household=household, answers={"1": "co"}, sent={"phone": "0356123456"})
    HelpRequestFactory(household=household, village=village, name="Bà Đền", phone="+84356123456")
    VisitFactory(household=household, met=["1"], note="Nhà ông Đền ở cuối xóm")
    ConsentFactory(household=household)
    return household


def erase(desk, household):
    data = {"code": household.code, "kind": "xoa", "asked_by": "Chủ hộ", "means": "ky"}
    desk.post(f"{OFFICE}du-lieu/", data)
    address = f"{OFFICE}du-lieu/{DataRequest.objects.get().pk}/"
    assert "không lấy lại được" in text(desk.get(address))
    assert Household.objects.get(pk=household.pk).phone, "asking erases nothing yet"
    return desk.post(address, {"outcome": "Đã xóa theo đơn"}, follow=True)


def everything_said():
    models = (Household, Registration, HelpRequest, Visit, HouseholdEvent, Finding)
    return str([list(model.objects.values()) for model in models])


def test_erasure_leaves_nothing_personal_and_keeps_the_code(officer, leaving):
    assert "Đã xóa và ghi kết quả" in text(erase(officer, leaving))
    left = Household.objects.get(pk=leaving.pk)
    assert (left.code, left.head_name, left.listed_to) == (leaving.code, "Đã xóa", timezone.localdate())
    said = everything_said()
    assert not [word for word in ("Đền", "den", "Thảo", "356123456", "1980") if word in said]
    assert "Phạm Văn Đền" not in text(officer.get(f"{OFFICE}?viec=thoi-o-so"))
    assert not granted_purposes(left)


def test_erasure_keeps_what_a_decision_rests_on(officer, leaving):
    entry = CertificateFactory(entry__household=leaving, household=leaving).entry
    erase(officer, leaving)
    left = Household.objects.get(pk=leaving.pk)
    entry.refresh_from_db()
    assert (left.head_name, left.phone) == ("Phạm Văn Đền", "")
    assert entry.name_on_paper == "Phạm Văn Đền"
    assert Certificate.objects.get().state == "hieu-luc"


def test_erasure_reaches_what_was_merged_in(officer, village, leaving):
    other = HouseholdFactory(village=village, head_name="Pham Van Den", phone="+84356123456")
    merge_households(survivor=leaving, absorbed=other, by=officer.user)
    erase(officer, leaving)
    assert {row.head_name for row in Household.objects.all()} == {"Đã xóa"}
    assert not Household.objects.exclude(phone="").exists()


def test_unknown_code_is_explained_beside_its_box(officer, village):
    page = text(officer.post(f"{OFFICE}du-lieu/", {"code": "BT-0412A", "kind": "xem", "asked_by": "A", "means": "ky"}))
    assert 'value="BT-0412A"' in page
    assert "ask__error" in page
    assert not DataRequest.objects.exists()
