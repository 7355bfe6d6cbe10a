"""Password, then code: who must, who may, and what a thief with the password can do."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.core.access.factors import make_recovery_codes, recovery_codes_left
from portal.core.models import AuditEntry, StaffSession
from tests.factories.core import UserFactory
from tests.second_factor import CODE, LOGIN, SET_UP, code_of, pass_second_step, sign_in, telephone_of, words_of

pytestmark = pytest.mark.django_db
OFFICE = "/quan-tri/so-ho/"


def key_on(page) -> str:
    """The secret as the page writes it, as hexadecimal digits."""
    from base64 import b32decode

    letters = re.search(r"<code class=\"door__key\">([A-Z2-7 ]+)</code>", page.content.decode()).group(1)
    return b32decode(letters.replace(" ", "")).hex()


class TestSettingUp:
    def test_officer_is_led_there_before_any_staff_page(self, clerk):
        browser = sign_in(clerk)
        for address in (OFFICE, "/quan-tri/", reverse("wagtailadmin_account"), "/quan-tri/khong-co/"):
            assert browser.get(address).url == f"{SET_UP}?next={address.replace('/', '%2F')}"
        assert browser.post(OFFICE).url == SET_UP

    def test_officer_sets_up_and_goes_on_where_he_wanted(self, clerk):
        browser = sign_in(clerk)
        page = browser.get(f"{SET_UP}?next={OFFICE}")
        assert "<svg" in page.content.decode()
        done = browser.post(f"{SET_UP}?next={OFFICE}", {"code": code_of(key_on(page)), "next": OFFICE})
        codes = re.findall(r"<code>(\d{4}-\d{4}-\d{4})</code>", done.content.decode())
        assert len(set(codes)) == 10
        assert f'href="{OFFICE}"' in done.content.decode()
        assert "no-store" in done["Cache-Control"]
        assert browser.get(OFFICE).status_code == 200

    def test_wrong_first_code_sets_up_nothing_and_keeps_the_same_secret(self, clerk):
        browser = sign_in(clerk)
        key = key_on(browser.get(SET_UP))
        page = browser.post(SET_UP, {"code": "000000"})
        assert "Mã chưa đúng" in words_of(page)
        assert key_on(page) == key
        assert not TOTPDevice.objects.exists()

    def test_leader_and_team_may_go_in_without(self, chair):
        assert sign_in(chair).get("/quan-tri/tien-do/").status_code == 200

    def test_leader_may_switch_it_on_and_off_again(self, chair):
        browser = sign_in(chair)
        key = key_on(browser.get(SET_UP))
        browser.post(SET_UP, {"code": code_of(key)})
        assert browser.get("/quan-tri/tien-do/").status_code == 200
        assert sign_in(chair).get("/quan-tri/tien-do/").url.startswith(CODE)
        browser.post(reverse("door:confirm", args=["tat"]), {"code": code_of(key, 1)})
        assert not TOTPDevice.objects.exists()

    def test_officer_cannot_switch_it_off(self, clerk):
        key = telephone_of(clerk)
        browser = sign_in(clerk)
        browser.post(CODE, {"code": code_of(key)})
        assert browser.post(reverse("door:confirm", args=["tat"]), {"code": code_of(key, 1)}).status_code == 404
        assert TOTPDevice.objects.filter(user=clerk).exists()

    def test_role_given_while_signed_in_asks_at_the_next_click(self, chair):
        from django.contrib.auth.models import Group

        browser = sign_in(chair)
        chair.groups.add(Group.objects.get(name="Cán bộ sổ hộ"))
        assert browser.get("/quan-tri/tien-do/").url.startswith(SET_UP)


class TestCode:
    def test_password_alone_opens_nothing(self, clerk):
        telephone_of(clerk)
        browser = sign_in(clerk)
        assert browser.get(OFFICE).url.startswith(CODE)
        assert browser.get(SET_UP).url.startswith(CODE)
        assert browser.get("/", follow=True).wsgi_request.user.is_anonymous
        asked = browser.get("/quan-tri/api/main/pages/", headers={"x-requested-with": "XMLHttpRequest"})
        assert asked.status_code == 403

    def test_code_opens_and_the_browser_gets_a_new_session_number(self, clerk):
        key = telephone_of(clerk)
        browser = sign_in(clerk)
        before = browser.session.session_key
        assert browser.post(CODE, {"code": code_of(key), "next": OFFICE}).url == OFFICE
        assert browser.session.session_key != before
        assert browser.get(OFFICE).status_code == 200

    def test_code_works_once(self, clerk):
        key = telephone_of(clerk)
        sign_in(clerk).post(CODE, {"code": code_of(key)})
        page = sign_in(clerk).post(CODE, {"code": code_of(key)})
        assert "Mã chưa đúng hoặc đã đổi" in words_of(page)

    def test_recovery_code_works_once_and_is_logged(self, clerk):
        telephone_of(clerk)
        code = make_recovery_codes(user=clerk)[3]
        assert sign_in(clerk).post(CODE, {"code": code.replace("-", " "), "next": OFFICE}).url == OFFICE
        assert recovery_codes_left(clerk) == 9
        assert sign_in(clerk).post(CODE, {"code": code}).status_code == 200
        assert AuditEntry.objects.get(action="account.recovery_code").subject == "so-ho"

    def test_recovery_codes_are_not_in_the_database(self, clerk):
        codes = {code.replace("-", "") for code in make_recovery_codes(user=clerk)}
        assert not codes & set(StaticToken.objects.values_list("token", flat=True))

    def test_recovery_code_of_a_colleague_is_worth_nothing(self, clerk, keeper):
        telephone_of(clerk)
        code = make_recovery_codes(user=keeper)[0]
        make_recovery_codes(user=clerk)
        assert sign_in(clerk).post(CODE, {"code": code}).status_code == 200

    def test_five_wrong_codes_ask_for_the_password_again(self, clerk):
        telephone_of(clerk)
        browser = sign_in(clerk)
        answers = [browser.post(CODE, {"code": f"00000{n}"}) for n in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
        assert answers[-1].url == LOGIN
        assert browser.get(CODE).url == LOGIN
        assert StaffSession.objects.get().ended_because == "codes"

    def test_next_page_is_ours_or_the_desk(self, clerk):
        key = telephone_of(clerk)
        browser = sign_in(clerk)
        answer = browser.post(CODE, {"code": code_of(key), "next": "https://example.org/"})
        assert answer.url == "/quan-tri/"


class TestNewTelephone:
    def test_open_computer_is_not_enough(self, clerk):
        telephone_of(clerk)
        browser = Client()
        browser.force_login(clerk)
        pass_second_step(browser)
        assert browser.get(SET_UP).url == reverse("door:confirm", args=["doi-may"])
        assert browser.post(SET_UP, {"code": "123456"}).url == reverse("door:confirm", args=["doi-may"])

    def test_after_a_code_the_new_one_replaces_the_old_and_ends_other_machines(self, clerk):
        key = telephone_of(clerk)
        browser, other = sign_in(clerk), sign_in(clerk)
        browser.post(CODE, {"code": code_of(key)})
        pass_second_step(other)
        browser.post(reverse("door:confirm", args=["doi-may"]), {"code": code_of(key, 1)})
        fresh = key_on(browser.get(SET_UP))
        browser.post(SET_UP, {"code": code_of(fresh)})
        assert list(TOTPDevice.objects.values_list("key", flat=True)) == [fresh]
        assert other.get(OFFICE).url.startswith(LOGIN)
        assert browser.get(OFFICE).status_code == 200


def test_administrator_takes_off_a_lost_telephone(keeper, clerk):
    telephone_of(clerk)
    victim = Client()
    victim.force_login(clerk)
    pass_second_step(victim)
    browser = Client()
    browser.force_login(keeper)
    telephone_of(keeper)
    pass_second_step(browser)
    browser.post(reverse("door:take_factor_off", args=[clerk.pk]))
    assert not TOTPDevice.objects.filter(user=clerk).exists()
    assert victim.get(OFFICE).url.startswith(LOGIN)
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"account.factor_off", "account.sessions_end"}


def test_administrator_does_not_take_off_his_own_or_a_superusers(keeper):
    root = UserFactory(is_admin=True)
    browser = Client()
    browser.force_login(keeper)
    telephone_of(keeper)
    pass_second_step(browser)
    browser.post(reverse("door:take_factor_off", args=[keeper.pk]))
    assert TOTPDevice.objects.filter(user=keeper).exists()
    assert browser.post(reverse("door:take_factor_off", args=[root.pk])).status_code == 404


def test_with_the_requirement_off_nobody_is_led_anywhere(clerk, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert sign_in(clerk).get(OFFICE).status_code == 200


def test_second_way_in_of_wagtail_leads_to_the_one_door(clerk):
    assert Client().post("/_util/login/", {"username": "so-ho", "password": "x"}).url == LOGIN
