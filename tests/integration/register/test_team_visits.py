"""Visits by form: one form is one visit, a correction is a further one, a picture stays private."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.core.private_files import private_storage
from portal.households.models import Evidence, Visit
from tests.factories.files import picture_bytes
from tests.factories.households import HouseholdFactory, VisitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(village):
    return HouseholdFactory(village=village)


@pytest.fixture
def address(family):
    return reverse("team:visit", args=[family.code])


def filled(**changes):
    """The form as a browser sends it: five criteria met, seen on the spot."""
    keys = ("1", "2", "3", "4a", "5")
    return {
        "client_id": str(uuid4()),
        "corrects": "",
        "visited_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "capable_member": "con-lon",
        "note": "Cháu nội cuối tuần về",
        **{f"result_{key}": "dat" for key in keys},
        **{f"basis_{key}": "thay" for key in keys},
        **changes,
    }


def test_page_asks_every_use_apart_and_carries_its_own_id(team_member, address):
    one, two = team_member.get(address), team_member.get(address)
    text = one.content.decode()
    assert all(f'name="result_{key}"' in text for key in ("1", "2", "3", "4a", "4b", "4c", "5"))
    assert "checked" not in text
    assert one.context["form"]["client_id"].value() != two.context["form"]["client_id"].value()


def test_visit_is_recorded_with_what_it_learned(team_member, address, family):
    response = team_member.post(address, filled(has_no_signal="on"))
    assert response.url == reverse("team:household", args=[family.code])
    family.refresh_from_db()
    assert (family.met_count, family.is_passing) == (5, True)
    assert (family.capable_member, family.has_no_signal) == ("con-lon", True)
    assert "Đạt, thấy tận nơi" in team_member.get(response.url).content.decode()


def test_same_form_twice_is_one_visit(team_member, address):
    form = filled()
    team_member.post(address, form)
    page = team_member.post(address, form, follow=True).content.decode()
    assert "đã nhận từ trước" in page
    assert Visit.objects.count() == 1
    assert AuditEntry.objects.filter(action="visit.record").count() == 1


def test_correction_is_a_further_visit_that_names_the_old_one(team_member, address, family):
    old = VisitFactory(household=family, met=["1", "2", "3", "4a", "5"])
    page = team_member.get(address, {"sua": old.client_id})
    assert page.context["form"]["corrects"].value() == str(old.client_id)
    team_member.post(address, filled(corrects=str(old.client_id), result_3="chua-dat", basis_3="ke"))
    family.refresh_from_db()
    assert Visit.objects.count() == 2
    assert (family.met_count, family.is_passing) == (4, False)
    assert "đã có lượt sửa" in team_member.get(reverse("team:household", args=[family.code])).content.decode()


def test_correction_of_a_foreign_visit_is_not_found(team_member, address):
    assert team_member.get(address, {"sua": VisitFactory().client_id}).status_code == 404
    assert team_member.get(address, {"sua": "khong-phai-ma"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"is_own_house": "on"}, "người khác trong tổ thăm hộ này"),
        ({"basis_3": ""}, "Xin ghi căn cứ"),
        ({"note": "CCCD 051 090 012 345"}, "12 chữ số giống số căn cước"),
        ({"visited_at": "2031-01-01T08:00"}, "Ngày này chưa tới"),
        ({"visited_at": "hôm qua"}, "Không có ngày này trên lịch"),
        ({f"result_{key}": "" for key in ("1", "2", "3", "4a", "5")}, "chưa ghi kết quả nào"),
    ],
)
def test_refusal_says_why_and_keeps_what_was_typed(team_member, address, changes, sentence):
    text = team_member.post(address, filled(**changes)).content.decode()
    assert sentence in text
    assert ("051 090" if "note" in changes else "Cháu nội cuối tuần về") in text
    assert not Visit.objects.exists()


def test_picture_is_stored_privately_without_what_the_phone_added(team_member, colleague, officer, address):
    photo = SimpleUploadedFile("nha-ba-oi.png", picture_bytes(), content_type="image/png")
    team_member.post(address, filled(photo=photo, photo_note="màn hình VNeID"))
    stored = Evidence.objects.get()
    assert "oi" not in stored.name.rsplit("/", 1)[-1].split(".")[0]
    assert settings.MEDIA_ROOT not in (settings.PRIVATE_ROOT, *settings.PRIVATE_ROOT.parents)
    assert private_storage.exists(stored.name)
    picture = reverse("team:evidence", args=[stored.pk])
    shown = team_member.get(picture)
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/png", "private, no-store")
    assert officer.get(picture).status_code == 200
    assert colleague.get(picture).status_code == 404
    assert AuditEntry.objects.filter(action="evidence.view").count() == 2


def test_what_is_no_picture_is_refused_and_the_visit_kept_back(team_member, address):
    photo = SimpleUploadedFile("anh.jpg", b"MZ not a picture", content_type="image/jpeg")
    assert "Chưa lưu được" in team_member.post(address, filled(photo=photo)).content.decode()
    assert not Visit.objects.exists()


def test_late_visit_of_an_earlier_day_does_not_overrule_a_later_one(team_member, address, family):
    VisitFactory(household=family, met=["1"])
    earlier = (timezone.localtime() - timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    team_member.post(address, filled(visited_at=earlier, result_1="chua-dat"))
    family.refresh_from_db()
    assert family.met_count == 5
