"""Activities of the villages: who notes, who reads, what counts, what is put right (row V12)."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from portal.core.models import AuditEntry
from portal.core.private_files import private_storage
from portal.households.models import ActivityPhoto, ActivityReport
from portal.households.selectors.activities import activity_sums
from portal.households.selectors.measures import definitions_of, measure_set_on
from portal.households.selectors.progress import figures_on
from tests.factories.campaign import ActivityPageFactory
from tests.factories.progress import ActivityPhotoFactory, ActivityReportFactory

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/tien-do/hoat-dong/"
TODAY = timezone.localdate()


@pytest.fixture
def filled(village):
    return {
        "token": str(uuid4()),
        "village": village.pk,
        "held_on": TODAY.strftime("%d/%m/%Y"),
        "kind": "tap-huan",
        "topic": "Chỉ bà con cài VNeID",
        "place": "Nhà văn hóa thôn",
        "people_count": "24",
        "men_count": "10",
        "women_count": "14",
        "elder_count": "6",
        "note": "",
        "page": "",
    }


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def a_photo_with_place():
    """As a phone takes it: the place is in the file."""
    buffer, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 46.0, 12.0), 3: "E", 4: (108.0, 44.0, 5.0)})
    Image.new("RGB", (64, 48), "#2d3a96").save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def active(day=TODAY):
    definition = next(one for one in definitions_of(measure_set_on(day)) if one.key == "hoat-dong")
    return figures_on([day], [definition]).of(definition, day)


def test_team_notes_an_activity_and_its_village_counts(team_member, other_village, filled):
    assert (active().numerator, active().denominator) == (0, 2)
    page = text(team_member.post(LIST + "ghi/", filled, follow=True))
    assert "Đã lưu hoạt động của Thôn A (mẫu)" in page
    assert "Chỉ bà con cài VNeID" in text(team_member.get(LIST))
    assert active().numerator == 1
    assert activity_sums(TODAY, TODAY)[filled["village"]].women == 14
    assert AuditEntry.objects.filter(action="activity.record").count() == 1


def test_same_form_sent_twice_is_one_activity(team_member, filled):
    for _ in range(2):
        team_member.post(LIST + "ghi/", filled)
    assert ActivityReport.objects.count() == 1


def test_foreign_village_is_no_choice_and_foreign_activity_does_not_exist(
    team_member, colleague, other_village, filled
):
    refused = text(team_member.post(LIST + "ghi/", filled | {"village": other_village.pk}))
    assert "Chưa lưu được" in refused
    assert not ActivityReport.objects.exists()
    mine = ActivityReportFactory(village_id=filled["village"], topic="Của thôn A")
    photo = ActivityPhotoFactory(activity=mine)
    assert "Của thôn A" not in text(colleague.get(LIST))
    for tail in (f"{mine.pk}/", f"{mine.pk}/sua/", f"anh/{photo.pk}/"):
        assert colleague.get(LIST + tail).status_code == 404
    for tail in ("them-anh/", "ghi-nham/"):
        assert colleague.post(f"{LIST}{mine.pk}/{tail}").status_code == 404


def test_officer_notes_for_any_village_and_leader_only_reads(officer, leader, filled, other_village):
    officer.post(LIST + "ghi/", filled | {"village": other_village.pk})
    made = ActivityReport.objects.get()
    assert made.village == other_village
    page = text(leader.get(f"{LIST}{made.pk}/"))
    assert "Sửa hoạt động này" not in page
    assert leader.get(f"{LIST}{made.pk}/sua/").status_code == 404
    assert leader.get(LIST + "ghi/").status_code == 404
    assert "Ghi hoạt động" not in text(leader.get(LIST))


def test_correction_takes_the_place_of_the_old_report_which_stays(team_member, filled):
    team_member.post(LIST + "ghi/", filled)
    old = ActivityReport.objects.get()
    opened = text(team_member.get(f"{LIST}{old.pk}/sua/"))
    assert 'value="24"' in opened
    yesterday = (TODAY - timedelta(days=1)).strftime("%d/%m/%Y")
    changed = filled | {"token": str(uuid4()), "held_on": yesterday, "women_count": "20", "people_count": "30"}
    team_member.post(f"{LIST}{old.pk}/sua/", changed)
    new = ActivityReport.objects.get(corrects=old)
    assert list(ActivityReport.objects.in_effect()) == [new]
    assert "không tính nữa" in text(team_member.get(f"{LIST}{old.pk}/"))
    again = text(team_member.post(f"{LIST}{old.pk}/sua/", changed | {"token": str(uuid4())}))
    assert "đã có người sửa rồi" in again
    assert active().numerator == 1
    assert active(TODAY - timedelta(days=2)).numerator == 0


def test_activity_noted_by_mistake_does_not_count_and_stays_readable(team_member, filled):
    team_member.post(LIST + "ghi/", filled)
    old = ActivityReport.objects.get()
    assert "không tính nữa" in text(team_member.post(f"{LIST}{old.pk}/ghi-nham/", follow=True))
    assert active().numerator == 0
    assert old.topic not in text(team_member.get(LIST))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"held_on": "31/02/2026"}, "Không có ngày này trên lịch"),
        ({"held_on": "01/01/2099"}, "Ngày này chưa tới"),
        ({"held_on": "01/01/2020"}, "không có vào ngày 01/01/2020"),
        ({"people_count": "hai mươi"}, "Ô này chỉ nhận chữ số"),
        ({"women_count": "15"}, "Nam 10 cộng nữ 15 là 25, chưa bằng số người dự 24"),
        ({"elder_count": "25"}, "nhiều hơn số người dự 24"),
        ({"note": "CCCD 051 080 001 234"}, "giống số căn cước"),
        ({"topic": ""}, "Xin điền ô này"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(team_member, filled, wrong, sentence):
    sent = filled | wrong
    page = text(team_member.post(LIST + "ghi/", sent))
    assert sentence in page
    assert not [value for value in sent.values() if value and str(value) not in page]
    assert not ActivityReport.objects.exists()


def test_database_itself_keeps_the_numbers_together(village):
    for wrong in ({"men_count": 9, "women_count": 9}, {"elder_count": 21}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityReportFactory(village=village, people_count=20, **wrong)


def test_picture_is_re_encoded_kept_apart_and_every_view_is_logged(team_member, officer, filled):
    upload = SimpleUploadedFile("IMG_1.jpg", a_photo_with_place(), content_type="image/jpeg")
    team_member.post(LIST + "ghi/", filled | {"photo": upload})
    photo = ActivityPhoto.objects.get()
    with private_storage.open(photo.name) as file:
        assert not Image.open(file).getexif()
    shown = officer.get(f"{LIST}anh/{photo.pk}/")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "private, no-store")
    assert AuditEntry.objects.filter(action="activity.photo_view", by=officer.user).count() == 1
    more = SimpleUploadedFile("IMG_2.jpg", a_photo_with_place(), content_type="image/jpeg")
    assert "Đã thêm ảnh" in text(team_member.post(f"{LIST}{photo.activity_id}/them-anh/", {"photo": more}, follow=True))
    broken = SimpleUploadedFile("IMG_3.jpg", b"khong phai anh", content_type="image/jpeg")
    team_member.post(f"{LIST}{photo.activity_id}/them-anh/", {"photo": broken}, follow=True)
    assert ActivityPhoto.objects.count() == 2


def test_announcement_can_be_named_and_may_vanish_later(team_member, filled, site_tree):
    page = ActivityPageFactory(parent=site_tree.activities, title="Ngày công nghệ số")
    team_member.post(LIST + "ghi/", filled | {"page": page.pk})
    made = ActivityReport.objects.get()
    assert "Ngày công nghệ số" in text(team_member.get(f"{LIST}{made.pk}/"))
    page.delete()
    assert "Ngày công nghệ số" not in text(team_member.get(f"{LIST}{made.pk}/"))
