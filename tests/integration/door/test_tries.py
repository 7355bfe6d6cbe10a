"""Guessing is slowed down; a colleague is never locked out of his own machine, and nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from portal.core.access import tries
from portal.core.models import SignInTry
from tests.factories.core import PASSWORD, UserFactory
from tests.second_factor import CODE, LOGIN, code_of, sign_in, telephone_of, words_of

pytestmark = pytest.mark.django_db
CSRF_TOKEN = re.compile(r"\b[0-9A-Za-z]{64}\b")
OFFICE_NETWORK, ABROAD = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
    return time_machine


def attempt(username: str, password: str, address: str = ABROAD, browser: Client | None = None):
    browser = browser or Client()
    return browser.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def guess(username: str, times: int, address: str = ABROAD) -> list[int]:
    return [attempt(username, f"sai {n}", address).status_code for n in range(times)]


class TestOneAccountFromOnePlace:
    def test_waits_after_five_and_the_right_password_waits_as_well(self, chair, clock):
        assert guess("lanh-dao", 6) == [200] * 5 + [429]
        page = attempt("lanh-dao", PASSWORD)
        assert page.status_code == 429
        assert page["Retry-After"] == "30"
        assert "Thử sai nhiều lần. Đợi 30 giây rồi thử lại." in words_of(page)

    def test_wait_doubles_and_ends_at_a_quarter_of_an_hour(self, chair, clock):
        guess("lanh-dao", 5)
        waits = []
        for _round in range(8):
            waits.append(int(attempt("lanh-dao", "sai")["Retry-After"]))
            clock.shift(timedelta(seconds=waits[-1]))
            attempt("lanh-dao", "sai")
        assert waits[:5] == [30, 60, 120, 240, 480]
        assert max(waits) == 900

    def test_is_over_after_the_wait(self, chair, clock):
        guess("lanh-dao", 5)
        clock.shift(timedelta(seconds=31))
        assert attempt("lanh-dao", PASSWORD).status_code == 302

    def test_right_password_forgives_what_was_mistyped(self, chair, clock):
        guess("lanh-dao", 4)
        attempt("lanh-dao", PASSWORD)
        assert not SignInTry.objects.exists()

    def test_name_typed_in_other_ways_is_one_account(self, chair, clock):
        for name in ("lanh-dao", "LANH-DAO", " lanh-dao", "Lanh-Dao", "lanh-dao "):
            attempt(name, "sai")
        assert attempt("lanh-dao", "sai").status_code == 429

    def test_tries_that_are_not_looked_at_do_not_make_it_longer(self, chair, clock):
        guess("lanh-dao", 200)
        assert SignInTry.objects.count() == 5


class TestColleague:
    def test_goes_in_from_his_own_machine_while_a_stranger_hammers(self, chair, clock):
        own = sign_in(chair, Client(REMOTE_ADDR=OFFICE_NETWORK))
        own.get("/quan-tri/tien-do/")
        own.post("/quan-tri/logout/")
        for address in (ABROAD, OFFICE_NETWORK, "192.0.2.1", "192.0.3.1", "192.0.4.1", "192.0.5.1"):
            guess("lanh-dao", 10, address)
        assert attempt("lanh-dao", PASSWORD, OFFICE_NETWORK, own).status_code == 302
        assert attempt("lanh-dao", PASSWORD, OFFICE_NETWORK).status_code == 429

    def test_goes_in_from_his_usual_network_on_a_new_machine(self, chair, clock):
        sign_in(chair, Client(REMOTE_ADDR=OFFICE_NETWORK))
        for number in range(10):
            guess("lanh-dao", 10, f"192.0.{number}.1")
        assert attempt("lanh-dao", PASSWORD, "203.0.113.200").status_code == 302
        assert attempt("lanh-dao", PASSWORD, "198.18.0.1").status_code == 429

    def test_of_the_same_machine_waits_for_his_own_mistakes_only(self, chair, clerk, clock):
        machine = sign_in(chair, Client(REMOTE_ADDR=OFFICE_NETWORK))
        machine.get("/quan-tri/tien-do/")
        machine.post("/quan-tri/logout/")
        for n in range(8):
            attempt("so-ho", f"sai {n}", OFFICE_NETWORK, machine)
        assert attempt("lanh-dao", PASSWORD, OFFICE_NETWORK, machine).status_code == 302

    def test_cookie_of_a_machine_cannot_be_made_up(self, chair, clock):
        browser = Client()
        browser.cookies[tries.COOKIE] = "WyJhIixbXV0:x:y"
        for n in range(6):
            answer = attempt("lanh-dao", f"sai {n}", ABROAD, browser)
        assert answer.status_code == 429

    def test_machine_is_known_only_after_the_second_step(self, clerk, clock):
        key = telephone_of(clerk)
        browser = sign_in(clerk)
        browser.get("/quan-tri/")
        assert tries.COOKIE not in browser.cookies
        browser.post(CODE, {"code": code_of(key)})
        browser.get("/quan-tri/so-ho/")
        assert browser.cookies[tries.COOKIE]["httponly"]


class TestManyPlacesAndManyNames:
    def test_one_account_from_everywhere_is_slowed_to_one_a_minute(self, chair, clock):
        answers = [attempt("lanh-dao", "sai", f"192.0.{n}.1").status_code for n in range(25)]
        assert answers == [200] * 20 + [429] * 5
        clock.shift(timedelta(seconds=61))
        assert attempt("lanh-dao", "sai", "192.0.99.1").status_code == 200

    def test_one_network_trying_every_name_is_slowed_down(self, clock):
        answers = [attempt(f"can-bo-{n}", "sai").status_code for n in range(65)]
        assert answers == [200] * 60 + [429] * 5


class TestNobodyLearnsWhoHasAnAccount:
    def test_same_words_same_wait(self, chair, clock):
        UserFactory(username="nghi", is_active=False)

        def told(name):
            answers = [attempt(name, PASSWORD + "!") for _try in range(7)]
            return [(answer.status_code, CSRF_TOKEN.sub("", words_of(answer))) for answer in answers]

        known, closed, unknown = (told(name) for name in ("lanh-dao", "nghi", "khong-co"))
        assert known == closed == unknown
        assert known[0][0] == 200
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in known[0][1]

    def test_same_work_is_done(self, chair, monkeypatch):
        UserFactory(username="nghi", is_active=False)
        hashed = []
        plain = MD5PasswordHasher.encode
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or plain(*a, **k))
        counts = []
        for name in ("lanh-dao", "nghi", "khong-co"):
            hashed.clear()
            assert authenticate(None, username=name, password="sai") is None
            counts.append(len(hashed))
        assert counts[0] == counts[1] == counts[2] == 1


class TestCodes:
    def test_account_wide_wait_is_a_quarter_of_an_hour_and_spares_the_owners_machine(self, clerk, clock):
        key = telephone_of(clerk)
        own = sign_in(clerk, Client(REMOTE_ADDR=OFFICE_NETWORK))
        own.post(CODE, {"code": code_of(key)}, REMOTE_ADDR=OFFICE_NETWORK)
        own.get("/quan-tri/so-ho/")
        own.post("/quan-tri/logout/")
        clock.shift(timedelta(minutes=1))
        for number in range(12):
            thief = sign_in(clerk, Client(REMOTE_ADDR=f"192.0.{number}.1"))
            answer = thief.post(CODE, {"code": "000000"})
            clock.shift(timedelta(seconds=1))
        assert answer.status_code == 429
        sign_in(clerk, own)
        assert own.post(CODE, {"code": code_of(key)}, REMOTE_ADDR=OFFICE_NETWORK).status_code == 302


def test_names_and_addresses_of_wrong_tries_are_not_kept_in_clear(chair, clock):
    attempt("lanh-dao", "sai")
    row = SignInTry.objects.get()
    assert "lanh-dao" not in row.who
    assert row.network == "198.51.100.0/24"
    clock.shift(timedelta(days=2))
    assert tries.delete_old_tries() == 1
