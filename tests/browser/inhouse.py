"""A real browser whose every request Django's test client answers: real pages, scripts and styles, and test data.

What a test makes is there at once, and gone with its transaction; no server has to be started for it.
"""

from contextvars import Context, copy_context
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

ORIGIN = "http://testserver"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
CONTENT_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
KEPT = ("content-type", "content-security-policy", "content-disposition", "cache-control")


@dataclass
class Window:
    """A browser window in which the given client's visitor sits."""

    client: Client
    page: Page
    scripts: bool = True
    errors: list[str] = field(default_factory=list)
    #: The page at hand as it came from the server.
    html: str = ""
    #: The browser's answers are fetched in a context of their own; the test's database connection lives in the test's.
    context: Context = field(default_factory=copy_context)

    @classmethod
    def open(
        cls, browser: Browser, client: Client, *, scripts: bool = True, size: dict[str, int] | None = None
    ) -> "Window":
        """A new window, with or without JavaScript."""
        context = browser.new_context(
            base_url=ORIGIN, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", java_script_enabled=scripts,
            viewport=size or DESK,
        )  # fmt: skip
        window = cls(client, context.new_page(), scripts)
        context.route("**/*", window._answer)
        context.on("console", lambda message: message.type == "error" and window.errors.append(message.text))
        context.on("weberror", lambda error: window.errors.append(str(error.error)))
        return window

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(path)
        return self.page

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands, on a phone and on a desk, light and dark."""
        found = []
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                result = Axe().run(self.page).response["violations"]
                found += [f"{size['width']} {scheme} {one['id']}: {one['nodes'][0]['target']}" for one in result]
        self.page.emulate_media(color_scheme="light")
        return found

    def is_too_wide(self) -> bool:
        """Whether the page scrolls sideways at 320 px."""
        self.page.set_viewport_size({"width": 320, "height": 700})
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def _answer(self, route: Route) -> None:
        request, address = route.request, urlsplit(route.request.url)
        if f"{address.scheme}://{address.netloc}" != ORIGIN:
            self.errors.append(f"left the site: {request.url}")
            route.abort()
            return
        if address.path.startswith("/static/"):
            self._send_static(route, address.path.removeprefix("/static/"))
            return
        target = address.path + (f"?{address.query}" if address.query else "")
        headers = {"HTTP_ACCEPT": request.headers.get("accept", "*/*")}
        content_type = request.headers.get("content-type", "application/octet-stream")
        body = request.post_data_buffer or b""
        # As the real server does: a form without its token is refused.
        self.client.handler.enforce_csrf_checks = True
        try:
            response = self.context.run(self.client.generic, request.method, target, body, content_type, **headers)
        finally:
            self.client.handler.enforce_csrf_checks = False
        if response.status_code in {301, 302, 303}:
            # A redirect that is made up here would not come back to us; a page that leads on does.
            onward = escape(urljoin(request.url, response.headers["Location"]))
            refresh = f'<meta http-equiv="refresh" content="0;url={onward}">'
            leads_on = f'<!doctype html><html lang="vi"><title>…</title>{refresh}'
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=leads_on)
            return
        if request.is_navigation_request() and response.headers["Content-Type"].startswith("text/html"):
            self.html = response.content.decode()
        kept = {name: value for name, value in response.headers.items() if name.lower() in KEPT}
        route.fulfill(status=response.status_code, headers=kept, body=response.getvalue())

    def _send_static(self, route: Route, name: str) -> None:
        found = finders.find(name)
        if not found:
            self.errors.append(f"no such file: {name}")
            route.fulfill(status=404)
            return
        route.fulfill(path=found, content_type=CONTENT_TYPES.get(Path(found).suffix, "application/octet-stream"))
