"""Consents that came on paper, aloud or by telephone: executed at once, and children have rules of their own."""

from datetime import datetime, time, timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from portal.households.enums import NameForm, Purpose, Subject
from portal.households.models import Consent
from portal.households.selectors.consents import granted_purposes, name_forms
from portal.households.services.merging import merge_households
from tests.factories.core import UserFactory
from tests.factories.households import ConsentFactory, DecisionEntryFactory, HouseholdFactory
from tests.integration.register.public_forms import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(village):
    return HouseholdFactory(village=village, head_name="Phạm Thị Thạch")


def at(room, family):
    return reverse(f"{room}:consents", args=[family.code])


def said(**changes):
    return {
        "purpose": "ten",
        "answer": "dong-y",
        "name_form": "day-du",
        "subject": "chu-ho",
        "means": "ky",
        "said_on": f"{timezone.localdate():%d/%m/%Y}",
        **changes,
    }


@pytest.mark.parametrize(("role", "room"), [("team_member", "team"), ("officer", "office")])
def test_consent_on_paper_is_a_row_with_who_when_and_how(request, role, room, family):
    browser = request.getfixturevalue(role)
    page = text_of(browser.post(at(room, family), said(), follow=True))
    row = Consent.objects.get()
    assert (row.purpose, row.name_form, row.means, row.recorded_by) == ("ten", "day-du", "ky", browser.user)
    assert "Đã ghi: chủ hộ đồng ý “Tên ở trang Vinh danh”." in page
    assert "đồng ý : họ tên chủ hộ" in page


def test_colleague_of_another_village_leader_and_editor_reach_nothing(colleague, leader, editor, family):
    for browser, room in ((colleague, "team"), (leader, "office"), (editor, "office")):
        assert browser.get(at(room, family)).status_code == 404
        assert browser.post(at(room, family), said()).status_code == 404
    assert not Consent.objects.exists()


def test_withdrawal_by_telephone_takes_the_name_off_the_roll(client, officer, family):
    ConsentFactory(household=family, said_at=timezone.now() - timedelta(days=9))
    DecisionEntryFactory(household=family)
    assert "Phạm Thị Thạch" in text_of(client.get("/vinh-danh/"))
    page = text_of(officer.post(at("office", family), said(answer="thoi", means="dien-thoai"), follow=True))
    assert "Đã gỡ tên khỏi trang web" in page
    caches["pages"].clear()  # forgotten at commit, and a test never commits
    assert "Phạm Thị Thạch" not in text_of(client.get("/vinh-danh/"))
    assert Purpose.NAME not in granted_purposes(family)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answer": ""}, "Xin chọn: đồng ý hay thôi."),
        ({"name_form": ""}, "xin chọn hiện tên thế nào"),
        ({"means": "dien-thoai"}, "Gọi điện thì chỉ ghi được việc thôi đồng ý."),
        ({"means": "noi"}, "xin ghi người làm chứng"),
        ({"means": "diem-chi"}, "xin ghi người làm chứng"),
        ({"subject": "nguoi-lon", "subject_name": "Phạm Văn Đền"}, "chỉ hiện tên chủ hộ"),
        ({"purpose": "anh", "subject": "nguoi-lon"}, "Xin ghi tên người đó."),
        ({"purpose": "anh", "subject": "tre-duoi-7", "subject_name": "Bé Na"}, "người giám hộ phải đồng ý"),
        (
            {"purpose": "anh", "subject": "tre-7-16", "subject_name": "Em Na", "guardian_name": "Phạm Văn Đền"},
            "cả em cũng phải đồng ý",
        ),
        ({"said_on": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"}, "Ngày này chưa tới."),
        ({"purpose": "ghi-so"}, "Việc gì"),
    ],
)
def test_half_a_consent_is_refused_in_words_and_nothing_is_written(team_member, family, changes, sentence):
    answer = team_member.post(at("team", family), said(**changes))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not Consent.objects.exists()


def test_child_from_seven_on_agrees_beside_its_guardian_and_either_may_say_no(team_member, family):
    child = {"purpose": "anh", "subject": "tre-7-16", "subject_name": "Em Na", "guardian_name": "Phạm Văn Đền"}
    team_member.post(at("team", family), said(**child, child_agrees="on"))
    row = Consent.objects.get()
    assert (row.subject, row.guardian_name, row.child_agrees) == (Subject.CHILD, "Phạm Văn Đền", True)
    # The head of the household has said nothing of itself by that.
    assert granted_purposes(family) == set()
    team_member.post(at("team", family), said(**child | {"guardian_name": ""}, answer="thoi"))
    page = text_of(team_member.get(at("team", family)))
    assert page.count("Em Na (trẻ") == 1
    assert "Phạm Văn Đền cho phép" not in page


def test_no_of_a_day_gone_by_outlives_a_yes_of_that_day_and_yields_to_a_later_one(officer, family):
    yesterday = timezone.localdate() - timedelta(days=1)
    at_noon = timezone.make_aware(datetime.combine(yesterday, time(12)))
    ConsentFactory(household=family, said_at=at_noon)
    officer.post(at("office", family), said(answer="thoi", said_on=f"{yesterday:%d/%m/%Y}"))
    assert name_forms([family.pk]) == {}
    ConsentFactory(household=family, name_form=NameForm.SHORT)
    assert name_forms([family.pk]) == {family.pk: NameForm.SHORT}
    officer.post(at("office", family), said(answer="thoi", said_on=f"{yesterday:%d/%m/%Y}"))
    assert name_forms([family.pk]) == {family.pk: NameForm.SHORT}


def test_old_code_of_a_merged_family_leads_nowhere_by_itself(officer, family):
    survivor = HouseholdFactory()
    merge_households(survivor=survivor, absorbed=family, by=UserFactory())
    assert officer.get(at("office", family)).status_code == 404
    assert officer.get(at("office", survivor)).status_code == 200
