"""The page's own script, in a real browser, against the server's sum."""

import json

import pytest

from portal.campaign.draw import rerun
from tests.integration.games.lists import generated_lists

pytestmark = pytest.mark.any_database

DRAW_ALL = """async ({ script, lists }) => {
    const { codesOf, drawOrder, listDigest } = await import(script);
    const drawn = [];
    for (const [text, number] of lists) {
        const digest = await listDigest(text);
        drawn.push([digest, await drawOrder(digest, number, codesOf(text))]);
    }
    return drawn;
}"""
COMPARE = """async ({ script, ours, theirs }) => (await import(script)).firstDifference(ours, theirs)"""


def script_of(site):
    """Address of the script, as the site serves it."""
    manifest = json.loads((site.data_dir / "static" / "staticfiles.json").read_text(encoding="utf-8"))
    return f"/static/{manifest['paths']['js/draw.js']}"


def test_page_script_agrees_with_the_server_on_a_thousand_lists(site, page):
    lists = generated_lists(1000)
    page.goto("/")
    drawn = page.evaluate(DRAW_ALL, {"script": script_of(site), "lists": [list(pair) for pair in lists]})
    for (text, number), (digest, order) in zip(lists, drawn, strict=True):
        again = rerun(text, number)
        assert (digest, order) == (again.digest, again.order)


def test_page_script_finds_the_first_difference(site, page):
    page.goto("/")
    for ours, theirs, place in ((["a", "b"], ["a", "b"], 0), (["a", "b"], ["a", "c"], 2), (["a"], ["a", "b"], 2)):
        found = page.evaluate(COMPARE, {"script": script_of(site), "ours": ours, "theirs": theirs})
        assert found == place
