"""Criteria are versioned data: drafted, tried without saving anything, put in force by two people."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.models import CriteriaSet, Household, SensitiveChange
from portal.households.selectors.standing import household_standing, refresh_standing
from tests.factories.households import HouseholdFactory, VisitFactory

SETS = "/quan-tri/so-ho/tieu-chi/"
TODAY = timezone.localdate().strftime("%d/%m/%Y")


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def founding(db):
    return CriteriaSet.objects.get()


@pytest.fixture
def draft(officer, founding):
    data = {"name": "Từ năm 2027", "legal_basis": "Quyết định thử", "valid_from": TODAY}
    officer.post(f"{SETS}{founding.pk}/ban-nhap/", data)
    return CriteriaSet.objects.get(name="Từ năm 2027")


@pytest.fixture
def three_met(village):
    """Visited, three of five met: passes only under a milder rule."""
    household = HouseholdFactory(village=village)
    VisitFactory(household=household, met=["1", "2", "3"])
    refresh_standing(household)
    return household


def rule(minimum):
    return {"name": "Từ năm 2027", "legal_basis": "", "valid_from": TODAY, "pass_minimum": minimum}


def test_draft_begins_as_a_copy(officer, draft, founding):
    assert draft.is_draft
    assert [c.key for c in draft.criteria.all()] == [c.key for c in founding.criteria.all()]
    assert draft.criteria.get(key="4").uses == founding.criteria.get(key="4").uses
    assert "Bản nháp" in text(officer.get(SETS))


def test_set_in_force_is_read_only(officer, founding):
    page = text(officer.get(f"{SETS}{founding.pk}/"))
    assert "Sửa quy tắc" not in page
    assert "Đề nghị áp dụng" not in page
    for tail in ("sua/", "them/", "1/sua/"):
        assert officer.get(f"{SETS}{founding.pk}/{tail}").status_code == 404
    for tail in ("ap-dung/", "1/bo/"):
        assert officer.post(f"{SETS}{founding.pk}/{tail}", {"reason": "Thử"}).status_code == 404
    assert founding.criteria.count() == 5


def test_draft_is_tried_on_the_visits_and_nothing_is_saved(officer, draft, three_met, village):
    HouseholdFactory(village=village)
    officer.post(f"{SETS}{draft.pk}/sua/", rule("3"))
    before = list(Household.objects.order_by("pk").values())
    page = text(officer.get(f"{SETS}{draft.pk}/?thu=1"))
    assert "<b>1 hộ đạt</b> trong 1 hộ đã thăm; sổ có 2 hộ" in page
    assert "đang áp dụng: 0 hộ đạt" in page
    assert list(Household.objects.order_by("pk").values()) == before


def test_criterion_of_a_draft_is_changed_added_and_dropped(officer, draft):
    data = {
        "key": "6", "position": "6", "name": "Giúp hàng xóm", "sentence": "Nhà mình chỉ lại cho nhà bên.",
        "question": "Tháng qua nhà mình có chỉ ai không?", "uses": "a. Chỉ tận nơi\nb. Gọi điện chỉ",
    }  # fmt: skip
    officer.post(f"{SETS}{draft.pk}/them/", data)
    assert draft.criteria.get(key="6").finding_keys == ["6a", "6b"]
    officer.post(f"{SETS}{draft.pk}/6/sua/", data | {"is_mandatory": "on", "key": "9"})
    assert draft.criteria.get(key="6").is_mandatory
    assert not draft.criteria.filter(key="9").exists()
    assert "Bản nháp đã có tiêu chí 6." in text(officer.post(f"{SETS}{draft.pk}/them/", data))
    assert "chưa có dạng" in text(officer.post(f"{SETS}{draft.pk}/6/sua/", data | {"uses": "học"}))
    officer.post(f"{SETS}{draft.pk}/6/bo/")
    assert draft.criteria.count() == 5


def test_pass_rule_changes_only_with_a_second_person(officer, second_officer, draft, three_met):
    officer.post(f"{SETS}{draft.pk}/sua/", rule("3"))
    officer.post(f"{SETS}{draft.pk}/ap-dung/", {"reason": "Theo quyết định của xã"})
    change = SensitiveChange.objects.get()
    decide = f"/quan-tri/so-ho/hai-nguoi/{change.pk}/"
    officer.post(decide, {"duyet": "co"})
    assert CriteriaSet.objects.get(pk=draft.pk).is_draft
    page = text(officer.post(f"{SETS}{draft.pk}/sua/", rule("1")))
    assert "đang chờ duyệt" in page, "what the second person reads is what will happen"
    second_officer.post(decide, {"duyet": "co"})
    active = CriteriaSet.objects.get(pk=draft.pk)
    assert (active.is_draft, active.activated_by, active.pass_minimum) == (False, second_officer.user, 3)
    three_met.refresh_from_db()
    assert three_met.is_passing
    assert AuditEntry.objects.filter(action="criteria.activate").count() == 1


def test_past_days_keep_their_rule(officer, second_officer, draft, three_met):
    VisitFactory(household=three_met, met=["1"], visited_at=timezone.now() - timedelta(days=9))
    yesterday = timezone.localdate() - timedelta(days=1)
    before = household_standing(three_met, yesterday)
    officer.post(f"{SETS}{draft.pk}/sua/", rule("1"))
    officer.post(f"{SETS}{draft.pk}/ap-dung/", {"reason": "Theo quyết định của xã"})
    second_officer.post(f"/quan-tri/so-ho/hai-nguoi/{SensitiveChange.objects.get().pk}/", {"duyet": "co"})
    assert household_standing(three_met, yesterday) == before
    assert household_standing(three_met, timezone.localdate()).is_passing


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pass_minimum": "6"}, "Phải đạt từ 1 đến 5 tiêu chí"),
        ({"valid_from": "01/01/2026"}, "Ngày áp dụng đã qua"),
    ],
)
def test_rule_that_makes_no_sense_is_refused(officer, draft, changes, sentence):
    officer.post(f"{SETS}{draft.pk}/sua/", rule("") | changes)
    answer = officer.post(f"{SETS}{draft.pk}/ap-dung/", {"reason": "Thử"}, follow=True)
    assert sentence in text(answer)
    assert not SensitiveChange.objects.exists()


def test_only_officers_enter(officer, leader, team_member, stranger, draft):
    for address in (SETS, f"{SETS}{draft.pk}/", f"{SETS}{draft.pk}/sua/", f"{SETS}{draft.pk}/them/"):
        assert [desk.get(address).status_code for desk in (officer, leader, team_member)] == [200, 404, 404]
        assert stranger.get(address).status_code == 302


def test_rebuilding_standings_mends_what_was_wrong_and_only_that(three_met, village, capsys):
    HouseholdFactory(village=village)
    Household.objects.filter(pk=three_met.pk).update(met_count=5, is_passing=True)
    call_command("rebuild_standing")
    assert "2 hộ, 1 hộ có thay đổi" in capsys.readouterr().out
    three_met.refresh_from_db()
    assert (three_met.met_count, three_met.is_passing) == (3, False)
    call_command("rebuild_standing")
    assert "2 hộ, 0 hộ có thay đổi" in capsys.readouterr().out
