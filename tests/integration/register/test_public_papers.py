"""The family prints its own certificate again: with code and secret only, and only a paper that holds."""

import re

import pytest
from django.core.cache import caches

from portal.core.models import AuditEntry
from portal.households.models import Certificate, Household
from portal.households.services.certificates import end_certificates, issue_certificate
from portal.households.services.merging import merge_households
from portal.households.services.secret_numbers import digest_of_secret
from tests.factories.core import UserFactory
from tests.factories.households import CertificateFactory, DecisionEntryFactory, HouseholdFactory
from tests.integration.register.public_forms import hidden_boxes, text_of
from tests.integration.register.titles import an_officer, codes_on, decided
from tests.integration.register.titles import text_of as words_of

PATH, PRINT = "/tra-cuu/", "/tra-cuu/in-giay/"
SECRET = "482915"
pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    """A certificate of a family that holds a secret number."""
    decided("Phạm Thị Thạch")
    certificate = Certificate.objects.select_related("household").get()
    give_secret(certificate.household)
    return certificate


def give_secret(household, secret=SECRET):
    Household.objects.filter(pk=household.pk).update(secret_digest=digest_of_secret(household.code, secret))


def look_up(client, household):
    return client.post(PATH, {"code": household.code, "secret": SECRET})


def print_of(client, household, code):
    ticket = hidden_boxes(look_up(client, household))["ticket"]
    return client.post(PRINT, {"ticket": ticket, "paper": code})


def test_family_gets_its_paper_as_a_file_and_the_counter_says_who_printed(client, paper, officer, settings, tmp_path):
    settings.BASE_URL = "https://gia-dinh-so.example.vn"
    page = look_up(client, paper.household)
    assert f'name="paper" value="{paper.code}"' in page.content.decode()
    answer = client.post(PRINT, {"ticket": hidden_boxes(page)["ticket"], "paper": paper.code})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="giay-chung-nhan-gia-dinh-so-2026.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert "Phạm Thị Thạch" in words_of(answer.content, tmp_path)
    assert codes_on(answer.content, tmp_path) == [f"https://gia-dinh-so.example.vn/xac-minh/{paper.code}/"]
    line = AuditEntry.objects.order_by("number").last()
    assert (line.action, line.by, line.subject) == ("certificate.print", None, paper.household.code)
    shown = text_of(officer.get(f"/quan-tri/danh-hieu/quyet-dinh/{paper.entry.decision_id}/"))
    assert "Đã in 1 lần, trong đó gia đình tự in 1 lần." in shown


def test_no_address_of_the_page_holds_a_code_or_a_name(client, paper):
    addresses = re.findall(r'(?:href|action|src)="([^"]*)"', look_up(client, paper.household).content.decode())
    for told in (paper.code, paper.household.code, "Thạch", SECRET):
        assert not [address for address in addresses if told in address]


def test_without_code_and_secret_there_is_no_paper(client, paper):
    assert client.get(f"{PRINT}?paper={paper.code}").headers["Location"] == PATH
    for sent in ({"paper": paper.code}, {"ticket": "made-up", "paper": paper.code}):
        answer = client.post(PRINT, sent)
        assert "Xin nhập lại mã hộ và số bí mật." in text_of(answer)
    assert not AuditEntry.objects.filter(action="certificate.print").exists()


def test_ticket_ends_with_the_secret_it_stands_for(client, paper):
    ticket = hidden_boxes(look_up(client, paper.household))["ticket"]
    give_secret(paper.household, "111222")
    assert "Xin nhập lại" in text_of(client.post(PRINT, {"ticket": ticket, "paper": paper.code}))


def test_one_family_cannot_print_another_ones_paper(client, paper):
    foreign = CertificateFactory(serial=900)
    answer = print_of(client, paper.household, foreign.code)
    assert "Không thấy giấy này của gia đình." in text_of(answer)
    assert Certificate.objects.get(pk=foreign.pk).print_count == 0


def test_revoked_paper_is_not_printed_and_says_why(client, paper):
    end_certificates(household=paper.household, title=paper.title, year=2026, reason="Ghi nhầm hộ", by=an_officer())
    text = text_of(look_up(client, paper.household))
    assert "nên không in nữa. Lý do: Ghi nhầm hộ." in text
    assert "Tải giấy về để in" not in text
    answer = print_of(client, paper.household, paper.code)
    assert answer["Content-Type"].startswith("text/html")
    assert "Giấy này không in được nữa." in text_of(answer)


def test_replaced_paper_gives_way_to_the_new_one(client, paper):
    entry = DecisionEntryFactory(household=paper.household, action="dinh-chinh", reason="Sai tên đệm")
    new = issue_certificate(entry=entry, title=paper.title, year=2026, by=an_officer())
    text = text_of(look_up(client, paper.household))
    assert "nên tờ này không in nữa. Lý do: Sai tên đệm." in text
    assert print_of(client, paper.household, paper.code)["Content-Type"].startswith("text/html")
    assert print_of(client, paper.household, new.code)["Content-Type"] == "application/pdf"


def test_paper_of_a_merged_code_is_the_survivors_to_print(client, paper):
    survivor = HouseholdFactory()
    merge_households(survivor=survivor, absorbed=paper.household, by=UserFactory())
    give_secret(survivor)
    assert print_of(client, survivor, paper.code)["Content-Type"] == "application/pdf"


def test_family_that_prints_again_and_again_is_asked_to_wait(client, paper, monkeypatch):
    monkeypatch.setattr("portal.households.services.certificates.MAX_FAMILY_PRINTS", 2)
    kinds = [print_of(client, paper.household, paper.code)["Content-Type"] for _ in range(3)]
    assert [kind.split(";")[0] for kind in kinds] == ["application/pdf", "application/pdf", "text/html"]
    caches["counts"].clear()
    assert print_of(client, paper.household, paper.code)["Content-Type"] == "application/pdf"
