"""A family asks again: by code and secret, by telephone or on paper; answered with a reason before a day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.enums import ProposalState
from portal.households.models import Household, Objection
from portal.households.services.objections import ObjectionRefused, answer_objection
from tests.factories.core import UserFactory
from tests.factories.households import HouseholdFactory, ObjectionFactory, ProposalFactory, VisitFactory
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes, text_of

pytestmark = pytest.mark.django_db
TEXT = "Nhà tôi đã tự nộp giấy khai sinh trên mạng, sao còn ghi chưa làm được?"


@pytest.fixture
def family(client, village):
    """(household, code, secret) of a family that was visited."""
    code, secret = codes_of(client.post("/dang-ky/", filled(village, step="send")))
    household = Household.objects.get(code=code)
    VisitFactory(household=household, met=["1"])
    return household, code, secret


def look_up(client, code, secret):
    return client.post("/tra-cuu/", {"code": code, "secret": secret})


def ask(client, code, secret, text=TEXT, asked_by="Phạm Thị Ánh"):
    ticket = hidden_boxes(look_up(client, code, secret))["ticket"]
    return client.post("/tra-cuu/hoi-lai/", {"ticket": ticket, "hoi-asked_by": asked_by, "hoi-text": text})


def test_question_has_its_day_and_the_answer_stands_on_the_familys_page(client, family, officer):
    household, code, secret = family
    due = timezone.localdate() + timedelta(days=5)
    assert f"Trả lời chậm nhất ngày {due:%d/%m/%Y}" in text_of(ask(client, code, secret))
    asked = Objection.objects.get()
    assert (asked.household, asked.proposal, asked.answer_by) == (household, None, due)
    assert TEXT in text_of(officer.get(reverse("office:objections")))
    officer.post(reverse("office:answer_objection", args=[asked.pk]), {"answer": "Tổ sẽ đến xem lại ngày mai."})
    assert "Tổ sẽ đến xem lại ngày mai." in text_of(look_up(client, code, secret))
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert [action for action in actions if action.startswith("objection")] == ["objection.note", "objection.answer"]


def test_double_tap_is_one_question_and_a_fourth_one_waits(client, family):
    _household, code, secret = family
    for _ in range(2):
        ask(client, code, secret)
    assert Objection.objects.count() == 1
    for number in range(2):
        ask(client, code, secret, text=f"Hỏi thêm lần {number}")
    refused = text_of(ask(client, code, secret, text="Hỏi thêm nữa"))
    assert "Xin đợi xã trả lời rồi hỏi tiếp." in refused
    assert "Hỏi thêm nữa" in refused
    assert Objection.objects.count() == 3


def test_family_without_any_result_is_offered_no_question(client, village):
    code, secret = codes_of(client.post("/dang-ky/", filled(village, step="send")))
    assert "Hỏi lại kết quả" not in text_of(look_up(client, code, secret))


def test_empty_question_and_id_numbers_are_refused_beside_the_box(client, family):
    _household, code, secret = family
    assert "Xin ghi điều muốn hỏi." in text_of(ask(client, code, secret, text=""))
    assert "giống số căn cước" in text_of(ask(client, code, secret, text="Số của tôi 051234567890"))
    assert not Objection.objects.exists()


def test_without_the_pages_ticket_nothing_is_asked(client, family):
    assert client.get("/tra-cuu/hoi-lai/").headers["Location"] == "/tra-cuu/"
    answer = client.post("/tra-cuu/hoi-lai/", {"ticket": "x", "hoi-asked_by": "Ai đó", "hoi-text": TEXT})
    assert "Xin nhập lại" in text_of(answer)
    assert not Objection.objects.exists()


def test_while_the_list_hangs_on_the_board_the_village_answers_first(client, family, team_member, colleague):
    household, code, secret = family
    today = timezone.localdate()
    posted = ProposalFactory(village=household.village, posted_from=today, posted_to=today + timedelta(days=10))
    ProposalFactory(village=household.village, state=ProposalState.DECIDED, posted_from=today - timedelta(days=300))
    ask(client, code, secret)
    asked = Objection.objects.get()
    assert asked.proposal == posted
    page = text_of(team_member.get(reverse("team:today")))
    assert f"Hỏi lại danh sách: {TEXT}" in page
    assert TEXT not in text_of(colleague.get(reverse("team:today")))
    assert "trả lời các ý kiến hỏi lại" in text_of(team_member.get(reverse("team:proposal", args=[posted.pk])))
    team_member.post(reverse("team:answer_objection", args=[posted.pk, asked.pk]), {"answer": "Đã xem lại, đúng."})
    assert "Đã xem lại, đúng." in text_of(look_up(client, code, secret))


def test_question_by_telephone_is_noted_by_the_office(officer, leader, team_member):
    family = HouseholdFactory()
    address = reverse("office:objections")
    assert "Không thấy hộ nào có mã này." in text_of(
        officer.post(address, {"code": HouseholdFactory.build().code, "asked_by": "Chủ hộ", "text": TEXT})
    )
    officer.post(address, {"code": family.code, "asked_by": "Chủ hộ", "text": TEXT})
    assert Objection.objects.get().household == family
    for other in (leader, team_member):
        assert other.get(address).status_code == 404


def test_answer_is_given_once_and_with_words():
    asked, officer = ObjectionFactory(), UserFactory()
    with pytest.raises(ObjectionRefused, match="lý do"):
        answer_objection(objection=asked, answer="  ", by=officer)
    answer_objection(objection=asked, answer="Đã xem lại.", by=officer)
    with pytest.raises(ObjectionRefused, match="đã có người trả lời"):
        answer_objection(objection=asked, answer="Khác.", by=officer)
    asked.refresh_from_db()
    assert asked.answer == "Đã xem lại."
