"""The register's pages, for eyes, fingers and screen readers.

The browser is real; what it is shown comes straight from the views, so that every page has something on it.
"""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.browser.test_accessibility import DESK_WIDTH, NARROW_WIDTHS, PHONE_WIDTH, SMALL_TARGETS, describe
from tests.integration.register.desk_pages import desk_pages
from tests.integration.register.pages import ShownPage
from tests.integration.register.public_pages import public_pages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ADDRESS = "http://so-ho.test/"
STATIC = f"{ADDRESS}static/"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A browser without a network: style sheets, fonts and icons come from the finders."""
    context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
    context.route(f"{STATIC}**", _static_file)
    yield context.new_page()
    context.close()


def _static_file(route: Route) -> None:
    name = route.request.url.removeprefix(STATIC).partition("?")[0]
    content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    route.fulfill(path=Path(finders.find(name)), content_type=content_type)


def show(window: Page, page: ShownPage) -> None:
    """Put the answer into the window as if it had just come from the server."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": page.policy}
    window.unroute(ADDRESS)
    window.route(ADDRESS, lambda route: route.fulfill(body=page.html, headers=headers))
    window.goto(ADDRESS)


def axe_violations(window: Page) -> Iterator[str]:
    # Every rule by light on a phone and at a desk; in the dark only colours differ.
    looks = (
        (PHONE_WIDTH, "light", {}),
        (DESK_WIDTH, "light", {}),
        (DESK_WIDTH, "dark", {"runOnly": ["color-contrast"]}),
    )
    for width, scheme, options in looks:
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(color_scheme=scheme)
        for violation in Axe().run(window, options=options).response["violations"]:
            yield f"{width} {scheme}: {describe(violation)}"


def wrong_sizes(window: Page) -> Iterator[str]:
    window.set_viewport_size({"width": PHONE_WIDTH, "height": 900})
    yield from window.evaluate(SMALL_TARGETS)
    for width in NARROW_WIDTHS:
        window.set_viewport_size({"width": width, "height": 700})
        inner, outer = window.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if inner > outer:
            yield f"{inner - outer} px too wide at {width} px"


@pytest.mark.parametrize("album", [desk_pages, public_pages])
@pytest.mark.parametrize("fault", [axe_violations, wrong_sizes])
def test_no_page_shuts_anybody_out(window, fault, album):
    found = []
    for page in album():
        show(window, page)
        found += [f"{page.name}: {words}" for words in fault(window)]
    assert not found
