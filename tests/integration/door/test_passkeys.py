"""A passkey as the second step: made, used, taken away, and everything that must not open."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.core.access.factors import has_factor, make_recovery_codes, recovery_codes_left
from portal.core.models import AuditEntry, Passkey, SignInTry, StaffSession
from portal.home.door.handover import close_with_handover
from tests.authenticator import FLAG, Authenticator, question_on
from tests.second_factor import CODE, LOGIN, SET_UP, code_of, sign_in, telephone_of, through_the_door, words_of

pytestmark = pytest.mark.django_db
OFFICE = "/quan-tri/so-ho/"
ADD = "/quan-tri/buoc-hai/khoa/"
OWN = "/quan-tri/an-toan/"
REFUSED = "Khóa chưa mở được"
NOT_ADDED = "Chưa thêm được khóa"


def passkey_of(user, **said) -> Authenticator:
    """A machine whose key this account has added, and a sheet of recovery codes."""
    machine = Authenticator(**said)
    Passkey.objects.create(
        user=user,
        name="Máy bàn",
        host=machine.host,
        credential_id=machine.credential_id,
        credential=bytes(machine.credential),
        sign_count=machine.count,
    )
    make_recovery_codes(user=user)
    return machine


def at_the_second_step(user, **said):
    """(browser with the password given, machine, what the page asks it)."""
    machine = passkey_of(user, **said)
    browser = sign_in(user)
    return browser, machine, question_on(browser.get(CODE))


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("number").values_list("action", flat=True))


class TestAdding:
    def test_officer_without_a_telephone_adds_one_and_gets_recovery_codes(self, clerk):
        browser = sign_in(clerk)
        assert f'href="{ADD}?next=' in browser.get(f"{SET_UP}?next={OFFICE}").content.decode()
        machine, page = Authenticator(), browser.get(f"{ADD}?next={OFFICE}")
        assert "no-store" in page["Cache-Control"]
        answer = {"name": "Máy bàn", "passkey": machine.make(question_on(page)), "next": OFFICE}
        done = browser.post(ADD, answer)
        assert len(set(re.findall(r"<code>(\d{4}-\d{4}-\d{4})</code>", done.content.decode()))) == 10
        assert f'href="{OFFICE}"' in done.content.decode()
        assert browser.get(OFFICE).status_code == 200
        assert Passkey.objects.get().name == "Máy bàn"
        assert actions() == ["account.passkey_add"]
        assert sign_in(clerk).get(OFFICE).url.startswith(CODE)

    def test_with_a_telephone_a_proof_comes_first_and_the_sheet_stays(self, clerk):
        key = telephone_of(clerk)
        left = len(make_recovery_codes(user=clerk))
        browser = sign_in(clerk)
        assert browser.get(ADD).url.startswith(CODE)
        browser.post(CODE, {"code": code_of(key)})
        confirm = reverse("door:confirm", args=["them-khoa"])
        assert browser.get(ADD).url == confirm
        assert browser.post(ADD, {"passkey": "{}"}).url == confirm
        assert browser.post(confirm, {"code": code_of(key, 1)}).url == ADD
        machine = Authenticator()
        done = browser.post(ADD, {"name": "", "passkey": machine.make(question_on(browser.get(ADD)))})
        assert done.url == OWN
        assert recovery_codes_left(clerk) == left
        assert "máy không rõ loại" in words_of(browser.get(OWN))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"origin": "https://testserver"},
            {"origin": "http://testserver:8000"},
            {"origin": "http://khac.testserver"},
            {"host": "khac.testserver"},
            {"flags": FLAG.UP},
            {"flags": FLAG.UV},
        ],
        ids=str,
    )
    def test_key_made_elsewhere_or_by_nobody_is_not_kept(self, clerk, wrong):
        browser = sign_in(clerk)
        page = browser.post(ADD, {"passkey": Authenticator(**wrong).make(question_on(browser.get(ADD)))})
        assert NOT_ADDED in words_of(page)
        assert not Passkey.objects.exists()
        assert browser.get(OFFICE).url.startswith(SET_UP)

    def test_key_that_a_colleague_has_added_is_not_kept_again(self, clerk, keeper):
        machine = passkey_of(keeper)
        browser = sign_in(clerk)
        page = browser.post(ADD, {"passkey": machine.make(question_on(browser.get(ADD)))})
        assert NOT_ADDED in words_of(page)
        assert Passkey.objects.get().user == keeper

    def test_question_serves_once_and_only_the_newest(self, clerk):
        browser, machine = sign_in(clerk), Authenticator()
        old = question_on(browser.get(ADD))
        question_on(browser.get(ADD))
        assert NOT_ADDED in words_of(browser.post(ADD, {"passkey": machine.make(old)}))

    def test_question_of_signing_in_is_none_for_adding(self, clerk):
        machine = passkey_of(clerk)
        browser = sign_in(clerk)
        question = question_on(browser.get(CODE))
        assert browser.post(ADD, {"passkey": machine.make(question)}).url == CODE

    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "192.168.1.5"])
    def test_at_a_bare_number_nothing_offers_it(self, clerk, settings, host):
        settings.ALLOWED_HOSTS = ["*"]
        browser = sign_in(clerk, headers={"host": host})
        page = browser.get(SET_UP)
        assert page.status_code == 200
        assert ADD not in page.content.decode()
        assert browser.get(ADD).status_code == 404
        make_recovery_codes(user=clerk)
        passkey_of(clerk)
        assert "data-question" not in sign_in(clerk, headers={"host": host}).get(CODE).content.decode()


class TestUsing:
    def test_key_opens_and_the_browser_gets_a_new_session_number(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        before = browser.session.session_key
        assert browser.post(CODE, {"passkey": machine.sign(question), "next": OFFICE}).url == OFFICE
        assert browser.session.session_key != before
        assert browser.get(OFFICE).status_code == 200
        assert Passkey.objects.get().used_at is not None
        assert actions() == ["account.passkey_use"]
        assert not SignInTry.objects.filter(kind="code").exists()

    def test_log_names_the_account_and_nothing_else(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        browser.post(CODE, {"passkey": machine.sign(question)})
        line = AuditEntry.objects.get()
        assert (line.subject, line.by, line.data, line.reason) == (clerk.username, clerk, {}, "")

    def test_recovery_code_opens_without_scripts_and_elsewhere(self, clerk):
        passkey_of(clerk)
        code = make_recovery_codes(user=clerk)[0]
        browser = sign_in(clerk)
        page = words_of(browser.get(CODE))
        assert "Mã dự phòng" in page
        assert "Mã 6 số" not in page
        assert browser.post(CODE, {"code": code, "next": OFFICE}).url == OFFICE

    def test_answer_does_not_open_a_second_time(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        answer = machine.sign(question)
        browser.post(CODE, {"passkey": answer})
        StaffSession.objects.update(verified_at=None)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": answer}))
        assert browser.get(OFFICE).url.startswith(CODE)

    def test_answer_of_another_session_opens_nothing(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        other = sign_in(clerk)
        other.get(CODE)
        assert REFUSED in words_of(other.post(CODE, {"passkey": machine.sign(question)}))
        assert browser.post(CODE, {"passkey": machine.sign(question)}).status_code == 302

    def test_answer_that_nobody_asked_for_opens_nothing(self, clerk):
        machine = passkey_of(clerk)
        browser = sign_in(clerk)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": machine.sign({"challenge": "A" * 43})}))

    def test_question_made_up_by_the_asked_opens_nothing(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        page = browser.post(CODE, {"passkey": machine.sign({**question, "challenge": "A" * 43})})
        assert REFUSED in words_of(page)

    def test_without_the_password_there_is_nobody_to_ask(self, clerk):
        _browser, machine, question = at_the_second_step(clerk)
        assert Client().post(CODE, {"passkey": machine.sign(question)}).url == LOGIN

    def test_question_grows_old(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        StaffSession.objects.update(asked_at=timezone.now() - timedelta(minutes=5, seconds=1))
        assert REFUSED in words_of(browser.post(CODE, {"passkey": machine.sign(question)}))

    def test_question_from_a_clock_that_ran_ahead_is_none(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        StaffSession.objects.update(asked_at=timezone.now() + timedelta(minutes=2))
        assert REFUSED in words_of(browser.post(CODE, {"passkey": machine.sign(question)}))

    def test_key_of_a_colleague_opens_nothing(self, clerk, keeper):
        browser, _machine, question = at_the_second_step(clerk)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": passkey_of(keeper).sign(question)}))

    def test_number_of_the_key_is_not_the_key(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        forged = Authenticator(number=machine.number)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": forged.sign(question)}))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"origin": "https://testserver"},
            {"origin": "http://gia-mao.vn"},
            {"host": "gia-mao.vn"},
            {"flags": FLAG.UP},
            {"flags": FLAG.UV},
        ],
        ids=str,
    )
    def test_signature_for_another_site_or_without_its_owner_opens_nothing(self, clerk, wrong):
        browser, machine, question = at_the_second_step(clerk)
        for name, value in wrong.items():
            setattr(machine, name, value)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": machine.sign(question)}))
        assert browser.get(OFFICE).url.startswith(CODE)

    def test_answer_of_making_a_key_is_none_for_using_it(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": machine.make(question)}))

    @pytest.mark.parametrize(
        "answer", ["x", "null", "[]", "{}", '{"rawId": 1}', "[" * 9_000, '{"id": "a", "rawId": "a", "response": {}}']
    )
    def test_what_is_no_answer_is_refused_in_words(self, clerk, answer):
        browser, _machine, _question = at_the_second_step(clerk)
        assert REFUSED in words_of(browser.post(CODE, {"passkey": answer}))

    def test_key_made_under_another_name_of_the_site_is_not_asked(self, clerk):
        passkey_of(clerk, host="ten-cu.vn")
        page = sign_in(clerk).get(CODE).content.decode()
        assert "data-question" not in page
        assert "Mã dự phòng" in page


class TestCount:
    """A count that does not go on: somebody else holds a copy of the key."""

    @pytest.mark.parametrize("count", [41, 40, 0])
    def test_it_is_refused_and_logged(self, clerk, count):
        browser, machine, question = at_the_second_step(clerk, count=41)
        machine.count = count
        assert REFUSED in words_of(browser.post(CODE, {"passkey": machine.sign(question)}))
        assert actions() == ["account.passkey_copied"]
        assert (Passkey.objects.get().sign_count, Passkey.objects.get().used_at) == (41, None)

    def test_count_that_goes_on_is_kept(self, clerk):
        browser, machine, question = at_the_second_step(clerk, count=41)
        machine.count = 42
        assert browser.post(CODE, {"passkey": machine.sign(question)}).status_code == 302
        assert Passkey.objects.get().sign_count == 42

    def test_forged_signature_does_not_accuse_the_owner(self, clerk):
        browser, machine, question = at_the_second_step(clerk, count=41)
        browser.post(CODE, {"passkey": Authenticator(number=machine.number, count=3).sign(question)})
        assert actions() == []


class TestTries:
    def test_five_wrong_answers_ask_for_the_password_again(self, clerk):
        browser, _machine, _question = at_the_second_step(clerk)
        answers = [browser.post(CODE, {"passkey": "x"}) for _try in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
        assert answers[-1].url == LOGIN

    def test_they_count_with_wrong_codes_and_make_the_right_one_wait(self, clerk):
        machine = passkey_of(clerk)
        for wrong in ({"passkey": "x"}, {"code": "000000"}):
            browser = sign_in(clerk)
            for _try in range(3):
                browser.post(CODE, wrong)
        browser = sign_in(clerk)
        answer = browser.post(CODE, {"passkey": machine.sign(question_on(browser.get(CODE)))})
        assert answer.status_code == 429
        assert "Đợi" in words_of(answer)
        assert browser.get(OFFICE).url.startswith(CODE)

    def test_page_after_a_wrong_answer_asks_anew_and_keeps_none_of_it(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        wrong = machine.sign({**question, "challenge": "A" * 43})
        page = browser.post(CODE, {"passkey": wrong})
        assert wrong[:60] not in page.content.decode().replace("&quot;", '"')
        assert browser.post(CODE, {"passkey": machine.sign(question_on(page))}).status_code == 302


class TestTakingAway:
    def remove(self, passkey: Passkey) -> str:
        return reverse("door:remove_passkey", args=[passkey.pk])

    def test_one_of_two_ways_goes_after_a_proof_with_the_key_itself(self, clerk):
        telephone_of(clerk)
        machine = passkey_of(clerk)
        browser = through_the_door(clerk)
        address = self.remove(Passkey.objects.get())
        assert address in browser.get(OWN).content.decode()
        question = question_on(browser.get(address))
        assert Passkey.objects.exists()
        assert browser.post(address, {"passkey": machine.sign(question)}).url == OWN
        assert not Passkey.objects.exists()
        assert actions() == ["account.passkey_use", "account.passkey_remove"]
        assert recovery_codes_left(clerk) == 10

    def test_open_computer_is_not_enough(self, clerk):
        telephone_of(clerk)
        passkey_of(clerk)
        browser = through_the_door(clerk)
        assert browser.post(self.remove(Passkey.objects.get())).status_code == 200
        assert browser.post(self.remove(Passkey.objects.get()), {"code": "000000"}).status_code == 200
        assert Passkey.objects.exists()

    def test_last_way_stays_where_the_role_wants_one(self, clerk):
        machine = passkey_of(clerk)
        browser = through_the_door(clerk)
        address = self.remove(Passkey.objects.get())
        assert address not in browser.get(OWN).content.decode()
        page = browser.post(address, {"passkey": machine.sign(question_on(browser.get(address)))})
        assert "Đây là cách vào cuối cùng" in words_of(page)
        assert Passkey.objects.exists()
        assert "account.passkey_remove" not in actions()

    def test_with_the_last_way_of_a_leader_the_step_goes(self, chair):
        machine = passkey_of(chair)
        browser = through_the_door(chair)
        address = self.remove(Passkey.objects.get())
        browser.post(address, {"passkey": machine.sign(question_on(browser.get(address)))})
        assert not has_factor(chair)
        assert recovery_codes_left(chair) == 0
        assert sign_in(chair).get("/quan-tri/tien-do/").status_code == 200

    def test_key_of_a_colleague_is_not_there(self, clerk, keeper):
        key = telephone_of(clerk)
        passkey_of(keeper)
        browser = through_the_door(clerk)
        assert browser.post(self.remove(Passkey.objects.get()), {"code": code_of(key)}).status_code == 404
        assert Passkey.objects.exists()

    def test_administrators_reset_takes_them_along(self, clerk, keeper):
        passkey_of(clerk)
        telephone_of(keeper)
        browser = through_the_door(keeper)
        assert "có 1 khóa truy cập" in words_of(browser.get(reverse("door:account", args=[clerk.pk])))
        browser.post(reverse("door:take_factor_off", args=[clerk.pk]))
        assert not has_factor(clerk)
        assert sign_in(clerk).get(OFFICE).url.startswith(SET_UP)

    def test_colleague_who_leaves_takes_telephone_and_keys_along(self, clerk, keeper):
        telephone_of(clerk)
        passkey_of(clerk)
        close_with_handover(user=clerk, successor=keeper, reason="chuyển công tác", by=keeper)
        assert not Passkey.objects.exists()
        assert not TOTPDevice.objects.exists()
        assert actions()[-1] == "account.factor_off"

    def test_closed_account_does_not_get_as_far_as_its_key(self, clerk):
        browser, machine, question = at_the_second_step(clerk)
        clerk.is_active = False
        clerk.save()
        assert browser.post(CODE, {"passkey": machine.sign(question)}).url == LOGIN
        assert sign_in(clerk).get(CODE).url == LOGIN


def test_account_with_a_key_alone_may_add_a_telephone_after_a_proof(clerk):
    machine = passkey_of(clerk)
    browser = through_the_door(clerk)
    confirm = reverse("door:confirm", args=["them-ma"])
    assert confirm in browser.get(OWN).content.decode()
    assert browser.get(SET_UP).url == confirm
    assert browser.post(confirm, {"passkey": machine.sign(question_on(browser.get(confirm)))}).url == SET_UP
    assert browser.get(SET_UP).status_code == 200
