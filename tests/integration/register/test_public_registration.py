"""A family signs up through the public page, by real posts."""

import re

import pytest

from portal.core.models import AuditEntry
from portal.core.public_forms import FormToken
from portal.households.enums import ConsentMeans, NameForm, Purpose
from portal.households.models import Consent, HelpRequest, Household, Registration
from portal.households.services.registrations import Application, register_household
from tests.factories.households import VillageFactory
from tests.integration.register.public_forms import codes_of, filled, hidden_boxes, text_of, token_opened

PATH = "/dang-ky/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def village(db):
    return VillageFactory(number=3)


def test_empty_form_has_no_box_ticked_and_sets_no_cookie(client, village):
    response = client.get(PATH)
    body = response.content.decode()
    assert "checked" not in body
    assert "selected" not in body.replace('<option value="" selected>', "")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    for question in ("Có máy vào mạng", "Tránh kẻ lừa, bảo vệ con trẻ"):
        assert question in text_of(response)


def test_form_review_and_receipt_need_no_script(client, village):
    opened = client.get(PATH)
    sent = filled(village, token=hidden_boxes(opened)["token"])
    review = client.post(PATH, {**sent, "step": "review"})
    assert "Phiếu chưa gửi" in text_of(review)
    for line in ("Phạm Thị Ánh", "Mẹ Ron", "0356 123 456", "(hàng xóm)", "Cần giúp", "Chưa trả lời"):
        assert line in text_of(review)
    assert not Registration.objects.exists()
    receipt = client.post(PATH, {**hidden_boxes(review), "token": token_opened(), "step": "send"})
    code, secret = codes_of(receipt)
    assert Household.objects.get().code == code
    assert re.fullmatch(r"\d{6}", secret)
    assert "Xã đã nhận phiếu của gia đình" in text_of(receipt)
    assert "<svg" in receipt.content.decode()


def test_every_answer_is_one_record(client, village):
    client.post(PATH, filled(village, step="send"))
    registration = Registration.objects.get()
    household = registration.household
    assert (household.head_name, household.phone, household.member_count) == ("Phạm Thị Ánh", "+84356123456", 5)
    assert registration.answers == {"1": "co", "3": "can-giup"}
    assert [(row.purpose, row.is_granted, row.means) for row in household.consents.all()] == [
        (Purpose.REGISTER, True, ConsentMeans.WEB)
    ]
    help_request = HelpRequest.objects.get()
    assert (help_request.village, help_request.topic) == (village, "Trả tiền bằng điện thoại")
    assert not any("Ánh" in str(entry.data) for entry in AuditEntry.objects.all())


def test_double_tap_is_one_record_and_one_receipt(client, village):
    sent = filled(village, step="send")
    first, second = client.post(PATH, sent), client.post(PATH, sent)
    assert codes_of(first) == codes_of(second)
    assert "Xã đã nhận phiếu này rồi" in text_of(second)
    counts = [model.objects.count() for model in (Household, Registration, Consent, HelpRequest)]
    assert counts == [1, 1, 1, 1]


def test_old_form_keeps_its_words_and_is_one_form_when_sent_again(client, village):
    late = client.post(PATH, filled(village, token=token_opened(hours=25), step="send"))
    assert "Phiếu mở đã lâu" in text_of(late)
    assert not Registration.objects.exists()
    again = hidden_boxes(late)
    assert again["head_name"] == "Phạm Thị Ánh"
    first, second = (client.post(PATH, {**again, "step": "send"}) for _ in range(2))
    assert codes_of(first) == codes_of(second)


def test_form_that_arrived_days_ago_shows_its_code_and_no_secret(client, village):
    token = token_opened(hours=25)
    agreed = Application(FormToken.read(token).uuid, village, "Phạm Thị Ánh", {}, {}, (Purpose.REGISTER,))
    register_household(application=agreed)
    response = client.post(PATH, filled(village, token=token, step="send"))
    code, secret = codes_of(response)
    assert Household.objects.get().code == code
    assert secret == ""
    assert "Phạm Thị Ánh" not in text_of(response)


@pytest.mark.parametrize("token", ["", "made-up", "WyJ4Il0:1abc:xyz"])
def test_form_without_its_own_token_enters_nothing(client, village, token):
    response = client.post(PATH, filled(village, token=token, step="send"))
    assert "Phiếu mở đã lâu" in text_of(response)
    assert hidden_boxes(response)["head_name"] == "Phạm Thị Ánh"
    assert not Household.objects.exists()


@pytest.mark.parametrize(("website", "seconds"), [("http://x.example", 60), ("", 0)])
def test_machine_is_held_up_without_a_word_about_why(client, village, website, seconds):
    sent = filled(village, token=token_opened(seconds=seconds), website=website, step="send")
    response = client.post(PATH, sent)
    assert "Chưa gửi được. Đợi 1 phút rồi gửi lại." in text_of(response)
    assert not Household.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"head_name": ""}, "Xin điền họ và tên chủ hộ."),
        ({"village": ""}, "Xin chọn thôn."),
        ({"village": "999999"}, "Xin chọn thôn trong danh sách."),
        ({"member_count": "nhiều"}, "Xin viết số người bằng chữ số"),
        ({"phone": "0356 123 45"}, "Ô này có 9."),
        ({"phone": "051 099 123 456"}, "giống số căn cước"),
        ({"phone": "482 913"}, "giống số tài khoản hoặc mã OTP"),
        ({"nickname": "051099123456"}, "giống số căn cước"),
        ({"neighbour_hint": "mã 482913"}, "giống số tài khoản hoặc mã OTP"),
        ({"head_name": "Phạm " * 30}, "Dài quá"),
        ({"agree_register": ""}, "Không đánh dấu ô 1 thì chưa có mã hộ"),
        ({"agree_name": "on"}, "Xin chọn một cách hiện tên"),
        ({"is_helper": "on"}, "Xin điền họ và tên người điền giúp."),
        ({"is_helper": "on", "helper_name": "Đinh Văn Bền"}, "gia đình phải có mặt"),
    ],
)
def test_mistake_is_told_beside_its_box_and_nothing_is_lost(client, village, changes, sentence):
    response = client.post(PATH, filled(village, step="send", **changes))
    assert text_of(response).count(sentence) == 2, "summary and beside the box"
    assert 'aria-invalid="true"' in response.content.decode()
    assert "Cạnh nhà văn hóa" in response.content.decode() or "neighbour_hint" in changes
    assert not Household.objects.exists()


def test_old_number_is_offered_anew_and_taken_on_a_press(client, village):
    asked = client.post(PATH, filled(village, phone="0165 123 4567", step="review"))
    assert "Số mới là 0351 234 567 phải không?" in text_of(asked)
    new = re.search(r'name="new_phone" value="(\d+)"', asked.content.decode()).group(1)
    review = client.post(PATH, filled(village, phone="0165 123 4567", new_phone=new))
    assert "Phiếu chưa gửi" in text_of(review)
    assert hidden_boxes(review)["phone"] == new


def test_edit_brings_the_form_back_filled(client, village):
    review = client.post(PATH, filled(village, agree_name="on", name_form="viet-gon"))
    form = client.post(PATH, {**hidden_boxes(review), "step": "edit"}).content.decode()
    assert 'value="Phạm Thị Ánh"' in form
    assert f'<option value="{village.pk}" selected>' in form
    assert len(re.findall(r" checked", form)) == 6  # two answers, whose phone, two boxes, the form of the name
    assert "Còn 1 ô" not in form


def test_name_form_without_its_box_allows_nothing(client, village):
    client.post(PATH, filled(village, name_form="day-du", step="send"))
    assert not Consent.objects.filter(purpose=Purpose.NAME).exists()


def test_each_box_is_its_own_consent(client, village):
    boxes = {"agree_name": "on", "name_form": "chi-thon", "agree_zalo": "on"}
    client.post(PATH, filled(village, step="send", **boxes))
    assert set(Consent.objects.values_list("purpose", "name_form")) == {
        (Purpose.REGISTER, ""),
        (Purpose.NAME, NameForm.VILLAGE),
        (Purpose.ZALO, ""),
    }


def test_helper_is_witness_of_what_was_read_aloud(client, village):
    boxes = {"is_helper": "on", "helper_name": "Đinh Văn Bền", "family_present": "on"}
    client.post(PATH, filled(village, step="send", **boxes))
    assert Registration.objects.get().helper_name == "Đinh Văn Bền"
    consent = Consent.objects.get()
    assert (consent.means, consent.witness_name) == (ConsentMeans.SPOKEN, "Đinh Văn Bền")


def test_family_that_may_be_listed_already_is_never_turned_away(client, village):
    for _ in range(2):
        codes = codes_of(client.post(PATH, filled(village, step="send")))
    assert Household.objects.count() == 2
    assert codes[0]


def test_village_that_is_no_more_cannot_be_chosen(client, village):
    gone = VillageFactory(number=9, valid_to="2025-12-31")
    assert gone.name not in text_of(client.get(PATH))
    assert "Xin chọn thôn trong danh sách." in text_of(client.post(PATH, filled(gone, step="send")))


def test_form_costs_few_queries(client, village, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get(PATH)
