"""Seats at a training: one form is one sign-up, the list moves up by itself, a team sees its own village."""

from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.campaign.models import ActivityPage, Signup
from portal.campaign.services.signups import secret_of_signup
from portal.core.models.audit import AuditEntry
from portal.core.public_forms import FormToken
from portal.households.models import ActivityReport
from tests.factories.campaign import ActivityPageFactory
from tests.factories.games import SignupFactory
from tests.factories.households import HouseholdFactory
from tests.factories.progress import ActivityReportFactory
from tests.factories.stored import stored_words
from tests.integration.games.phone import READING, codes_of, text_of
from tests.integration.games.test_erasing import leave

pytestmark = pytest.mark.django_db

NAME, PHONE = "Đinh Thị Bông Lau", "0356 987 123"
DESK = "/quan-tri/dang-ky-cho/"


def address_of(training):
    return f"/hoat-dong/{training.slug}/dang-ky/"


def fill_in(training, client=None, token=None, **boxes):
    """What a family types, sent after it has read the page."""
    token = token or FormToken.new()
    data = {"token": token.signed, "people": "1", "name": "", "phone": "", "village": "", "code": "", **boxes}
    with time_machine.travel(timezone.now() + READING, tick=True):
        return (client or Client()).post(address_of(training), data)


def by_name(training, village, **boxes):
    return fill_in(training, **{"name": NAME, "village": village.pk, "phone": PHONE, **boxes})


# The family's own form


def test_family_signs_up_by_name_and_reads_that_it_has_a_seat(training, village):
    page = by_name(training, village, people="2")
    assert "Nhà mình có chỗ." in text_of(page)
    signup = Signup.objects.get()
    assert (signup.name, signup.village, signup.phone, signup.people) == (NAME, village, "+84356987123", 2)
    code, secret = codes_of(page)
    assert (code, secret) == (signup.code, secret_of_signup(signup))
    assert NAME not in text_of(page)


def test_household_code_is_enough_and_tells_nothing_of_the_family(training, household):
    page = fill_in(training, code=household.code.lower())
    signup = Signup.objects.get()
    assert (signup.household, signup.village, signup.name) == (household, household.village, "")
    assert household.head_name not in page.content.decode()


def test_same_form_twice_is_one_sign_up_and_one_receipt(training, village):
    token = FormToken.new()
    first, second = (by_name(training, village, token=token) for _number in range(2))
    assert codes_of(first) == codes_of(second)
    assert Signup.objects.count() == 1


def test_form_sent_again_after_the_start_still_finds_its_receipt(training, village):
    token = FormToken.new()
    code, _secret = codes_of(by_name(training, village, token=token))
    ActivityPage.objects.filter(pk=training.pk).update(starts_at=timezone.now())
    assert codes_of(by_name(training, village, token=token))[0] == code


def test_secret_is_not_shown_again_days_later(training, village):
    token = FormToken.new()
    by_name(training, village, token=token)
    Signup.objects.update(signed_up_at=timezone.now() - timedelta(days=2))
    page = by_name(training, village, token=token)
    assert "Số bí mật" not in text_of(page)


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({}, "Xin điền mã hộ ở trên; không có mã thì điền tên người đến."),
        ({"name": NAME}, "Xin chọn thôn."),
        ({"people": ""}, "Xin điền mấy người đến, từ 1 đến 10."),
        ({"people": "0"}, "Xin điền mấy người đến, từ 1 đến 10."),
        ({"people": "nhiều"}, "Xin điền mấy người đến, từ 1 đến 10."),
        ({"people": "11"}, "Xin điền mấy người đến, từ 1 đến 10."),
        ({"code": "BT-9999999"}, "Mã"),
        ({"phone": "123"}, "Số"),
        ({"name": "049123456789"}, "giống số căn cước"),
    ],
)
def test_bad_input_is_said_beside_the_box_and_nothing_typed_is_lost(training, boxes, sentence):
    page = fill_in(training, **boxes)
    html = unescape(page.content.decode())
    assert sentence in html
    for typed in boxes.values():
        assert f'value="{typed}"' in html
    assert not Signup.objects.exists()


def test_machines_and_stale_forms_are_turned_away(training, village):
    assert "Đợi 1 phút" in text_of(by_name(training, village, website="http://x"))
    data = {"token": FormToken.new().signed, "people": "1", "name": NAME, "village": village.pk}
    assert "Đợi 1 phút" in text_of(Client().post(address_of(training), data))
    old = FormToken(uuid4(), timezone.now() - timedelta(days=2))
    page = by_name(training, village, token=old)
    assert "Phiếu mở đã lâu" in text_of(page)
    assert NAME in page.content.decode()
    assert "Phiếu mở đã lâu" in text_of(Client().post(address_of(training), {**data, "token": "x"}))
    assert not Signup.objects.exists()


def test_one_family_does_not_take_all_seats(training, village, household):
    for _number in range(3):
        page = by_name(training, village)
    assert "đã đăng ký buổi này 2 lần" in text_of(page)
    for _number in range(3):
        fill_in(training, code=household.code)
    assert Signup.objects.count() == 4


def test_old_phone_number_is_asked_about(training, village):
    page = by_name(training, village, phone="01636 123 456")
    assert "Đúng, lấy số mới" in text_of(page)
    by_name(training, village, phone="01636 123 456", new_phone="0336 123 456")
    assert Signup.objects.get().phone == "+84336123456"


# Seats and the waiting list


def test_waiting_list_moves_up_when_somebody_gives_up(training, village):
    pages = [by_name(training, village, name=f"Nhà {people}", people=people) for people in (2, 1, 3)]
    assert "Nhà mình ở danh sách chờ, thứ 1." in text_of(pages[2])
    code, secret = codes_of(pages[0])
    waiting = f"/hoat-dong/dang-ky/{codes_of(pages[2])[0]}/"
    assert "Danh sách chờ, thứ 1" in text_of(Client().get(waiting))
    assert "chưa khớp. Còn 4 lần thử" in text_of(Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": "000000"}))
    page = Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": secret})
    assert "đã thôi đăng ký" in text_of(page)
    # Two seats are free, three are asked for: the next one waits on.
    assert "Danh sách chờ, thứ 1" in text_of(Client().get(waiting))
    code, secret = codes_of(pages[1])
    Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": f"{secret[:3]} {secret[3:]}"})
    assert "Có chỗ , 3 người" in text_of(Client().get(waiting))
    assert Signup.objects.filter(cancelled_at=None).count() == 1


def test_giving_up_twice_is_giving_up_once(training, village):
    code, secret = codes_of(by_name(training, village))
    for _number in range(2):
        Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": secret})
    assert AuditEntry.objects.filter(action="signup.cancel").count() == 1


def test_secret_is_not_to_be_guessed(training, village):
    code, secret = codes_of(by_name(training, village))
    for _number in range(5):
        Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": "000000"})
    page = Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": secret})
    assert "Nhập sai nhiều lần" in text_of(page)
    assert Signup.objects.get().cancelled_at is None


def test_code_as_typed_leads_to_its_receipt(training, village):
    code, _secret = codes_of(by_name(training, village))
    answer = Client().get("/hoat-dong/dang-ky/", {"ma": code.lower().replace("-", " ")})
    assert answer.headers["Location"] == f"/hoat-dong/dang-ky/{code}/"
    assert "gõ nhầm" in text_of(
        Client().get("/hoat-dong/dang-ky/", {"ma": f"{code[:-1]}{'A' if code[-1] != 'A' else 'C'}"})
    )
    assert Client().get("/hoat-dong/dang-ky/HD-0000-0000/").status_code == 404
    assert "Xin gõ mã" in text_of(Client().get("/hoat-dong/dang-ky/?ma="))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seats": None}, "Buổi này không phải đăng ký."),
        ({"is_cancelled": True, "cancel_note": "Mưa to"}, "Buổi này đã hoãn."),
        ({"starts_at": timezone.now() - timedelta(days=3)}, "Buổi này đã bắt đầu"),
    ],
)
def test_sign_up_closes_by_itself(training, village, change, sentence):
    ActivityPage.objects.filter(pk=training.pk).update(**change)
    assert sentence in text_of(Client().get(address_of(training)))
    assert sentence in text_of(by_name(training, village))
    assert not Signup.objects.exists()
    assert address_of(training) not in Client().get(training.url).content.decode()


def test_receipt_of_a_session_that_has_begun_cancels_nothing(training, village):
    code, secret = codes_of(by_name(training, village))
    with time_machine.travel(training.starts_at + timedelta(minutes=1), tick=True):
        page = Client().post(f"/hoat-dong/dang-ky/{code}/", {"secret": secret})
        assert "Buổi này đã bắt đầu" not in text_of(Client().get(f"/hoat-dong/dang-ky/{code}/"))
    assert Signup.objects.get().cancelled_at is None
    assert "Không đến được?" not in text_of(page)


def test_draft_and_unknown_pages_take_nobody(training, village):
    training.unpublish()
    assert Client().get(address_of(training)).status_code == 404
    assert Client().get("/hoat-dong/khong-co/dang-ky/").status_code == 404


def test_public_page_tells_the_seats_and_then_what_was_taught(training, village, client):
    page = client.get(training.url)
    assert "3 chỗ, còn 3 chỗ" in text_of(page)
    assert address_of(training) in page.content.decode()
    by_name(training, village, people="2")
    assert "Còn 1 chỗ" in text_of(Client().get("/hoat-dong/?thon="))
    by_name(training, village, name="Nhà khác", people="2")
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=True):
        page = text_of(client.get(training.url))
        assert "đã hết; 1 nhà đang chờ" in page
        assert "Ghi tên chờ chỗ" in page
    report = ActivityReportFactory(
        page=training.page_ptr, village=village, topic="Quét mã, xem tên", people_count=21, men_count=8, women_count=13,
        elder_count=2, note="Ghi riêng", held_on=timezone.localdate(),
    )  # fmt: skip
    with time_machine.travel(training.ends_at + timedelta(minutes=1), tick=True):
        page = text_of(client.get(training.url))
    assert f"Quét mã, xem tên. {village.name}" in page
    assert "21 người đến, trong đó 13 phụ nữ" in page
    assert "60 tuổi" not in page, "two elders of a village are known to everybody"
    assert report.note not in page


# The desk


def test_team_signs_up_and_sees_its_own_village_alone(training, team_member, village, other_village, colleague):
    SignupFactory(activity=training, village=other_village, name="Nhà thôn khác")
    own = HouseholdFactory(village=village, head_name="Phạm Văn Đền")
    address = f"{DESK}{training.pk}/"
    data = {"token": uuid4(), "code": own.code, "village": village.pk, "people": "2", "name": "", "phone": ""}
    page = text_of(team_member.post(address, data, follow=True))
    signup = Signup.objects.get(household=own)
    assert f"mã {signup.code}, số bí mật" in page
    assert signup.signed_up_by == team_member.user
    assert "Phạm Văn Đền" in page
    assert "Nhà thôn khác" not in page
    team_member.post(address, data)
    assert Signup.objects.count() == 2, "the same form twice"
    page = text_of(colleague.get(address))
    assert "Nhà thôn khác" in page
    assert "Phạm Văn Đền" not in page
    printed = text_of(team_member.get(f"{address}in/"))
    assert "Phạm Văn Đền" in printed
    assert "Nhà thôn khác" not in printed


def test_team_reaches_no_other_villages_family(training, team_member, village, other_village):
    foreign = HouseholdFactory(village=other_village)
    theirs = SignupFactory(activity=training, village=other_village, phone="+84356987123")
    address = f"{DESK}{training.pk}/"
    data = {"token": uuid4(), "code": foreign.code, "village": village.pk, "people": "1", "name": "", "phone": ""}
    assert "Không thấy mã này trong các hộ" in text_of(team_member.post(address, data))
    data |= {"code": "", "name": NAME, "village": other_village.pk}
    assert "Xin chọn thôn mình phụ trách" in text_of(team_member.post(address, data))
    assert team_member.post(f"{address}thoi/{theirs.code}/").status_code == 404
    assert team_member.post(f"{address}so/{theirs.code}/").status_code == 404
    with time_machine.travel(training.starts_at + timedelta(hours=1), tick=True):
        team_member.post(f"{address}co-mat/", {"ma": [theirs.code], "den": [theirs.code]})
    theirs.refresh_from_db()
    assert (theirs.has_come, theirs.cancelled_at) == (None, None)
    assert Signup.objects.count() == 1


def test_desk_is_shut_to_strangers_editors_and_leaders(training, stranger, editor, leader):
    for path in ("", f"{training.pk}/", f"{training.pk}/in/"):
        assert stranger.get(DESK + path).headers["Location"].startswith("/quan-tri/login/")
        for desk in (editor, leader):
            assert desk.get(DESK + path).status_code == 404


def test_phone_is_masked_until_it_is_asked_for(training, officer, village):
    signup = SignupFactory(activity=training, village=village, phone="+84356987123")
    address = f"{DESK}{training.pk}/"
    assert "987 123" not in text_of(officer.get(address))
    assert "0356 987 123" in text_of(officer.post(f"{address}so/{signup.code}/"))
    assert AuditEntry.objects.get(action="signup.phone").subject == signup.code
    assert "987 123" not in text_of(officer.get(f"{address}in/"))


def test_officer_takes_somebody_off_and_the_next_one_has_the_seat(training, officer, village):
    first = SignupFactory(activity=training, village=village, people=3, name="Nhà trước")
    second = SignupFactory(activity=training, village=village, people=1, name="Nhà sau")
    address = f"{DESK}{training.pk}/"
    assert "danh sách chờ, thứ 1" in text_of(officer.get(address))
    assert "Danh sách chờ" in text_of(officer.get(f"{address}in/"))
    officer.post(f"{address}thoi/{first.code}/")
    page = text_of(officer.get(address))
    assert "Nhà trước" not in page
    assert f"{second.code}" in page
    assert "danh sách chờ, thứ" not in page


def test_who_came_is_ticked_and_fills_in_the_report(training, officer, village):
    came, stayed = (SignupFactory(activity=training, village=village, people=people) for people in (2, 1))
    address = f"{DESK}{training.pk}/"
    page = officer.post(f"{address}co-mat/", {"ma": [came.code, stayed.code], "den": [came.code]}, follow=True)
    assert "chưa bắt đầu" in text_of(page)
    with time_machine.travel(training.ends_at + timedelta(minutes=1), tick=True):
        officer.force_login(officer.user)
        page = officer.post(f"{address}co-mat/", {"ma": [came.code, stayed.code], "den": [came.code]}, follow=True)
        assert "1 trong 2 đăng ký có người đến" in text_of(page)
        link = unescape(page.content.decode().split('class="btn" href="')[1].split('"')[0])
        assert parse_qs(urlsplit(link).query)["people_count"] == ["2"]
        form = officer.get(link)
        values = form.context["form"].initial
        assert (values["topic"], values["place"], values["people_count"]) == (training.title, training.place, "2")
        held = f"{timezone.localtime(training.starts_at):%d/%m/%Y}"
        data = {**values, "token": uuid4(), "held_on": held, "men_count": 1, "women_count": 1}
        officer.post(link, {**data, "village": village.pk})
        report = ActivityReport.objects.get()
        assert (report.people_count, report.page, report.kind) == (2, training.page_ptr, "tap-huan")
        page = text_of(officer.get(address))
        assert "Đã có báo cáo" in page
        assert "Ghi báo cáo buổi này" not in page
    came.refresh_from_db()
    stayed.refresh_from_db()
    assert (came.has_come, stayed.has_come) == (True, False)


def test_filled_in_report_takes_no_nonsense(officer):
    page = officer.get(
        reverse("progress:note_activity"), {"people_count": "<b>", "kind": "xyz", "note": "Bà A", "page": "x"}
    )
    assert page.status_code == 200
    assert "Bà A" not in text_of(page)


# What goes


def test_names_and_phones_go_ninety_days_after_the_session(training, village, household, client):
    code, _secret = codes_of(by_name(training, village))
    fill_in(training, code=household.code)
    young = SignupFactory(name="Nhà mới", activity=ActivityPageFactory(seats=3))
    for days, left in ((89, [NAME]), (91, [])):
        with time_machine.travel(training.ends_at + timedelta(days=days), tick=True):
            ActivityPage.objects.filter(pk=young.activity_id).update(ends_at=timezone.now())
            call_command("erase_entries", verbosity=0)
            assert stored_words(NAME) == left
    assert stored_words("+84356987123") == []
    assert set(Signup.objects.filter(activity=training).values_list("household", "village")) == {
        (None, village.pk),
        (None, household.village_id),
    }
    young.refresh_from_db()
    assert young.name == "Nhà mới"
    assert AuditEntry.objects.get(action="signup.expire").data == {"signups": 2}
    assert client.get(f"/hoat-dong/dang-ky/{code}/").status_code == 200


def test_family_that_leaves_gives_its_seat_back(training, officer, household):
    fill_in(training, code=household.code, name=NAME, phone=PHONE)
    told = text_of(officer.get(reverse("office:household", args=[household.code])))
    assert f"{Signup.objects.get().code}: Tập huấn mã vuông" in told
    leave(officer, household)
    left = Signup.objects.get()
    assert (left.household, left.name, left.phone) == (None, "", "")
    assert left.cancelled_at is not None


def test_page_with_sign_ups_is_not_deleted(training, village, admin_client):
    by_name(training, village)
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[training.pk]))
    assert ActivityPage.objects.filter(pk=training.pk).exists()
