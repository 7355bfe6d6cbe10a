"""What search engines are told of the register: its forms and lists, never an answer to a family."""

import re
from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from portal.households.models import Consent, CriteriaSet, Decision
from tests.factories.households import CertificateFactory, ConsentFactory
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes
from tests.integration.register.titles import decided

pytestmark = pytest.mark.django_db
NOINDEX = '<meta name="robots" content="noindex">'


@pytest.fixture
def listed(client, site_tree, settings):
    """{path: lastmod or “”} as the sitemap has it now."""
    settings.BASE_URL = "https://gia-dinh-so.example.vn"

    def read():
        caches["pages"].clear()  # pages are forgotten at commit, and a test never commits
        entries = re.findall(r"<url>(.+?)</url>", client.get("/sitemap.xml").content.decode(), re.DOTALL)
        found = {}
        for entry in entries:
            path = re.search(r"<loc>https://gia-dinh-so\.example\.vn(/[^<]*)</loc>", entry)
            when = re.search(r"<lastmod>(.+?)</lastmod>", entry)
            if path:
                found[path[1]] = when[1] if when else ""
        return found

    return read


def test_forms_and_lists_are_told_and_can_be_found(client, listed):
    decided("Phạm Văn Đền", year=2026)
    paths = listed()
    told = ("/dang-ky/", "/tra-cuu/", "/nho-giup/", "/tu-kiem-tra/", "/xac-minh/", "/vinh-danh/", "/vinh-danh/2026/")
    for path in told:
        assert path in paths
        page = client.get(path)
        assert page.status_code == 200
        assert NOINDEX not in page.content.decode()


def test_year_without_a_decision_is_not_told(listed):
    assert [path for path in listed() if path.startswith("/vinh-danh/")] == ["/vinh-danh/"]


def test_roll_is_as_old_as_the_last_decision_or_the_last_word_on_a_name(listed):
    assert listed()["/vinh-danh/"] == ""
    decision = decided("Phạm Văn Đền")
    Decision._base_manager.filter(pk=decision.pk).update(entered_at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert listed()["/vinh-danh/"] == listed()["/vinh-danh/2026/"] == "2026-11-02"
    said = ConsentFactory(household=decision.entries.get().household, is_granted=False, name_form="")
    # Late in the evening in UTC is the next day here.
    Consent._base_manager.filter(pk=said.pk).update(recorded_at=datetime(2026, 11, 20, 18, tzinfo=UTC))
    assert listed()["/vinh-danh/"] == "2026-11-21"


def test_forms_are_as_old_as_the_criteria_that_they_ask(listed):
    CriteriaSet.objects.update(activated_at=datetime(2026, 3, 1, 3, tzinfo=UTC))
    assert listed()["/dang-ky/"] == listed()["/tu-kiem-tra/"] == "2026-03-01"
    assert listed()["/tra-cuu/"] == ""


def test_answers_to_a_family_are_neither_told_nor_kept_by_a_crawler(client, listed, village):
    certificate = CertificateFactory()
    receipt = client.post("/dang-ky/", filled(village, step="send"))
    code, secret = codes_of(receipt)
    status = client.post("/tra-cuu/", {"code": code, "secret": secret})
    ticket = hidden_boxes(status)["ticket"]
    answers = [
        client.post("/dang-ky/", filled(village)),
        receipt,
        status,
        client.post("/tra-cuu/the-ho/", {"ticket": ticket}),
        client.post("/tra-cuu/du-lieu/", {"ticket": ticket, "kind": "xoa", "asked_by": "Phạm Thị Ánh"}),
        client.get(f"/xac-minh/{certificate.code}/"),
        client.get("/xac-minh/khong-co/"),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert NOINDEX in answer.content.decode()
    paths = listed()
    assert not [path for path in paths if re.match(r"/xac-minh/.|/tra-cuu/.|/dang-ky/.", path)]
    assert not [path for path in paths if code in path or certificate.code in path]
