"""A real browser on the running site. It notes every request abroad, every console error and every blocked resource."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.desk import Desk, first_passwords
from tests.browser.inhouse import Window

expect.set_options(timeout=20_000)  # a busy machine is no reason to fail

NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def find_chromium() -> str | None:
    """The browser that CHROMIUM_PATH or PATH leads to."""
    return os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser its tests are skipped on a desk, and fail in CI."""
    if find_chromium():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError("no Chromium: in CI the browser tests may not be skipped")
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.skip(reason="no Chromium on PATH or in CHROMIUM_PATH"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not find_chromium():
        terminalreporter.section("NO BROWSER TEST RAN: install chromium, or name one in CHROMIUM_PATH", red=True)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    quiet = ("gpu", "quic", "background-networking", "component-update", "sync", "default-apps", "extensions")
    arguments = ["--no-sandbox", "--no-first-run", *(f"--disable-{feature}" for feature in quiet)]
    return {"executable_path": find_chromium(), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(site) -> dict[str, Any]:
    return {"base_url": site.origin, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": PHONE}


@dataclass
class Watch:
    """What went wrong behind the page's back."""

    origin: str
    abroad: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.errors.append(f"{error.page.url}: {error.error}"))

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.abroad.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":  # a blocked resource is an error as well
            return
        # The browser reports the status of the page itself when that is 404, as it must be on an unknown address.
        if "status of 404" in message.text and message.page and message.location["url"] == message.page.url:
            return
        # Wagtail's editor grumbles about its own tabs; of the desk only a broken content policy counts.
        if "/quan-tri/" in message.location["url"] and "Content Security Policy" not in message.text:
            return
        self.errors.append(f"{message.location['url']}: {message.text}")


@pytest.fixture
def watch(site) -> Iterator[Watch]:
    """Fails the test that made the browser leave the site or write an error."""
    notes = Watch(site.origin)
    yield notes
    assert not notes.abroad, "requests that leave the site"
    assert not notes.errors, "errors in the console"


@pytest.fixture
def context(new_context, watch) -> BrowserContext:
    context = new_context()
    watch.follow(context)
    return context


@pytest.fixture
def plain_page(new_context, watch) -> Page:
    """A page in a browser whose JavaScript is switched off."""
    context = new_context(java_script_enabled=False)
    watch.follow(context)
    return context.new_page()


@pytest.fixture(scope="session")
def paths(site) -> dict[str, str]:
    """One page of every kind that readers meet, by the kind's name."""
    public = site.sitemap()

    def first_below(index: str) -> str:
        return next(path for path in public if path.startswith(index) and path != index)

    guides = [path for path in public if path.startswith("/huong-dan/") and path != "/huong-dan/"]
    guide = next(path for path in guides if site.get(f"{path}buoc-2/").status == 200)
    return {
        "home": "/",
        "news list": "/tin-tuc/",
        "news": first_below("/tin-tuc/"),
        "story": first_below("/cau-chuyen/"),
        "guide": guide,
        "guide step": f"{guide}buoc-1/",
        "activity": first_below("/hoat-dong/"),
        "document": first_below("/van-ban/"),
        "search": "/tim-kiem/?q=gia+dinh+so",
        "search without result": "/tim-kiem/?q=zzzz",
        "shelf": "/doc-khi-mat-mang/",
        "404": "/khong-co-trang-nay/",
    }


@pytest.fixture
def desk_of(site, new_context, watch):
    """Signs a member of staff in, in a browser of their own."""
    passwords = first_passwords(site.data_dir)

    def sign_in(username):
        context = new_context()
        watch.follow(context)
        page = context.new_page()
        page.set_viewport_size(DESK)
        desk = Desk(page)
        desk.sign_in(username, passwords[username])
        return desk

    return sign_in


@pytest.fixture
def window(browser, db) -> Iterator[object]:
    """Opens windows that need no running site; at the end none of them may have complained."""
    opened = []

    def open_window(client, **how):
        opened.append(Window.open(browser, client, **how))
        return opened[-1]

    yield open_window
    for one in opened:
        one.page.context.close()
    assert not [error for one in opened for error in one.errors]
