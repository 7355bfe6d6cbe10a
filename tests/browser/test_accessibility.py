"""Every kind of page, for eyes, fingers and screen readers: axe, narrow screens, zoom, keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.any_database

# Runs in the page: what the Tab key should reach, and what it has just reached.
COUNT_REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls]"
)].filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility()).length"""
CURRENT_STOP = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    window.stops ??= new Map();
    if (!window.stops.has(element)) window.stops.set(element, window.stops.size);
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return {
        number: window.stops.get(element),
        name: element.outerHTML.slice(0, 120),
        seen: box.width > 0 && box.height > 0,
        // Inside a player the browser draws the ring itself, on the button in focus.
        ring: outline || style.boxShadow !== "none" || element.tagName === "AUDIO",
    };
}"""
# What stands alone can be hit 21 px above and below its middle; a link inside a sentence is as small as text.
SMALL_TARGETS = """() => {
    const alone = (element) => element.checkVisibility() && !element.closest("p, li p, .prose, [data-prose]");
    const hit = (element, x, y) => {
        const found = document.elementFromPoint(x, y);
        return found !== null && (element.contains(found) || found.closest("label")?.control === element);
    };
    const small = [];
    for (const element of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select")) {
        if (!alone(element)) continue;
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const box = element.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
        if (box.width <= 1 || box.bottom <= 0) continue;
        if (!hit(element, x, y - 21) || !hit(element, x, y + 21)) {
            small.push(`${Math.round(box.height)} px: ${element.outerHTML.slice(0, 100)}`);
        }
    }
    return small;
}"""

KINDS = [
    "home",
    "news list",
    "news",
    "story",
    "guide",
    "guide step",
    "activity",
    "document",
    "search",
    "search without result",
    "shelf",
    "404",
]
PHONE_WIDTH, DESK_WIDTH = 360, 1280
# WCAG asks that nothing scrolls sideways at 320 px; 640 px is a desk of 1280 px at 200 % zoom.
NARROW_WIDTHS = (320, PHONE_WIDTH, 640)


def describe(violation):
    places = [" ".join(node["target"]) for node in violation["nodes"]]
    return f"{violation['id']} ({violation['help']}): {'; '.join(places[:5])}"


@pytest.mark.parametrize("kind", KINDS)
def test_page_has_no_axe_violation_in_any_width_or_scheme(page, paths, kind):
    page.goto(paths[kind])
    found = []
    for width in (PHONE_WIDTH, DESK_WIDTH):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            violations = Axe().run(page).response["violations"]
            found += [f"{width} {scheme}: {describe(violation)}" for violation in violations]
    assert not found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", ["", "rat-lon"])
def test_page_never_scrolls_sideways(page, paths, kind, size):
    if size:
        page.goto(f"/co-chu/{size}/")
    page.goto(paths[kind])
    for width in NARROW_WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        inner, outer = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert inner <= outer, f"{inner - outer} px too wide at {width} px"


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_walked_by_keyboard_with_a_visible_focus(page, paths, kind):
    page.goto(paths[kind])
    reachable = page.evaluate(COUNT_REACHABLE)
    visited = set()
    for _step in range(reachable + 20):
        page.keyboard.press("Tab")
        stop = page.evaluate(CURRENT_STOP)
        if stop is None:
            break
        assert stop["seen"], f"focus goes to something invisible: {stop['name']}"
        assert stop["ring"], f"focus cannot be seen on {stop['name']}"
        visited.add(stop["number"])
    assert len(visited) >= reachable


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("kind", KINDS)
def test_touch_targets_are_large_enough(page, paths, kind):
    page.goto(paths[kind])
    assert not page.evaluate(SMALL_TARGETS)
