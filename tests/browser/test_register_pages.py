"""The pages of the register, of progress and of the desks, for eyes, fingers and screen readers.

What the views answer is put into one window, so that every page has something on it and costs a fraction of a second.
The pages' own scripts do not run there: what is looked at is what everybody gets.
"""

from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from tests.browser.test_accessibility import DESK_WIDTH, PHONE_WIDTH, SMALL_TARGETS, describe
from tests.integration.channels.album import channel_pages
from tests.integration.games.office_pages import game_office_pages
from tests.integration.register.desk_pages import desk_pages
from tests.integration.register.pages import Album
from tests.integration.register.progress_pages import progress_pages
from tests.integration.register.public_pages import public_pages

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
HEIGHT = 900
NARROWEST = 320
COLOURS = "color-contrast"
# The document is exchanged and the window stays, with axe in it and the style sheets in the cache.
SHOW = """async (html) => {
    const shown = new DOMParser().parseFromString(html, "text/html").documentElement;
    document.replaceChild(document.adoptNode(shown), document.documentElement);
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
    await Promise.all(sheets.map((link) => new Promise((done) => { link.onload = link.onerror = done; })));
    await document.fonts.ready;
}"""
RUN_AXE = """async (options) =>
    (await axe.run(document, { resultTypes: ["violations"], preload: false, ...options })).violations"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class StaticFiles(SimpleHTTPRequestHandler):
    """Style sheets, fonts and icons, as the finders find them; the browser may keep them."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        return str(finders.find(path.partition("?")[0].removeprefix("/static/")) or "/nowhere")

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_args: Any) -> None:
        """Nothing: only failures are of interest."""


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """An empty window with axe in it, on an address that knows static files alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), StaticFiles) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce")
        page = context.new_page()
        page.set_viewport_size({"width": PHONE_WIDTH, "height": HEIGHT})
        page.goto(f"http://127.0.0.1:{server.server_port}/static/")
        page.evaluate(Axe().axe_script)
        yield page
        context.close()
        server.shutdown()


def faults(window: Page, *, is_new: bool) -> Iterator[str]:
    """What axe finds, what is too small for a finger and what scrolls sideways.

    Every rule on a phone by light. At a desk every view once: all rules but colours, and colours in the dark, where
    they differ.
    """
    yield from _at(window, PHONE_WIDTH, _violations(window))
    yield from window.evaluate(SMALL_TARGETS)
    window.set_viewport_size({"width": DESK_WIDTH, "height": HEIGHT})
    yield from _at(window, DESK_WIDTH, _violations(window, rules={COLOURS: {"enabled": False}}) if is_new else [])
    if is_new:
        window.emulate_media(color_scheme="dark")
        yield from (f"dark: {words}" for words in _violations(window, runOnly=[COLOURS]))
        window.emulate_media(color_scheme="light")
    # WCAG asks that nothing scrolls sideways at 320 px; the next page begins on a phone again.
    for width in (NARROWEST, PHONE_WIDTH):
        window.set_viewport_size({"width": width, "height": HEIGHT})
        yield from _at(window, width, [])


def _at(window: Page, width: int, violations: list[str]) -> list[str]:
    excess = window.evaluate(TOO_WIDE)
    return [f"{width}: {words}" for words in [*violations, *([f"{excess} px too wide"] if excess > 0 else [])]]


def _violations(window: Page, **options: Any) -> list[str]:
    return [describe(violation) for violation in window.evaluate(RUN_AXE, options)]


@pytest.mark.parametrize("album", [desk_pages, public_pages, progress_pages, game_office_pages, channel_pages])
def test_no_page_shuts_anybody_out(window: Page, album: Callable[[], Album]) -> None:
    found: list[str] = []
    seen: set[str] = set()
    for page in album():
        window.evaluate(SHOW, page.html)
        found += [f"{page.name}: {words}" for words in faults(window, is_new=page.view not in seen)]
        seen.add(page.view)
    assert not found, "\n".join(found)
