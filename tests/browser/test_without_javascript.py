"""The public pages are whole without JavaScript: everything is there, and everything that can be pressed works."""

import pytest

from tests.browser.test_accessibility import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_page_shows_its_content(plain_page, paths, kind):
    plain_page.goto(paths[kind])
    assert plain_page.locator("html").get_attribute("lang") == "vi"
    assert plain_page.locator("h1").count() == 1
    assert plain_page.locator("main").inner_text().strip()
    assert plain_page.locator("main a:visible, footer a:visible").count() > 2


def test_search_form_finds_and_shows_the_words(plain_page):
    plain_page.goto("/tim-kiem/")
    plain_page.locator("main input[name=q]").fill("gia dinh so")
    plain_page.locator("main input[name=q]").press("Enter")
    assert "q=gia+dinh+so" in plain_page.url
    assert plain_page.locator("main mark").count() > 0


def test_text_size_is_chosen_and_kept(plain_page):
    plain_page.goto("/")
    before = plain_page.evaluate("getComputedStyle(document.body).fontSize")
    plain_page.goto("/co-chu/rat-lon/")
    plain_page.goto("/gioi-thieu/")
    after = plain_page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(after.removesuffix("px")) > float(before.removesuffix("px"))


def test_guide_is_followed_step_by_step(plain_page, paths):
    plain_page.goto(paths["guide step"])
    plain_page.locator("main a[href$='/buoc-2/']").first.click()
    assert plain_page.url.endswith("/buoc-2/")
