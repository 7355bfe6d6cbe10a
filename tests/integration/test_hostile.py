"""Hundreds of hostile inputs over every public address, form, header and cookie: 4xx or a clean page, never 500."""

import logging
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from portal.core.models import User
from portal.households.models import Household
from tests.factories.campaign import ActivityPageFactory
from tests.factories.games import RoundFactory
from tests.factories.home import DocumentPageFactory
from tests.factories.households import CertificateFactory, HouseholdFactory, VillageFactory
from tests.hostile import COOKIES, HEADERS, SCRIPT, TOO_MUCH, VALUES, Form, broken_bodies, forms_on
from tests.routes import routes

pytestmark = pytest.mark.django_db
SIGN_IN = {"wagtailadmin_login", "wagtailadmin_logout"}
OPEN = [route for route in routes() if not route.is_staff or route.name in SIGN_IN]
WITH_ARGUMENTS = [route for route in OPEN if "<" in route.route or "(" in route.route]
FORM_PAGES = (
    *("/dang-ky/", "/nho-giup/", "/tra-cuu/", "/xac-minh/", "/tu-kiem-tra/", "/minigame/tin-that/"),
    *("/minigame/bai/", "/hoat-dong/dang-ky/"),
)
QUERY = ("q", "trang", "loai", "tiep", "ma", "next", "thon", "nam", "chu-de", "token", "draft", "code", "page", "sua")


@pytest.fixture(autouse=True)
def _quiet():
    """Thousands of refusals need not be written out."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def column(site_tree):
    """Something behind every public address."""
    VillageFactory(number=1, name="Thôn 1 (mẫu)")
    round_ = RoundFactory()
    activity = ActivityPageFactory(seats=3)
    DocumentPageFactory()
    CertificateFactory()
    return [*FORM_PAGES, f"/minigame/{round_.game.slug}/vong-{round_.number}/du-thi/", f"{activity.url}dang-ky/"]


def assert_clean(response, what: str) -> None:
    assert response.status_code < 500, f"{what}: {response.status_code}"
    assert "stolen" not in response.cookies, what
    assert urlsplit(response.headers.get("Location", "")).netloc in {"", "testserver"}, what
    if not response.streaming and "html" in response.headers.get("Content-Type", ""):
        shown = response.content.decode()
        assert SCRIPT not in shown, what
        assert "<img src=x" not in shown, what
        assert "Traceback" not in shown, what
        assert "root:x:0" not in shown, what


def test_there_are_more_than_two_hundred():
    assert len(VALUES) * (len(WITH_ARGUMENTS) + len(FORM_PAGES)) + len(HEADERS) + len(COOKIES) > 200


def test_in_the_address(visitor, column, settings):
    Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)  # in a folder that is there, a name can be too long
    for route in WITH_ARGUMENTS:
        parts = route.address.rstrip("/").split("/") if route.address != "/" else ["", "tin-tuc", "1"]
        for name, value in VALUES.items():
            bytes_ = value.encode("utf-8", "surrogateescape" if name == "overlong dot" else "surrogatepass")
            # What is fixed in an address leads to the page tree when it is changed, and that one is walked as well.
            for place in [place for place, part in enumerate(parts) if part[-1:] == "1"]:
                changed = [*parts]
                changed[place] = quote(bytes_[:2000], safe="")
                for ending in ("/", ""):
                    assert_clean(visitor.get("/".join(changed) + ending), f"{name} in {route.address}")


def test_in_the_query(visitor, column):
    for route in OPEN:
        for name, value in VALUES.items():
            raw = quote(value.encode("utf-8", "surrogatepass")[:4000], safe="")
            query = "&".join(f"{key}={raw}" for key in QUERY)
            assert_clean(visitor.get(f"{route.address}?{query}"), f"{name} asked of {route.address}")


def posted(form: Form, value: str, *, with_hidden: bool) -> dict[str, str]:
    clean = value.encode("utf-8", "replace").decode()
    boxes = dict.fromkeys(form.boxes, clean)
    return {**(dict.fromkeys(form.hidden, clean) if with_hidden else form.hidden), **boxes}


def test_in_every_box_of_every_form(visitor, column):
    sent = 0
    for address in column:
        page = visitor.get(address)
        assert page.status_code == 200, address
        for form in forms_on(page.content.decode()):
            target = form.action if form.action.startswith("/") else address
            for name, value in VALUES.items():
                for with_hidden in (False, True):
                    data = posted(form, value, with_hidden=with_hidden)
                    assert_clean(visitor.post(target, data), f"{name} in the boxes of {address}")
                    sent += 1
    assert sent > 400


def test_in_one_box_at_a_time_with_the_others_in_order(visitor, column):
    for address in column:
        for form in forms_on(visitor.get(address).content.decode()):
            target = form.action if form.action.startswith("/") else address
            for box in form.boxes:
                for name in ("nul", "oversized", "beyond the database", "script", "unpaired surrogate", "other digits"):
                    clean = VALUES[name].encode("utf-8", "replace").decode()
                    data = {**form.hidden, **{key: given or "1" for key, given in form.boxes.items()}, box: clean}
                    assert_clean(visitor.post(target, data), f"{name} in {box} of {address}")


def test_bodies_that_no_browser_sends(visitor, column):
    for what, kind, body in broken_bodies():
        for address in (*column, "/quan-tri/login/", "/tra-cuu/dong-y/", "/tra-cuu/du-lieu/", "/tim-kiem/"):
            assert_clean(visitor.generic("POST", address, body, content_type=kind), f"{what} to {address}")


def test_fields_that_no_form_has_change_nothing(visitor, column):
    before = Household.objects.count()
    for address in column:
        for form in forms_on(visitor.get(address).content.decode()):
            target = form.action if form.action.startswith("/") else address
            assert_clean(visitor.post(target, {**form.hidden, **TOO_MUCH}), address)
    assert Household.objects.count() == before
    assert not User.objects.filter(is_superuser=True).exists()


def test_in_headers(visitor, column):
    for header in HEADERS:
        for name, value in VALUES.items():
            line = value.encode("utf-8", "surrogatepass").decode("latin-1")[:4000]
            for address in ("/", "/tim-kiem/?q=x", "/quan-tri/login/", "/quan-tri/", "/metrics"):
                assert_clean(visitor.get(address, headers={header: line}), f"{name} in {header}")


def test_in_cookies(column):
    for cookie in COOKIES:
        for name, value in VALUES.items():
            # As it comes off the wire: bytes, of which the server makes letters one by one.
            line = f"{cookie}=" + value.encode("utf-8", "surrogatepass").decode("latin-1")[:4000]
            visitor = Client(raise_request_exception=False, headers={"cookie": line})
            for address in ("/", "/quan-tri/login/", "/quan-tri/", column[-2]):
                assert_clean(visitor.get(address), f"{name} in {cookie}")
            data = {"username": "x", "password": "y"}
            assert_clean(visitor.post("/quan-tri/login/", data), f"{name} in {cookie}, signing in")


def test_foreign_host_is_refused(visitor, column):
    for host in ("evil.example", "testserver:99999", "[::1", "testserver\r\nX: y", "a" * 300):
        answer = visitor.get("/", headers={"host": host})
        assert answer.status_code in {200, 400}
        assert "evil.example" not in answer.content.decode()


def test_other_methods_change_nothing(visitor, column):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "<X>"):
        for route in OPEN:
            answer = visitor.generic(method, route.address, b"x", content_type="text/plain")
            assert_clean(answer, f"{method} {route.address}")


def test_walking_numbers_and_codes_tells_nothing(visitor, column):
    household = HouseholdFactory()
    for number in (0, 1, -1, 2**31, 2**63, 2**70, "1e3", "01", " 1", "%31"):
        for address in (f"/tai-lieu/{number}/x.pdf", f"/hoat-dong/dang-ky/{number}/", f"/minigame/bai/{number}/"):
            assert_clean(visitor.get(address), address)
    shown = visitor.post("/tra-cuu/", {"code": household.code, "secret": "000000"}).content.decode()
    assert household.head_name not in shown
