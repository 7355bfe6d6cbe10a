"""The first view of the home on a phone: bytes, requests, and nothing that jumps."""

import pytest

from tests.browser.conftest import PHONE

pytestmark = pytest.mark.any_database

LIMIT_WITHOUT_PICTURES = 80 * 1024
LIMIT = 160 * 1024
LIMIT_REQUESTS = 12


def test_home_first_view_on_a_phone_is_light(page):
    page.set_viewport_size(PHONE)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    answers, sizes = {}, {}
    session.on("Network.responseReceived", lambda event: answers.update({event["requestId"]: event}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto("/", wait_until="networkidle")
    fetched = {
        request: (event["type"], sizes[request], event["response"]["url"])
        for request, event in answers.items()
        if not event["response"]["url"].startswith("data:")
    }
    assert len(fetched) <= LIMIT_REQUESTS, fetched.values()
    assert sum(size for kind, size, _url in fetched.values() if kind != "Image") <= LIMIT_WITHOUT_PICTURES
    assert sum(size for _kind, size, _url in fetched.values()) <= LIMIT


def test_page_does_not_jump_while_it_loads(page, paths):
    page.add_init_script(
        """window.__shift = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    jumping = {}
    for kind, path in paths.items():
        page.goto(path, wait_until="networkidle")
        page.mouse.wheel(0, 4000)
        page.wait_for_timeout(200)
        if shift := page.evaluate("window.__shift"):
            jumping[kind] = shift
    assert not jumping
