"""The staff's door on a phone, with and without scripts: nothing against the content policy, nothing axe minds."""

import re
from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.desk import first_passwords
from tests.running_site import running_site
from tests.second_factor import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(scope="module")
def strict_site(tables, tmp_path_factory):
    """A site on which officers sign in in two steps, as in production."""
    folder = tmp_path_factory.mktemp("door")
    with (
        tables.copied(folder) as address,
        running_site(folder, address, with_sample=False, SECOND_FACTOR_REQUIRED="true") as site,
    ):
        site.wait_until_ready()
        yield site


def give_password(page: Page, site, username: str) -> None:
    page.goto(f"{site.origin}/quan-tri/so-ho/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(first_passwords(site.data_dir)[username])
    page.locator("[name=password]").press("Enter")
    page.wait_for_load_state()


def no_faults(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"


@pytest.mark.parametrize(("username", "has_scripts"), [("so-ho", False), ("so-ho-2", True)])
def test_officer_sets_up_the_second_step_and_comes_in_by_code(strict_site, browser, username, has_scripts):
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": 360, "height": 740})
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    give_password(page, strict_site, username)
    expect(page.get_by_role("heading", name="Bật đăng nhập hai bước")).to_be_visible()
    assert page.locator(".door__qr svg").bounding_box()["width"] > 150
    key = b32decode(page.locator(".door__key").inner_text().replace(" ", "")).hex()
    if has_scripts:
        no_faults(page)
    page.get_by_label(re.compile("Mã 6 số")).fill(code_of(key))
    page.get_by_role("button", name="Bật hai bước").click()
    expect(page.locator(".door__codes li")).to_have_count(10)
    recovery = page.locator(".door__codes code").first.inner_text()
    page.get_by_role("link", name="Đã cất mã, vào việc").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sổ hộ")
    page.get_by_role("link", name=re.compile("thử")).first.click()
    expect(page.get_by_text("Đang bật. Còn 10 mã dự phòng.")).to_be_visible()
    if has_scripts:
        no_faults(page)
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    give_password(page, strict_site, username)
    page.get_by_label(re.compile("Mã 6 số")).fill(recovery)
    page.get_by_role("button", name="Vào").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sổ hộ")
    assert not errors
    context.close()
