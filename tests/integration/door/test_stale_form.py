"""A form that is sent in a session that has ended comes back after signing in, to the same person alone."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core import typed
from portal.core.access.sessions import end_sessions
from portal.core.models import EndReason
from portal.households.models import Visit
from portal.households.permissions import TEAM_GROUP
from tests.factories.core import PASSWORD, UserFactory
from tests.factories.files import picture_bytes
from tests.factories.households import HouseholdFactory, TeamMembershipFactory, VillageFactory
from tests.second_factor import LOGIN, sign_in, words_of

pytestmark = pytest.mark.django_db
AGAIN = "/quan-tri/gui-lai/"
HOME = "/quan-tri/"
FROM_A_PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml", "HTTP_ORIGIN": "http://testserver"}
NOTE = 'Cháu nội <b>cuối tuần</b> mới về\r\nhẹn "chiều" thứ Bảy'
BOX = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def member_of(village):
    user = UserFactory(groups=[TEAM_GROUP])
    TeamMembershipFactory(user=user, village=village)
    return user


@pytest.fixture
def family(db):
    return HouseholdFactory(village=VillageFactory())


@pytest.fixture
def member(family):
    return member_of(family.village)


@pytest.fixture
def address(family):
    return reverse("team:visit", args=[family.code])


@pytest.fixture
def phone(member):
    """A telephone that was signed in, whose session has ended since."""
    browser = sign_in(member)
    end_sessions(user=member, because=EndReason.REVOKED)
    return browser


def visit(**changes):
    keys = ("1", "2", "3", "4a", "5")
    return {
        "client_id": str(uuid4()),
        "corrects": "",
        "visited_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "capable_member": "con-lon",
        "note": NOTE,
        **{f"result_{key}": "dat" for key in keys},
        **{f"basis_{key}": "thay" for key in keys},
        **changes,
    }


def boxes_of(page):
    found = BOX.findall(page.content.decode())
    return {unescape(name): unescape(value) for name, value in found if name != typed.PAGE_MARK}


def come_back(browser, user):
    """Sign in on the page that the form led to, and go where it leads."""
    asked = browser.post(f"{LOGIN}?next={AGAIN}", {"username": user.username, "password": PASSWORD, "next": AGAIN})
    assert asked.url == AGAIN
    return browser.get(AGAIN)


def test_what_was_typed_is_sent_with_one_press_after_signing_in(phone, member, address):
    sent = visit()
    door = phone.post(address, sent, follow=True, **FROM_A_PAGE)
    assert door.redirect_chain == [(f"{LOGIN}?next={AGAIN}", 302)]
    assert "Chữ vừa điền còn giữ" in words_of(door)
    assert not Visit.objects.exists()
    page = come_back(phone, member)
    assert f'action="{address}"' in page.content.decode()
    assert boxes_of(page) == sent
    assert "no-store" in page["Cache-Control"]
    assert phone.post(address, boxes_of(page)).url == reverse("team:household", args=[address.split("/")[-3]])
    assert Visit.objects.get().note == NOTE
    assert phone.get(AGAIN).url == HOME


def test_machine_that_was_left_alone_keeps_it_too(member, address, time_machine):
    time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
    browser = sign_in(member)
    time_machine.shift(timedelta(hours=13))
    assert browser.post(address, visit(), **FROM_A_PAGE).url == f"{LOGIN}?next={AGAIN}"
    assert boxes_of(come_back(browser, member))["note"] == NOTE


def test_somebody_else_on_the_same_machine_does_not_see_it(phone, family, address):
    phone.post(address, visit(), **FROM_A_PAGE)
    assert come_back(phone, member_of(family.village)).url == HOME
    assert Client().get(AGAIN).url == f"{LOGIN}?next={AGAIN}"


def test_it_waits_an_hour_and_no_longer(phone, member, address, time_machine):
    time_machine.move_to("2026-11-26T03:00:00Z", tick=False)
    phone.post(address, visit(), **FROM_A_PAGE)
    assert Session.objects.latest("expire_date").expire_date <= timezone.now() + timedelta(hours=1)
    time_machine.shift(timedelta(minutes=59))
    assert boxes_of(come_back(phone, member))["note"] == NOTE
    time_machine.shift(timedelta(minutes=2))
    assert phone.get(AGAIN).url == HOME
    assert NOTE not in str(dict(phone.session))


def test_session_after_it_is_as_long_as_any(phone, member, address, settings):
    phone.post(address, visit(), **FROM_A_PAGE)
    come_back(phone, member)
    assert phone.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_it_can_be_thrown_away(phone, member, address):
    phone.post(address, visit(), **FROM_A_PAGE)
    come_back(phone, member)
    assert "Đã bỏ phiếu, không gửi." in words_of(phone.post(AGAIN, follow=True))
    assert phone.get(AGAIN).url == HOME
    assert NOTE not in str(dict(phone.session))


def test_words_are_kept_and_the_picture_has_to_be_added_again(phone, member, address):
    picture = SimpleUploadedFile("nha.jpg", picture_bytes(), "image/jpeg")
    phone.post(address, visit(evidence=picture), **FROM_A_PAGE)
    page = come_back(phone, member)
    assert boxes_of(page)["note"] == NOTE
    assert "Ảnh và tệp kèm theo thì máy không giữ được" in words_of(page)


def test_an_article_of_many_thousand_words_is_kept(phone, member, address):
    article = "Bà con Hrê đọc sách. " * 20_000
    phone.post(address, visit(note=article), **FROM_A_PAGE)
    assert boxes_of(come_back(phone, member))["note"] == article


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"new_password1": "chim-sẻ-bay"}, FROM_A_PAGE),
        ({"note": "x" * (typed.MOST_TYPED_KEPT + 1)}, FROM_A_PAGE),
        ({}, {**FROM_A_PAGE, "HTTP_ORIGIN": "https://ke-gian.example"}),
        ({}, {**FROM_A_PAGE, "HTTP_ACCEPT": "application/json"}),
    ],
    ids=["password", "longer than any article", "another site's form", "a script's own sending"],
)
def test_what_must_not_be_kept_is_not(phone, member, address, changes, headers):
    assert phone.post(address, visit(**changes), **headers).url == f"{LOGIN}?next={address}"
    assert come_back(phone, member).url == HOME


def test_who_never_was_signed_in_stores_nothing(address):
    before = Session.objects.count()
    stranger = Client()
    assert stranger.post(address, visit(), **FROM_A_PAGE).url == f"{LOGIN}?next={address}"
    assert Session.objects.count() == before
    assert not stranger.cookies.get("sessionid")


class TestPageFromBeforeSigningIn:
    """Signed in anew in another tab: the page in the first one has a token that is no more."""

    @pytest.fixture
    def two_tabs(self, member, address):
        browser = Client(enforce_csrf_checks=True)
        self.enter(browser, member)
        old = self.token_in(browser.get(address))
        browser.post("/quan-tri/logout/", {"csrfmiddlewaretoken": old})
        self.enter(browser, member)
        return browser, old

    def enter(self, browser, user):
        token = self.token_in(browser.get(LOGIN))
        browser.post(LOGIN, {"username": user.username, "password": PASSWORD, "csrfmiddlewaretoken": token})

    def token_in(self, page):
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]

    def test_what_was_typed_comes_back_and_is_taken_the_second_time(self, two_tabs, address):
        browser, old = two_tabs
        sent = visit()
        page = browser.post(address, {**sent, "csrfmiddlewaretoken": old}, **FROM_A_PAGE)
        assert page.status_code == 403
        assert "Chữ vừa điền còn giữ ở trang này" in words_of(page)
        again = boxes_of(page)
        assert again == sent
        browser.post(address, {**again, "csrfmiddlewaretoken": self.token_in(page)}, **FROM_A_PAGE)
        assert Visit.objects.count() == 1

    @pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://ke-gian.example"}, {"HTTP_ORIGIN": "null"}])
    def test_what_may_come_from_another_site_is_not_offered(self, two_tabs, address, origin):
        browser, old = two_tabs
        page = browser.post(address, {**visit(), "csrfmiddlewaretoken": old}, HTTP_ACCEPT="text/html", **origin)
        assert page.status_code == 403
        assert NOTE.split("\r", maxsplit=1)[0] not in page.content.decode()
        assert "Gửi lại" not in words_of(page)
