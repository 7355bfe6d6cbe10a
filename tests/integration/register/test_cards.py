"""Household cards: a finder sees nothing without the secret number, and a lost number is replaced before witnesses."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.forms.cards import REASONS
from portal.households.models import Household
from portal.households.services.households import strike_off
from portal.households.services.merging import merge_households
from tests.factories.core import UserFactory
from tests.factories.households import HouseholdFactory, RegistrationFactory
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes, text_of

pytestmark = pytest.mark.django_db
TEAM, OFFICE = "/quan-tri/to/ho/{}/the/", "/quan-tri/so-ho/ho/{}/the/"


@pytest.fixture
def family(village):
    """A family that came from a workbook: in the register, without a secret number."""
    return HouseholdFactory(village=village, head_name="Phạm Thị Thạch", phone="+84356123456")


def renew(browser, address, reason=REASONS[0]):
    return browser.post(address, {"token": hidden_boxes(browser.get(address))["token"], "reason": reason})


def secret_on(response):
    found = re.search(r'class="secret__number">(\d{3}) (\d{3})<', response.content.decode())
    return "".join(found.groups()) if found else ""


def opens(client, code, secret):
    return "Đến nay" in text_of(client.post("/tra-cuu/", {"code": code, "secret": secret}))


@pytest.mark.parametrize(("role", "address"), [("team_member", TEAM), ("officer", OFFICE)])
def test_new_number_is_shown_once_logged_with_its_reason_and_opens_the_page(request, client, family, role, address):
    browser, address = request.getfixturevalue(role), address.format(family.code)
    answer = renew(browser, address)
    secret = secret_on(answer)
    assert opens(client, family.code, secret)
    line = AuditEntry.objects.filter(action="secret.renew").get()
    assert (line.by, line.subject, line.reason) == (browser.user, family.code, REASONS[0])
    assert secret not in str(line.data)
    assert secret not in browser.get(address).content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_colleague_of_another_village_and_reader_reach_no_card(colleague, leader, editor, family):
    for browser, address in ((colleague, TEAM), (leader, OFFICE), (editor, OFFICE)):
        assert browser.get(address.format(family.code)).status_code == 404
        assert browser.post(address.format(family.code), {"reason": REASONS[0]}).status_code == 404
    assert not AuditEntry.objects.filter(action="secret.renew").exists()


def test_old_number_and_open_pages_end_with_the_new_one(client, village, officer):
    code, old = codes_of(client.post("/dang-ky/", filled(village, step="send")))
    ticket = hidden_boxes(client.post("/tra-cuu/", {"code": code, "secret": old}))["ticket"]
    new = secret_on(renew(officer, OFFICE.format(code), REASONS[2]))
    assert opens(client, code, new)
    assert not opens(client, code, old)
    assert "Xin nhập lại" in text_of(client.post("/tra-cuu/the-ho/", {"ticket": ticket}))


def test_same_form_sent_again_gives_the_same_number_and_one_line(officer, family):
    address = OFFICE.format(family.code)
    token = hidden_boxes(officer.get(address))["token"]
    given = {secret_on(officer.post(address, {"token": token, "reason": REASONS[1]})) for _ in range(3)}
    assert len(given) == 1
    assert AuditEntry.objects.filter(action="secret.renew").count() == 1


def test_page_of_yesterday_gives_nothing(officer, family, monkeypatch):
    address = OFFICE.format(family.code)
    token = hidden_boxes(officer.get(address))["token"]
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("portal.core.public_forms.timezone.now", lambda: later)
    answer = officer.post(address, {"token": token, "reason": REASONS[0]})
    assert "Trang mở đã lâu." in text_of(answer)
    assert not secret_on(answer)


def test_without_a_reason_nothing_is_given(officer, family):
    answer = renew(officer, OFFICE.format(family.code), "")
    assert "Xin chọn một lý do." in text_of(answer)
    assert Household.objects.get(pk=family.pk).secret_digest == ""


def test_old_code_of_a_merged_family_takes_the_new_number(client, officer, family, village):
    survivor = HouseholdFactory(village=village)
    merge_households(survivor=survivor, absorbed=family, by=UserFactory())
    secret = secret_on(renew(officer, OFFICE.format(survivor.code)))
    assert opens(client, family.code, secret)
    assert opens(client, survivor.code, secret)
    assert officer.get(OFFICE.format(family.code)).status_code == 404


def test_family_that_left_gets_no_number(officer, family):
    strike_off(household=family, kind="ra-khoi-so", happened_on=timezone.localdate(), by=UserFactory(), reason="Đi xa")
    assert officer.get(OFFICE.format(family.code)).status_code == 404


def test_new_number_opens_at_once_after_too_many_wrong_tries(client, officer, family):
    for _ in range(5):
        client.post("/tra-cuu/", {"code": family.code, "secret": "000000"})
    secret = secret_on(renew(officer, OFFICE.format(family.code)))
    assert opens(client, family.code, secret)


def test_card_that_the_family_prints_says_neither_name_nor_number(client, village):
    code, secret = codes_of(client.post("/dang-ky/", filled(village, step="send")))
    ticket = hidden_boxes(client.post("/tra-cuu/", {"code": code, "secret": secret}))["ticket"]
    answer = client.post("/tra-cuu/the-ho/", {"ticket": ticket})
    text = text_of(answer)
    assert code in text
    assert "Phạm Thị Ánh" not in text
    assert secret not in answer.content.decode().replace(" ", "")
    assert "0356" not in text
    assert "no-store" in answer["Cache-Control"]
    assert client.get("/tra-cuu/the-ho/").headers["Location"] == "/tra-cuu/"


def test_receipt_of_the_team_stops_showing_a_number_that_was_replaced(team_member, village, officer):
    family = HouseholdFactory(village=village)
    registration = RegistrationFactory(household=family, channel="to")
    renew(officer, OFFICE.format(family.code))
    text = text_of(team_member.get(f"/quan-tri/to/giay-nhan/{registration.token}/"))
    assert "không hiện lại nữa. Cấp số mới" in text
