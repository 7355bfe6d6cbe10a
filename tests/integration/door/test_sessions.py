"""Sessions end when they should: left alone, taken away, account closed, password changed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.access.sessions import close_stale_sessions
from portal.core.models import AuditEntry, StaffSession
from tests.factories.access import StaffSessionFactory
from tests.factories.core import PASSWORD, UserFactory
from tests.second_factor import LOGIN, pass_second_step, sign_in, telephone_of, words_of

pytestmark = pytest.mark.django_db
DESK = "/quan-tri/tien-do/"
OWN = "/quan-tri/an-toan/"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def admin(keeper) -> Client:
    telephone_of(keeper)
    browser = sign_in(keeper)
    pass_second_step(browser)
    return browser


class TestLeftAlone:
    def test_asks_again_after_twelve_hours(self, chair, clock):
        browser = sign_in(chair)
        clock.shift(timedelta(hours=11, minutes=59))
        assert browser.get(DESK).status_code == 200
        clock.shift(timedelta(hours=12, minutes=1))
        answer = browser.get(DESK, follow=True)
        assert answer.redirect_chain == [(f"{LOGIN}?next={DESK}", 302)]
        assert "Hết phiên đăng nhập. Đăng nhập lại để làm tiếp." in words_of(answer)

    def test_busy_machine_asks_again_after_a_week(self, chair, clock):
        browser = sign_in(chair)
        for _half_day in range(13):
            clock.shift(timedelta(hours=11))
            assert browser.get(DESK).status_code == 200
        for _half_day in range(3):
            clock.shift(timedelta(hours=11))
            answer = browser.get(DESK)
        assert answer.url.startswith(LOGIN)

    def test_reading_writes_only_now_and_then(self, chair, clock):
        browser = sign_in(chair)
        browser.get(OWN)
        clock.shift(timedelta(minutes=1))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(OWN)
        assert not [q for q in asked if q["sql"].startswith("UPDATE")]
        clock.shift(timedelta(minutes=6))
        with CaptureQueriesContext(connection) as asked:
            browser.get(OWN)
        assert [q for q in asked if q["sql"].startswith('UPDATE "core_staffsession"')]


class TestTakenAway:
    def test_own_other_machine(self, chair):
        here, there = sign_in(chair), sign_in(chair)
        here.post(reverse("door:sign_out_machines"), {"may": there.session["phien"]})
        assert there.get(DESK).url.startswith(LOGIN)
        assert here.get(DESK).status_code == 200

    def test_all_other_machines(self, chair):
        here, *there = (sign_in(chair) for _machine in range(3))
        assert "Đã đăng xuất 2 máy." in words_of(here.post(reverse("door:sign_out_machines"), follow=True))
        assert all(browser.get(DESK).url.startswith(LOGIN) for browser in there)
        assert here.get(DESK).status_code == 200

    def test_machine_of_somebody_else_is_out_of_reach(self, chair):
        other = StaffSessionFactory()
        sign_in(chair).post(reverse("door:sign_out_machines"), {"may": str(other.number)})
        other.refresh_from_db()
        assert other.ended_at is None

    def test_administrator_ends_them_all(self, admin, chair):
        machines = [sign_in(chair) for _machine in range(2)]
        admin.post(reverse("door:sign_out", args=[chair.pk]))
        assert all(browser.get(DESK).url.startswith(LOGIN) for browser in machines)
        line = AuditEntry.objects.get(action="account.sessions_end")
        assert (line.subject, line.data) == ("lanh-dao", {"sessions": 2})

    @pytest.mark.parametrize("page", ["account", "sign_out", "take_factor_off", "close"])
    def test_pages_about_accounts_are_the_administrators(self, page, chair, admin):
        address = reverse(f"door:{page}", args=[chair.pk])
        assert Client().get(address).url.startswith(LOGIN)
        assert sign_in(chair).get(address).status_code == 404
        assert admin.get(address).status_code in {200, 405}

    def test_closed_account_is_out_at_once_everywhere(self, chair):
        machines = [sign_in(chair) for _machine in range(2)]
        chair.is_active = False
        chair.save()
        assert all(browser.get(DESK).url.startswith(LOGIN) for browser in machines)
        assert set(StaffSession.objects.values_list("ended_because", flat=True)) == {"disabled"}

    def test_role_taken_away_closes_its_pages_at_once(self, chair):
        browser = sign_in(chair)
        chair.groups.clear()
        assert browser.get(DESK).status_code == 404

    def test_new_password_ends_the_others_and_spares_the_one_it_was_changed_in(self, chair):
        here, there = sign_in(chair), sign_in(chair)
        form = {"password-old_password": PASSWORD}
        form |= {f"password-new_password{n}": "Con trâu cày ruộng 88" for n in (1, 2)}
        form |= {"name_email-full_name": "Lãnh đạo", "name_email-email": "", "theme-theme": "system"}
        form |= {"theme-contrast": "system", "theme-density": "default"}
        form |= {"theme-keyboard_shortcuts": "on"}
        here.post(reverse("wagtailadmin_account"), form)
        assert there.get(DESK).url.startswith(LOGIN)
        assert here.get(DESK).status_code == 200


def test_session_without_its_row_opens_nothing(chair):
    browser = sign_in(chair)
    StaffSession.objects.all().delete()
    assert browser.get(DESK).url.startswith(LOGIN)


def test_signing_out_ends_the_row(chair):
    sign_in(chair).post("/quan-tri/logout/")
    assert StaffSession.objects.get().ended_because == "out"


def test_own_page_lists_the_machines(chair):
    agent = "Mozilla/5.0 (Linux; Android 11; SM-A025F) AppleWebKit/537.36 Chrome/119.0 Mobile Safari/537.36"
    sign_in(chair, Client(REMOTE_ADDR="198.51.100.77", headers={"user-agent": agent}))
    words = words_of(sign_in(chair).get(OWN))
    assert "Chrome, điện thoại Android" in words
    assert "198.51.100.0/24" in words
    assert "198.51.100.77" not in words


def test_old_sessions_are_closed_and_forgotten(clock):
    session = StaffSessionFactory(user=UserFactory())
    clock.shift(timedelta(hours=13))
    assert close_stale_sessions() == 0
    session.refresh_from_db()
    assert session.ended_because == "idle"
    clock.shift(timedelta(days=91))
    assert close_stale_sessions() == 1
