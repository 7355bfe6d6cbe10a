"""What the browser is told by every answer, with the settings of a server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.observatory import directives, grade_of
from tests.unit.settings.test_production import COMPLETE

ROOT = Path(__file__).resolve().parents[2]
SECURITY = r"^(SECURE_|SESSION_COOKIE_|CSRF_|CONTENT_SECURITY|ADMIN_CONTENT|X_FRAME|PERMISSIONS|ALLOWED_HOSTS)"
READ = f"""
import json, re
from portal.settings import production
names = [name for name in dir(production) if re.match({SECURITY!r}, name)]
print(json.dumps({{name: getattr(production, name) for name in names}}))
"""


def as_on_a_server(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command with the production settings, in a process of its own."""
    given = {**COMPLETE, "SECRET_KEY": "aB3-xY9_" * 10, "DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    given["DJANGO_SETTINGS_MODULE"] = "portal.settings.production"
    return subprocess.run([sys.executable, *words], env=given, cwd=ROOT, capture_output=True, text=True)


@pytest.fixture
def server(tmp_path, settings, db) -> Client:
    """A reader of the site, which has the production settings where they concern safety."""
    outcome = as_on_a_server(tmp_path, "-c", READ)
    assert outcome.returncode == 0, outcome.stderr
    for name, value in json.loads(outcome.stdout).items():
        setattr(settings, name, tuple(value) if name == "SECURE_PROXY_SSL_HEADER" else value)
    return Client(headers={"host": "example.vn", "x-forwarded-proto": "https"})


def test_check_for_deployment_is_silent(tmp_path):
    outcome = as_on_a_server(tmp_path, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout == "System check identified no issues (1 silenced).\n"
    assert not outcome.stderr


@pytest.mark.parametrize(
    "address", ["/", "/dang-ky/", "/tra-cuu/", "/tim-kiem/?q=x", "/khong-co/", "/quan-tri/login/", "/_util/login/"]
)
def test_observatory_says_a_plus(server, site_tree, address):
    response = server.get(address, follow=True)
    grade, findings = grade_of(response)
    assert grade == "A+", findings
    assert findings["csp"].outcome == "csp-implemented-with-no-unsafe-default-src-none"


@pytest.mark.parametrize("address", ["/", "/quan-tri/login/", "/healthz", "/robots.txt", "/khong-co/"])
def test_every_answer_carries_the_whole_set(server, site_tree, address):
    response = server.get(address)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert directives(response)["frame-ancestors"] == ["'self'"]
    assert "upgrade-insecure-requests" in directives(response)


def test_stored_page_carries_them_too(server, site_tree):
    first, second = server.get("/"), server.get("/")
    assert second["ETag"] == first["ETag"]
    assert grade_of(second)[0] == "A+"


def test_without_https_there_is_nothing_but_the_way_there(server):
    answer = Client(headers={"host": "example.vn"}).get("/tra-cuu/")
    assert (answer.status_code, answer["Location"]) == (301, "https://example.vn/tra-cuu/")


def test_staff_pages_of_the_house_are_as_strict_and_only_wagtails_own_are_laxer(officer, leader, editor):
    def scripts(browser: Client, address: str) -> list[str]:
        return directives(browser.get(address))["script-src"]

    assert scripts(officer, reverse("office:index")) == ["'self'"]
    assert scripts(leader, reverse("progress:board")) == ["'self'"]
    assert scripts(editor, reverse("door:own_account")) == ["'self'"]
    assert scripts(editor, "/quan-tri/") == ["'self'", "'unsafe-inline'"]
    lax = directives(editor.get("/quan-tri/"))
    assert lax["script-src-attr"] == ["'none'"]
    assert "'unsafe-eval'" not in lax["script-src"]
    assert not [source for sources in lax.values() for source in sources if "*" in source or "//" in source]


class TestScoring:
    """The ruler itself: what the Observatory marks down is marked down here."""

    def response(self, **changes: str | None) -> HttpResponse:
        headers = {
            "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'self'",
            "Strict-Transport-Security": "max-age=31536000",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            **{name.replace("_", "-"): value for name, value in changes.items()},
        }
        return HttpResponse(headers={name: value for name, value in headers.items() if value})

    def test_full_set_is_a_plus(self):
        assert grade_of(self.response())[0] == "A+"

    @pytest.mark.parametrize(
        ("change", "grade"),
        [
            ({"Content_Security_Policy": None}, "C"),
            ({"Content_Security_Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'"}, "C+"),
            ({"Strict_Transport_Security": None}, "B+"),
            ({"Strict_Transport_Security": "max-age=3600"}, "A+"),
            ({"X_Content_Type_Options": None, "Strict_Transport_Security": "max-age=3600"}, "A-"),
        ],
    )
    def test_what_is_missing_costs(self, change, grade):
        assert grade_of(self.response(**change))[0] == grade

    def test_session_cookie_in_the_clear_fails(self):
        response = self.response()
        response.set_cookie("sessionid", "x")
        assert grade_of(response)[0] == "C+"
