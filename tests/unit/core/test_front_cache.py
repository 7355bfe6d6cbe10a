"""What a web server in front of us may keep, and whom it serves for."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core.front_cache import KEPT_BY_US, FrontCacheMiddleware, VisitorAddressMiddleware

KEPT = {"ETag": '"1"', "Cache-Control": KEPT_BY_US}


def answered(request, **headers) -> HttpResponse:
    return FrontCacheMiddleware(lambda _request: HttpResponse("page", headers=headers or KEPT))(request)


@pytest.mark.parametrize("cookie", ["", "csrftoken=abc", "_ga=GA1.2.3; co-chu=lon"])
def test_page_of_our_store_may_be_kept_for_a_second(cookie):
    response = answered(RequestFactory().get("/", HTTP_COOKIE=cookie))
    assert response["Cache-Control"] == "public, max-age=1, stale-while-revalidate=1, stale-if-error=60"


def test_nobody_who_has_signed_in_is_kept_a_page():
    assert answered(RequestFactory().get("/", HTTP_COOKIE="sessionid=x"))["Cache-Control"] == KEPT_BY_US


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private"},
        {"Cache-Control": KEPT_BY_US},
        {"ETag": '"1"', "Cache-Control": "public, max-age=300"},
        {"ETag": '"1"'},
    ],
)
def test_any_other_answer_is_left_as_it_is(headers):
    response = answered(RequestFactory().get("/"), **headers)
    assert response.get("Cache-Control") == headers.get("Cache-Control")


@pytest.mark.parametrize("path", ["/quan-tri/", "/tim-kiem/?q=x", "/readyz"])
def test_what_no_store_keeps_is_not_kept_in_front_either(path):
    assert answered(RequestFactory().get(path))["Cache-Control"] == KEPT_BY_US


def test_form_is_not_kept():
    assert answered(RequestFactory().post("/"))["Cache-Control"] == KEPT_BY_US


def test_page_cache_still_speaks_the_words_that_are_looked_for(client, site_tree):
    """Both sides of the agreement: were the header changed there, nginx would silently keep nothing."""
    assert client.get("/")["Cache-Control"] == KEPT_BY_US


@pytest.mark.parametrize(
    ("headers", "address"), [({"HTTP_X_REAL_IP": "203.0.113.9"}, "203.0.113.9"), ({}, "127.0.0.1")]
)
def test_visitor_has_the_address_that_nginx_saw(headers, address):
    request = RequestFactory().get("/", **headers)
    VisitorAddressMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
