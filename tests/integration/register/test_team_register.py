"""On behalf of a family: its own words, how it agreed, one receipt; paper in, paper out."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.households.enums import Channel, ConsentMeans, HelpState, Purpose
from portal.households.models import Consent, HelpRequest, Household, Registration
from portal.households.services.secret_numbers import digest_of_secret, secret_of_token
from tests.factories.households import HouseholdFactory, RegistrationFactory, VillageFactory

pytestmark = pytest.mark.django_db


def sheet(village, **changes):
    return {
        "token": str(uuid4()),
        "village": village.pk,
        "head_name": "Phạm Thị Đượm",
        "nickname": "",
        "neighbour_hint": "cạnh nhà ông S.",
        "member_count": "5",
        "head_birth_year": "1968",
        "phone": "0356 123 456",
        "phone_owner": "hang-xom",
        "capable_member": "chua-ro",
        "answer_1": "co",
        "answer_3": "can-giup",
        "consents": ["ghi-so", "ten"],
        "name_form": "viet-gon",
        "means": "diem-chi",
        "witness_name": "Đinh Văn Chứng",
        **changes,
    }


def test_family_is_registered_with_who_and_how(team_member, village):
    response = team_member.post(reverse("team:register"), sheet(village))
    household = Household.objects.get()
    registration = Registration.objects.get()
    assert response.url == reverse("team:receipt", args=[registration.token])
    assert (registration.channel, registration.helper_name) == (Channel.TEAM, "Phạm Thị Phúc")
    assert (registration.entered_by, registration.answers) == (team_member.user, {"1": "co", "3": "can-giup"})
    said = {consent.purpose: consent for consent in Consent.objects.all()}
    assert set(said) == {Purpose.REGISTER, Purpose.NAME}
    assert all(row.means == ConsentMeans.THUMB and row.witness_name == "Đinh Văn Chứng" for row in said.values())
    assert HelpRequest.objects.get(household=household).state == HelpState.OPEN
    receipt = team_member.get(response.url).content.decode()
    assert household.code in receipt
    assert registration.receipt_code in receipt


def test_same_sheet_twice_is_one_household_and_one_receipt(team_member, village):
    form = sheet(village)
    one = team_member.post(reverse("team:register"), form)
    two = team_member.post(reverse("team:register"), form)
    assert one.url == two.url
    assert Household.objects.count() == 1


def test_paper_goes_on_to_the_next_empty_sheet(team_member, village):
    page = team_member.post(reverse("team:register_from_paper"), sheet(village), follow=True)
    text = page.content.decode()
    assert "Đã nhập phiếu của Phạm Thị Đượm" in text
    assert 'value="Phạm Thị Đượm"' not in text
    assert Registration.objects.get().channel == Channel.PAPER


def test_secret_is_shown_for_a_day_only(team_member, village):
    old = RegistrationFactory(household=HouseholdFactory(village=village), channel=Channel.TEAM)
    secret = secret_of_token(old.token)
    Household.objects.update(secret_digest=digest_of_secret(old.household.code, secret))
    address = reverse("team:receipt", args=[old.token])
    assert secret in team_member.get(address).content.decode()
    # A fact cannot be changed; only a test may turn the clock.
    Registration._base_manager.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=2))
    assert secret not in team_member.get(address).content.decode()


def test_receipt_of_a_family_that_registered_itself_stays_its_own(team_member, village):
    own = RegistrationFactory(household=HouseholdFactory(village=village), channel=Channel.WEB)
    assert team_member.get(reverse("team:receipt", args=[own.token])).status_code == 404


def test_look_alike_is_shown_and_asked_about(team_member, village):
    known = HouseholdFactory(village=village, head_name="Đinh Thị Đượm", head_birth_year=1968)
    form = sheet(village)
    text = team_member.post(reverse("team:register"), form).content.decode()
    assert "Có thể hộ này đã có trong sổ" in text
    assert known.code in text
    assert Household.objects.count() == 1
    team_member.post(reverse("team:register"), {**form, "is_another": "on"})
    assert Household.objects.count() == 2


def test_look_alike_of_another_village_is_not_named(team_member, village):
    foreign = HouseholdFactory(
        village=VillageFactory(), head_name="Phạm Thị Đượm", head_birth_year=1968, phone="+84356123456"
    )
    response = team_member.post(reverse("team:register"), sheet(village))
    assert response.status_code == 302
    assert foreign.code not in team_member.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"head_name": ""}, "Xin điền họ và tên chủ hộ."),
        ({"phone": "0165 123 4567"}, "Đầu số 0165 đã đổi"),
        ({"phone": "12"}, "Số điện thoại có 10 chữ số"),
        ({"consents": ["ten"]}, "chưa có mã hộ"),
        ({"consents": []}, "chưa có mã hộ"),
        ({"name_form": ""}, "Xin chọn cách hiện tên"),
        ({"witness_name": ""}, "xin ghi người làm chứng"),
        ({"head_birth_year": "2099"}, "Năm này chưa tới"),
        ({"nickname": "051090012345"}, "12 chữ số giống số căn cước"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(team_member, village, changes, sentence):
    text = team_member.post(reverse("team:register"), sheet(village, **changes)).content.decode()
    assert sentence in text
    assert "cạnh nhà ông S." in text
    assert not Household.objects.exists()


def test_foreign_village_cannot_be_registered_in(team_member, other_village):
    team_member.post(reverse("team:register"), sheet(other_village))
    assert not Household.objects.exists()


def test_sheets_and_meeting_list_hold_own_households_without_phones(team_member, village, other_village):
    own = HouseholdFactory(village=village, phone="+84356123456")
    foreign = HouseholdFactory(village=other_village)
    for name in ("sheets", "meeting_list"):
        text = team_member.get(reverse(f"team:{name}")).content.decode()
        assert own.code in text
        assert foreign.code not in text
        assert "123 456" not in text
    assert "4b. Học, khám bệnh" in team_member.get(reverse("team:sheets"), {"ho": own.code}).content.decode()
    assert team_member.get(reverse("team:sheets"), {"ho": foreign.code}).status_code == 404
