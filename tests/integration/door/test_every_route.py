"""Every address of the site and the admin: each has a rule, and no state short of “through the door” opens it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.core.access.sessions import end_sessions
from portal.core.models import EndReason, StaffSession, User
from portal.households.permissions import OFFICER_GROUP
from tests.factories.core import UserFactory
from tests.integration.admin.screens import Office
from tests.integration.door.role_matrix import ON_THE_WAY, ROLES, rule_of
from tests.routes import Route, routes
from tests.second_factor import CODE, LOGIN, SET_UP, pass_second_step, telephone_of

pytestmark = pytest.mark.django_db
ALL = list(routes())
BEHIND_THE_DOOR = [
    route for route in ALL if route.is_staff and route.name not in ON_THE_WAY and route.route != "quan-tri/login/"
]
IN_THE_OPEN = [route for route in ALL if not route.is_staff]
#: Routes of Wagtail's that exist and are switched off: there is no mail to send a new password with.
SWITCHED_OFF = "password_reset"


@pytest.mark.parametrize("route", ALL, ids=lambda route: route.name or route.route)
def test_route_has_a_rule(route):
    assert rule_of(route) is not None, f"{route.name or route.route} says nobody who may enter"


def test_walk_covers_the_site_and_the_admin():
    assert len(BEHIND_THE_DOOR) > 400
    assert len(IN_THE_OPEN) > 45


@pytest.fixture(scope="module")
def unknown_route() -> Route:
    from django.urls import path

    return Route("moi:trang", "quan-tri/moi/", path("moi/", lambda request: None, name="trang"))


def test_new_route_without_a_rule_is_noticed(unknown_route):
    assert rule_of(unknown_route) is None


def browser_of(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def officer_without_a_telephone() -> Client:
    return browser_of(UserFactory(groups=[OFFICER_GROUP, "Quản trị"]))


def with_the_code_still_owed() -> Client:
    user = UserFactory(groups=[OFFICER_GROUP, "Quản trị"])
    telephone_of(user)
    return browser_of(user)


def _through_the_door() -> tuple[User, Client]:
    user = UserFactory(groups=[OFFICER_GROUP, "Quản trị"])
    telephone_of(user)
    browser = browser_of(user)
    pass_second_step(browser)
    assert browser.get("/quan-tri/so-ho/").status_code == 200
    return user, browser


def left_alone_overnight() -> Client:
    user, browser = _through_the_door()
    StaffSession.objects.filter(user=user).update(seen_at=timezone.now() - timedelta(hours=13))
    return browser


def signed_out_by_an_administrator() -> Client:
    user, browser = _through_the_door()
    end_sessions(user=user, because=EndReason.REVOKED)
    return browser


def account_closed() -> Client:
    user, browser = _through_the_door()
    user.is_active = False
    user.save()
    return browser


STATES = {
    officer_without_a_telephone: SET_UP,
    with_the_code_still_owed: CODE,
    left_alone_overnight: LOGIN,
    signed_out_by_an_administrator: LOGIN,
    account_closed: LOGIN,
    lambda: Client(raise_request_exception=False): LOGIN,
}


@pytest.mark.parametrize(("state", "way"), STATES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_no_staff_address_opens_short_of_the_door(state, way):
    browser, opened = state(), {}
    session = {**browser.cookies}
    for route in BEHIND_THE_DOOR:
        for ask in (browser.get, browser.post):
            # As the browser comes in the morning, not as the walk has left it.
            browser.cookies.update(session)
            answer = ask(route.address)
            led = answer.headers.get("Location", "").startswith(way)
            is_off = SWITCHED_OFF in route.name and answer.status_code == 404
            if not (answer.status_code == 302 and led) and not is_off:
                opened[f"{ask.__name__} {route.name or route.route}"] = answer.status_code
    assert not opened


@pytest.mark.parametrize("state", STATES, ids=lambda value: value.__name__)
def test_in_the_open_he_is_a_stranger(state, site_tree):
    browser, stranger = state(), Client(raise_request_exception=False)
    session = {**browser.cookies}
    for route in IN_THE_OPEN:
        browser.cookies.update(session)
        answer, as_stranger = browser.get(route.address), stranger.get(route.address)
        assert answer.status_code == as_stranger.status_code, route.address
        if hasattr(answer, "wsgi_request") and hasattr(answer.wsgi_request, "user"):
            assert answer.wsgi_request.user.is_anonymous, route.address


@pytest.mark.any_database
@pytest.mark.usefixtures("site_tree")
def test_screen_with_something_on_it_opens_for_its_roles_only(monkeypatch, settings):
    """With real things behind the addresses, so that a refusal is the rule's word and not a missing row's."""
    from django.template import engines

    # Some screens of Wagtail's ask `{% if %}` of what is not there.
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    settings.SECOND_FACTOR_REQUIRED = False
    office = Office()
    rules = {route.name: rule_of(route) for route in ALL if route.name}
    desks = {role: office.desk_of(role) for role in ROLES} | {"no role": office.desk_of("không có")}
    wrong = {}
    for name, address in office.addresses():
        for role in set(desks) - rules[name]:
            status = desks[role].get(address).status_code
            if status not in {302, 403, 404, 405}:
                wrong[f"{role}: {name}"] = status
    assert not wrong
