"""No public form is forgotten by `make scan`: its list is compared with the templates and with the routes."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from django.test import Client

from portal.core.public_forms import FormToken
from tests.routes import routes
from tests.scan import refreshing
from tests.scan.kinds import KINDS, OTHER_ROUTES, OTHER_TEMPLATES, Kind
from tests.scan.refreshing import with_fresh_boxes

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
#: What the staff's pages are made of, ours and Wagtail's.
STAFF_FRAMES = re.compile(r"households/desk\.html|wagtailadmin/.*")


def texts() -> dict[str, str]:
    return {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}


def frames_of(name: str, sources: dict[str, str]) -> set[str]:
    """The outermost templates that the template appears in, through “extends” and “include”."""
    frames, waiting, seen = set(), [name], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if STAFF_FRAMES.fullmatch(one) or one not in sources:
            frames.add(one)
            continue
        above = re.findall(r'{% extends "?([^" ]+)"? %}', sources[one])
        above += [other for other, text in sources.items() if f'{{% include "{one}"' in text]
        frames |= set() if above else {one}
        waiting += above
    return frames


def is_public(name: str, sources: dict[str, str]) -> bool:
    return not all(STAFF_FRAMES.fullmatch(frame) for frame in frames_of(name, sources))


def forms_in(sources: dict[str, str]) -> dict[str, int]:
    """{public template: how many forms stand in it}"""
    counted = {name: text.count("<form") for name, text in sources.items()}
    return {name: number for name, number in counted.items() if number and is_public(name, sources)}


def kinds_in(template: str) -> list[Kind]:
    return [kind for kind in KINDS if kind.template == template]


def test_scan_names_every_template_with_a_public_form():
    named = {kind.template for kind in KINDS if kind.template} | set(OTHER_TEMPLATES)
    assert set(forms_in(texts())) == named


def test_scan_names_every_form_of_a_template():
    """A second form beside one that is named is not overlooked."""
    assert not {
        name: number
        for name, number in forms_in(texts()).items()
        if name not in OTHER_TEMPLATES and len(kinds_in(name)) < number
    }


def test_template_with_a_form_on_a_public_page_is_found():
    sources = {**texts(), "home/new_page.html": '{% extends "base.html" %}{% include "home/new_box.html" %}'}
    sources |= {"home/new_box.html": '<form method="post"></form>', "home/desk/new.html": "<form>"}
    sources["home/desk/frame.html"] = '{% extends "households/desk.html" %}{% include "home/desk/new.html" %}'
    new = set(forms_in(sources)) - set(forms_in(texts()))
    assert new == {"home/new_box.html"}


@pytest.mark.django_db
@pytest.mark.parametrize("route", [route for route in routes() if not route.is_staff], ids=lambda route: route.route)
def test_scan_names_every_public_route_that_takes_a_form(client: Client, route):
    answer = client.post(route.address)
    named = any(kind.method == "post" and re.fullmatch(kind.path, route.address) for kind in KINDS)
    assert named == (answer.status_code != 405 and route.name not in OTHER_ROUTES)


class TestRefreshing:
    """What stands between a scanner and the site renews what the site has signed, and nothing else."""

    @pytest.fixture(autouse=True)
    def _rounds(self, db: None) -> None:
        refreshing._rounds.cache_clear()

    def test_token_is_another_one_and_read_for_a_while(self):
        old = FormToken.new()
        (name, signed), other = parse_qsl(
            with_fresh_boxes(f"token={quote(old.signed)}&name=a%26b".encode(), "").decode()
        )
        new = FormToken.read(signed)
        assert (name, other) == ("token", ("name", "a&b"))
        assert new is not None
        assert new.uuid != old.uuid
        assert not new.is_hasty

    @pytest.mark.parametrize("spoilt", ["'", " AND 1=1", "\x00", ":"])
    def test_spoilt_token_goes_on_as_it_is(self, spoilt):
        body = urlencode({"token": FormToken.new().signed + spoilt, "step": "send"}).encode()
        assert with_fresh_boxes(body, "application/x-www-form-urlencoded") == body

    def test_token_beside_a_file_is_renewed(self):
        old = FormToken.new().signed
        body = f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{old}\r\n--x--\r\n'.encode()
        new = with_fresh_boxes(body, "multipart/form-data; boundary=x")
        assert new != body
        assert new.replace(new.split(b"\r\n")[3], old.encode()) == body
