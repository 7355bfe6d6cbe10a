"""The honour roll follows decisions and consents, and nothing else; the check page says no more than the paper."""

import pytest

from portal.core.page_cache import forget_pages
from portal.households.enums import CertificateState, NameForm, Purpose
from portal.households.models import Household
from portal.households.services.certificates import end_certificates
from tests.factories.core import UserFactory
from tests.factories.households import (
    CertificateFactory,
    ConsentFactory,
    DecisionEntryFactory,
    DecisionFactory,
    HouseholdFactory,
    VillageFactory,
)
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes, text_of

pytestmark = pytest.mark.django_db


def honoured(name, village, form=NameForm.FULL, **decision):
    """A recognised family that shows its name in this form; without a form, not at all."""
    household = HouseholdFactory(head_name=name, village=village)
    if form is not None:
        ConsentFactory(household=household, name_form=form)
    DecisionEntryFactory(household=household, decision=DecisionFactory(**decision))
    return household


@pytest.fixture
def village(db):
    return VillageFactory(number=3)


def test_roll_without_a_decision_says_so(client, db):
    assert "Chưa có quyết định công nhận nào." in text_of(client.get("/vinh-danh/"))


def test_each_family_is_shown_as_it_chose(client, village):
    honoured("Phạm Văn Đền", village)
    honoured("Phạm Thị Ánh", village)
    honoured("Đinh Văn Giấu", village, NameForm.SHORT)
    honoured("Đinh Thị Kín", village, NameForm.VILLAGE)
    honoured("Đinh Thị Lặng", village, None)
    text = text_of(client.get("/vinh-danh/"))
    names = ("Đinh V. G.", "Phạm Thị Ánh", "Phạm Văn Đền", "1 gia đình")
    assert all(name in text for name in names)
    assert text.index("Phạm Thị Ánh") < text.index("Phạm Văn Đền")
    for hidden in ("Giấu", "Kín", "Lặng"):
        assert hidden not in text


def test_roll_is_narrowed_by_year_title_and_village(client, village):
    other = VillageFactory(number=5)
    honoured("Phạm Văn Đền", village)
    honoured("Phạm Thị Ánh", other, title="tieu-bieu")
    honoured("Phạm Văn Cũ", village, year=2025)
    assert "Phạm Văn Cũ" not in text_of(client.get("/vinh-danh/"))
    assert "Phạm Văn Cũ" in text_of(client.get("/vinh-danh/2025/"))
    assert "Phạm Văn Đền" not in text_of(client.get("/vinh-danh/?danh-hieu=tieu-bieu"))
    assert "Phạm Thị Ánh" not in text_of(client.get("/vinh-danh/2026/?thon=3"))
    assert "Phạm Văn Đền" in text_of(client.get("/vinh-danh/?danh-hieu=khong-co"))
    assert client.get("/vinh-danh/2019/").status_code == 404


def test_withdrawn_name_is_gone_at_once_from_the_stored_copy_too(client, village, django_capture_on_commit_callbacks):
    boxes = {"agree_name": "on", "name_form": "day-du"}
    code, secret = codes_of(client.post("/dang-ky/", filled(village, step="send", **boxes)))
    DecisionEntryFactory(household=Household.objects.get(code=code))
    forget_pages()
    for _ in range(2):
        assert "Phạm Thị Ánh" in text_of(client.get("/vinh-danh/"))
    ticket = hidden_boxes(client.post("/tra-cuu/", {"code": code, "secret": secret}))["ticket"]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/tra-cuu/dong-y/", {"ticket": ticket, "name_form": "day-du"})
    assert "Đã gỡ tên khỏi trang web" in text_of(done)
    assert "Ánh" not in text_of(client.get("/vinh-danh/"))


def test_stored_roll_costs_nothing_and_a_fresh_one_little(client, village, django_assert_max_num_queries):
    for number in range(12):
        honoured(f"Phạm Văn {number}", village)
    with django_assert_max_num_queries(8):
        client.get("/vinh-danh/")
    with django_assert_max_num_queries(0):
        client.get("/vinh-danh/")


def test_valid_paper_is_found_however_its_code_is_typed(client, village):
    paper = CertificateFactory(entry__household__village=village, entry__household__head_name="Phạm Thị Ánh")
    clean = f"/xac-minh/{paper.code}/"
    response = client.get(clean)
    assert "còn giá trị" in text_of(response)
    assert paper.entry.decision.number in text_of(response)
    assert "Ánh" not in text_of(response)
    assert "no-store" not in response["Cache-Control"]
    sloppy = paper.code.lower().replace("-", " ").replace("0", "o")
    assert client.get("/xac-minh/", {"ma": sloppy}).headers["Location"] == clean
    assert client.get(f"/xac-minh/{sloppy}/").headers["Location"] == clean


def test_revoked_paper_says_so_at_once(client, village, django_capture_on_commit_callbacks):
    paper = CertificateFactory(entry__household__village=village)
    client.get(f"/xac-minh/{paper.code}/")
    with django_capture_on_commit_callbacks(execute=True):
        end_certificates(household=paper.household, title=paper.title, year=2026, reason="Nhầm hộ", by=UserFactory())
    text = text_of(client.get(f"/xac-minh/{paper.code}/"))
    assert "không còn giá trị từ ngày" in text
    assert "Nhầm hộ" not in text


def test_replaced_paper_points_to_the_new_one_without_its_code(client, village):
    old = CertificateFactory(entry__household__village=village)
    new = CertificateFactory(entry=old.entry)
    old.state, old.replaced_by, old.ended_at, old.ended_by = (
        CertificateState.REPLACED,
        new,
        new.issued_at,
        new.issued_by,
    )
    old.save()
    text = text_of(client.get(f"/xac-minh/{old.code}/"))
    assert "Giấy này đã thay bằng giấy mới ngày" in text
    assert new.code not in text


@pytest.mark.parametrize("typed", ["CN-0000-0000", "abc", "CN-7KRD-24MX", "<b>x", "%20"])
def test_made_up_code_is_unknown_and_kept_nowhere(client, db, typed):
    response = client.get(f"/xac-minh/{typed}/")
    assert response.status_code == 200
    assert "Không thấy số này trong sổ." in text_of(response)
    assert "no-store" in response["Cache-Control"]
    assert "<b>x" not in response.content.decode()


def test_empty_box_is_told(client, db):
    assert "Xin gõ mã" not in text_of(client.get("/xac-minh/"))
    assert "Xin gõ mã in trên giấy" in text_of(client.get("/xac-minh/?ma="))
    assert client.get("/xac-minh/", {"ma": "a/b"}).headers["Location"] == "/xac-minh/a%20b/"


def test_consent_to_something_else_shows_no_name(client, village):
    household = honoured("Phạm Văn Đền", village, None)
    ConsentFactory(household=household, purpose=Purpose.STORY, name_form="")
    assert "Đền" not in text_of(client.get("/vinh-danh/"))
