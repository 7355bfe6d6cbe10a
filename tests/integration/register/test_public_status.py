"""Code and second secret open the family's own page; from there it changes its mind, asks for a copy or to leave."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.utils import timezone

from portal.households.enums import DataRequestKind, NameForm, Purpose, Result
from portal.households.models import Consent, DataRequest, HelpRequest, Household, Registration
from portal.households.selectors.consents import granted_purposes, name_forms
from portal.households.selectors.rules import public_holidays
from portal.households.services.data_requests import ask_about_data
from portal.households.services.merging import merge_households
from portal.households.services.secret_numbers import MAX_TRIES
from portal.households.workdays import after_working_days
from tests.factories.core import UserFactory
from tests.factories.households import (
    CandidateFactory,
    DecisionEntryFactory,
    DecisionFactory,
    FindingFactory,
    HouseholdFactory,
    ProposalFactory,
    VillageFactory,
    VisitFactory,
)
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes, text_of

PATH = "/tra-cuu/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def village(db):
    return VillageFactory(number=3)


@pytest.fixture
def family(client, village):
    """(household, code, secret) of a family that signed up and shows its name."""
    boxes = {"agree_name": "on", "name_form": "day-du", "agree_photo": "on"}
    code, secret = codes_of(client.post("/dang-ky/", filled(village, step="send", **boxes)))
    return Household.objects.get(code=code), code, secret


def look_up(client, code, secret):
    return client.post(PATH, {"code": code, "secret": secret})


def test_lookup_asks_for_both_and_is_kept_nowhere(client, db):
    response = client.get(PATH)
    assert "no-store" in response["Cache-Control"]
    empty = text_of(look_up(client, "", ""))
    assert "Xin điền mã hộ" in empty
    assert "Xin điền số bí mật" in empty


def test_family_that_nobody_visited_reads_so(client, family):
    household, code, secret = family
    response = look_up(client, code.lower().replace("-", " "), f"{secret[:3]} {secret[3:]}")
    text = text_of(response)
    assert household.head_name in text
    assert "Chưa thăm không có nghĩa là chưa làm được." in text
    assert "Yêu cầu giúp “Trả tiền bằng điện thoại” đã giao cho tổ Thôn 3 (mẫu)" in text
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_visited_family_reads_what_is_done_and_what_is_left(client, family):
    household, code, secret = family
    visit = VisitFactory(household=household, met=["1", "3"])
    FindingFactory(visit=visit, key="2", result=Result.UNMET)
    FindingFactory(visit=visit, key="5", result=Result.UNCLEAR, basis="")
    text = text_of(look_up(client, code, secret))
    assert "Gia đình đã làm được 2 trong 5 việc." in text
    assert "Còn lại: Làm giấy tờ trên mạng." in text
    assert "Có 1 việc tổ chưa xem được: Tránh kẻ lừa" in text
    assert "chưa đạt" not in text


def test_list_in_the_making_is_not_told_and_a_sent_one_is(client, family):
    household, code, secret = family
    proposal = ProposalFactory(village=household.village)
    CandidateFactory(proposal=proposal, household=household)
    assert "đề nghị công nhận" not in text_of(look_up(client, code, secret))
    proposal.posted_from, proposal.posted_to = date(2026, 11, 20), date(2026, 11, 30)
    proposal.save()
    assert "Danh sách dán ở nhà văn hóa đến hết ngày 30/11/2026." in text_of(look_up(client, code, secret))


def test_last_decision_is_what_counts(client, family):
    household, code, secret = family
    DecisionEntryFactory(household=household, decision=DecisionFactory(number="05/QĐ-UBND", signed_on="2026-11-01"))
    assert "Quyết định số 05/QĐ-UBND" in text_of(look_up(client, code, secret))
    later = DecisionFactory(number="09/QĐ-UBND", kind="thu-hoi", signed_on="2026-11-20")
    DecisionEntryFactory(household=household, decision=later, action="thu-hoi")
    text = text_of(look_up(client, code, secret))
    assert "không còn giá trị, theo Quyết định số 09/QĐ-UBND" in text
    assert "được công nhận" not in text


def test_code_of_a_merged_family_leads_to_the_survivor(client, family, village):
    household, code, secret = family
    survivor = HouseholdFactory(village=village, head_name="Phạm Thị Ánh Nguyệt")
    merge_households(survivor=survivor, absorbed=household, by=UserFactory())
    text = text_of(look_up(client, code, secret))
    assert f"Mã {code} nay là {survivor.code}. Giấy tờ cũ vẫn dùng được." in text
    assert "Phạm Thị Ánh Nguyệt" in text


def test_wrong_secret_and_unknown_code_are_answered_alike(client, family):
    _household, code, secret = family
    stranger = HouseholdFactory.build().code
    wrong = "000000" if secret != "000000" else "111111"
    answers = [text_of(look_up(client, tried, wrong)) for tried in (code, stranger)]
    for answer in answers:
        assert f"Mã hộ hoặc số bí mật chưa khớp. Còn {MAX_TRIES - 1} lần thử." in answer


def test_after_five_wrong_tries_the_right_secret_waits_too(client, family):
    _household, code, secret = family
    wrong = "000000" if secret != "000000" else "111111"
    for _ in range(MAX_TRIES):
        look_up(client, code, wrong)
    assert "Xin đợi 15 phút" in text_of(look_up(client, code, secret))
    caches["counts"].clear()
    assert "Đến nay" in text_of(look_up(client, code, secret))


def test_one_address_cannot_try_one_secret_on_many_codes(client, family, monkeypatch):
    _household, code, secret = family
    monkeypatch.setattr("portal.households.services.secret_numbers.MAX_TRIES_PER_ADDRESS", 3)
    for _ in range(3):
        look_up(client, HouseholdFactory.build().code, secret)
    assert "Xin đợi 15 phút" in text_of(look_up(client, code, secret))


def test_misspelt_code_is_told_before_any_try_is_counted(client, family):
    assert "gõ nhầm một chữ" in text_of(look_up(client, "BT-0412A", "123456"))


def test_one_box_taken_back_is_one_line_more_in_the_ledger(client, family):
    household, code, secret = family
    ticket = hidden_boxes(look_up(client, code, secret))["ticket"]
    before = Consent.objects.count()
    sent = {"ticket": ticket, "agree_photo": "on", "name_form": "day-du"}
    for _ in range(2):
        response = client.post("/tra-cuu/dong-y/", sent)
    assert Consent.objects.count() == before + 1
    assert granted_purposes(household) == {Purpose.REGISTER, Purpose.PHOTO}
    assert "Không có ô nào đổi." in text_of(response)


def test_other_form_of_the_name_is_a_saying_of_its_own(client, family):
    household, code, secret = family
    ticket = hidden_boxes(look_up(client, code, secret))["ticket"]
    boxes = {"agree_name": "on", "agree_photo": "on", "name_form": "viet-gon"}
    client.post("/tra-cuu/dong-y/", {"ticket": ticket, **boxes})
    assert name_forms([household.pk]) == {household.pk: NameForm.SHORT}
    refused = client.post("/tra-cuu/dong-y/", {"ticket": ticket, "agree_name": "on"})
    assert "Xin chọn một cách hiện tên" in text_of(refused)


@pytest.mark.parametrize("path", ["/tra-cuu/dong-y/", "/tra-cuu/du-lieu/", "/tra-cuu/in-giay/"])
def test_page_without_its_ticket_asks_for_code_and_secret(client, family, path):
    assert client.get(path).headers["Location"] == PATH
    response = client.post(path, {"ticket": "made-up", "kind": "xem", "asked_by": "Ai đó"})
    assert "Xin nhập lại mã hộ và số bí mật." in text_of(response)
    assert not DataRequest.objects.exists()


def test_ticket_ends_with_the_secret_it_stands_for(client, family):
    household, code, secret = family
    ticket = hidden_boxes(look_up(client, code, secret))["ticket"]
    Household.objects.filter(pk=household.pk).update(secret_digest="f" * 64)
    response = client.post("/tra-cuu/dong-y/", {"ticket": ticket})
    assert "Xin nhập lại" in text_of(response)
    assert Purpose.NAME in granted_purposes(household)


def test_copy_is_asked_once_with_its_days(client, family):
    _household, code, secret = family
    ticket = hidden_boxes(look_up(client, code, secret))["ticket"]
    for _ in range(2):
        response = client.post("/tra-cuu/du-lieu/", {"ticket": ticket, "kind": "xem", "asked_by": "Phạm Thị Ánh"})
    asked = DataRequest.objects.get()
    assert (asked.answer_by - timezone.localdate()).days == 10
    assert asked.acknowledge_by == after_working_days(timezone.localdate(), 2, public_holidays())
    assert f"làm xong chậm nhất ngày {asked.answer_by:%d/%m/%Y}" in text_of(response)


def test_to_leave_is_asked_twice_and_takes_the_name_down_at_once(client, family):
    household, code, secret = family
    ticket = hidden_boxes(look_up(client, code, secret))["ticket"]
    sure = client.post("/tra-cuu/du-lieu/", {"ticket": ticket, "kind": "xoa", "asked_by": "Phạm Thị Ánh"})
    assert "Ra khỏi sổ?" in text_of(sure)
    assert not DataRequest.objects.exists()
    client.post("/tra-cuu/du-lieu/", hidden_boxes(sure))
    assert DataRequest.objects.get().kind == DataRequestKind.ERASE
    assert granted_purposes(household) == set()


def test_request_of_a_merged_family_is_the_survivors(db):
    survivor, absorbed = HouseholdFactory(), HouseholdFactory()
    merge_households(survivor=survivor, absorbed=absorbed, by=UserFactory())
    absorbed.refresh_from_db()
    asked = ask_about_data(
        household=absorbed, kind=DataRequestKind.SEE, asked_by="Chủ hộ", means="ky", by=UserFactory()
    )
    assert asked.household == survivor


def test_help_asked_from_the_familys_page_is_its_own_and_one_however_often_sent(client, family):
    household, code, secret = family
    before = HelpRequest.objects.count()
    page = look_up(client, code, secret)
    token = re.search(r'name="giup-token" value="([^"]+)"', page.content.decode()).group(1)
    sent = {"ticket": hidden_boxes(page)["ticket"], "giup-token": token, "giup-topic": "Cài VNeID"}
    for _ in range(2):
        answer = client.post("/tra-cuu/nho-giup/", sent)
    asked = HelpRequest.objects.get(topic="Cài VNeID")
    assert HelpRequest.objects.count() == before + 1
    assert (asked.household, asked.village, asked.name) == (household, household.village, household.head_name)
    assert f"hẹn chậm nhất ngày {asked.due_on:%d/%m/%Y}" in text_of(answer)
    assert "Xin viết cần giúp việc gì." in text_of(client.post("/tra-cuu/nho-giup/", {**sent, "giup-topic": ""}))
    assert "Xin nhập lại" in text_of(client.post("/tra-cuu/nho-giup/", {**sent, "ticket": "x"}))


def test_receipt_is_readable_again(client, family):
    _household, code, secret = family
    receipt = Registration.objects.get().receipt_code
    assert f"Giấy nhận {receipt}" in text_of(look_up(client, code, secret))
