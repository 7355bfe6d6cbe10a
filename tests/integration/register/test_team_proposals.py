"""A village's list: made bit by bit, never sent with a step skipped, locked once it is sent."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.households.enums import ProposalState
from portal.households.models import Candidate, Proposal
from portal.households.services.proposals import ProposalRefused, accept_proposal, add_candidate, return_proposal
from tests.factories.core import UserFactory
from tests.factories.households import DecisionEntryFactory, HouseholdFactory, ProposalFactory, TitleRuleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(village):
    return ProposalFactory(village=village)


def at(name, proposal, **more):
    return reverse(f"team:{name}", kwargs={"pk": proposal.pk, **more})


def minutes(**changes):
    today = timezone.localdate()
    fields = {
        "met_on": today - timedelta(days=20),
        "present_count": 42,
        "for_count": 40,
        "against_count": 2,
        "chair_name": "Đinh Văn Trưởng",
        "secretary_name": "Phạm Thị Ký",
        "posted_from": today - timedelta(days=12),
        "posted_to": today - timedelta(days=1),
        "posted_at": "Nhà văn hóa thôn",
        **changes,
    }
    return {f"hop-{name}": str(value) for name, value in fields.items()}


def test_list_is_begun_once_however_often_the_button_is_tapped(team_member, village):
    form = {"village": village.pk, "title": "gia-dinh-so", "year": 2026}
    first = team_member.post(reverse("team:proposals"), form)
    assert team_member.post(reverse("team:proposals"), form).url == first.url
    assert Proposal.objects.get().village == village
    assert "Gia đình số năm 2026" in team_member.get(reverse("team:proposals")).content.decode()


def test_list_for_a_foreign_village_cannot_be_begun(team_member, other_village):
    form = {"village": other_village.pk, "title": "gia-dinh-so", "year": 2026}
    assert "Xin chọn thôn mình phụ trách" in team_member.post(reverse("team:proposals"), form).content.decode()
    assert not Proposal.objects.exists()


def test_household_that_is_not_ready_needs_a_reason(team_member, village, proposal):
    household = HouseholdFactory(village=village)
    add = at("add_candidate", proposal)
    assert "xin ghi vì sao" in team_member.post(add, {"household": household.code}).content.decode()
    team_member.post(add, {"household": household.code, "exception_reason": "Mới chuyển về, tổ đã gặp"})
    candidate = Candidate.objects.get()
    assert "Mới chuyển về" in team_member.get(at("proposal", proposal)).content.decode()
    team_member.post(at("remove_candidate", proposal, candidate=candidate.pk))
    assert not Candidate.objects.exists()


def test_all_who_meet_the_rule_come_at_once_and_nobody_else(team_member, village, other_village, proposal):
    ready = [HouseholdFactory(village=village, is_passing=True) for _ in range(3)]
    HouseholdFactory(village=village, is_passing=False)
    HouseholdFactory(village=other_village, is_passing=True)
    holder = DecisionEntryFactory(decision__year=proposal.year, household__village=village, household__is_passing=True)
    assert "Thêm cả 3 hộ đủ điều kiện" in team_member.get(at("proposal", proposal)).content.decode()
    for _tap in range(2):
        answer = team_member.post(at("add_passing", proposal), follow=True).content.decode()
    assert set(Candidate.objects.values_list("household", flat=True)) == {household.pk for household in ready}
    assert "Thêm cả" not in answer
    TitleRuleFactory(title=proposal.title, year=proposal.year, years_held=2)
    assert "xem và thêm từng hộ" in team_member.post(at("add_passing", proposal), follow=True).content.decode()
    assert holder.household.head_name not in answer


def test_family_that_holds_the_title_is_not_proposed_for_it_again(village, proposal):
    holder = DecisionEntryFactory(decision__year=proposal.year, household__village=village).household
    holder.is_passing = True
    holder.save()
    with pytest.raises(ProposalRefused, match="đã được công nhận"):
        add_candidate(proposal=proposal, household=holder, by=UserFactory())
    next_year = ProposalFactory(village=village, year=proposal.year + 1)
    assert add_candidate(proposal=next_year, household=holder, by=UserFactory()).household == holder


def test_foreign_household_is_not_on_offer(team_member, other_village, proposal):
    household = HouseholdFactory(village=other_village, is_passing=True)
    assert household.head_name not in team_member.get(at("proposal", proposal)).content.decode()
    text = team_member.post(at("add_candidate", proposal), {"household": household.code}).content.decode()
    assert "Không thấy hộ này trong thôn" in text


def test_list_goes_to_the_commune_only_when_nothing_is_missing_and_is_locked_then(team_member, village, proposal):
    household = HouseholdFactory(village=village, is_passing=True)
    assert "ngày họp" in team_member.get(at("proposal", proposal)).content.decode()
    team_member.post(at("add_candidate", proposal), {"household": household.code})
    team_member.post(at("proposal", proposal), minutes())
    team_member.post(at("object", proposal), {"hoi-asked_by": "Bà H.", "hoi-text": "Sao không có nhà tôi?"})
    assert "Còn thiếu: trả lời" in team_member.post(at("submit_proposal", proposal), follow=True).content.decode()
    asked = proposal.objections.get()
    team_member.post(at("answer_objection", proposal, objection=asked.pk), {"answer": "Nhà bà còn một việc."})
    assert "Gửi danh sách lên xã" in team_member.get(at("proposal", proposal)).content.decode()
    assert "Đã gửi danh sách" in team_member.post(at("submit_proposal", proposal), follow=True).content.decode()
    proposal.refresh_from_db()
    assert (proposal.state, proposal.submitted_by) == (ProposalState.SUBMITTED, team_member.user)
    for address, form in (
        (at("proposal", proposal), minutes(present_count=99)),
        (at("remove_candidate", proposal, candidate=proposal.candidates.get().pk), {}),
        (at("object", proposal), {"hoi-asked_by": "Ai đó", "hoi-text": "Hỏi"}),
        (at("submit_proposal", proposal), {}),
    ):
        team_member.post(address, form)
    proposal.refresh_from_db()
    assert (proposal.present_count, proposal.candidates.count(), proposal.objections.count()) == (42, 1, 1)
    assert "Lưu biên bản" not in team_member.get(at("proposal", proposal)).content.decode()


def test_returned_list_shows_the_officers_remark_and_opens_again(team_member, officer, proposal):
    Proposal.objects.filter(pk=proposal.pk).update(
        state=ProposalState.SUBMITTED, submitted_at=timezone.now(), submitted_by=team_member.user
    )
    return_proposal(proposal=proposal, note="Biên bản thiếu chữ ký thư ký.", by=officer.user)
    text = team_member.get(at("proposal", proposal)).content.decode()
    assert "Biên bản thiếu chữ ký thư ký." in text
    assert "Lưu biên bản" in text


def test_accepted_list_is_read_only(team_member, officer, proposal):
    Proposal.objects.filter(pk=proposal.pk).update(
        state=ProposalState.SUBMITTED, submitted_at=timezone.now(), submitted_by=team_member.user
    )
    accept_proposal(proposal=proposal, by=officer.user)
    assert "Lưu biên bản" not in team_member.get(at("proposal", proposal)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"met_on": "31/02/2026"}, "Không có ngày này trên lịch"),
        ({"met_on": "2031-01-01"}, "Ngày này chưa tới"),
        ({"for_count": 41}, "nhiều hơn số người dự"),
        ({"posted_to": "2020-01-01"}, "không được trước ngày bắt đầu"),
        ({"present_count": "bốn"}, "Xin điền một số"),
    ],
)
def test_minutes_that_cannot_be_are_refused_and_kept_on_the_page(team_member, proposal, changes, sentence):
    text = team_member.post(at("proposal", proposal), minutes(**changes)).content.decode()
    assert sentence in text
    assert "Phạm Thị Ký" in text
    proposal.refresh_from_db()
    assert proposal.met_on is None
