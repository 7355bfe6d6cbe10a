"""The staff's door on a phone, with and without scripts: nothing against the content policy, nothing axe minds."""

import re
from base64 import b32decode
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.desk import first_passwords
from tests.english import english_on
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


def give_password(page: Page, site, username: str, address: str = "") -> None:
    page.goto(address or f"{site.origin}/quan-tri/so-ho/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(first_passwords(site.data_dir)[username])
    page.locator("[name=password]").press("Enter")
    page.wait_for_load_state()


def no_faults(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert not [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert not english_on(page.content())


@pytest.mark.parametrize(("username", "has_scripts"), [("so-ho", False), ("so-ho-2", True)])
def test_officer_sets_up_the_second_step_and_comes_in_by_code(strict_site, browser, username, has_scripts):
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": 360, "height": 740})
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    give_password(page, strict_site, username)
    expect(page.get_by_role("heading", name="Bật đăng nhập hai bước")).to_be_visible()
    assert page.locator(".door__qr svg").bounding_box()["width"] > 150
    # At a bare number browsers keep no passkeys.
    expect(page.get_by_text("khóa truy cập")).to_have_count(0)
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


def enter(page: Page, site, username: str) -> None:
    """Give name and password on the page of the door in hand."""
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(first_passwords(site.data_dir)[username])
    page.locator("[name=password]").press("Enter")
    page.wait_for_load_state()


def end_session_from_elsewhere(browser, site, username: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.origin}/quan-tri/login/")
    enter(page, site, username)
    page.goto(f"{site.origin}/quan-tri/an-toan/")
    page.get_by_role("button", name=re.compile("máy khác")).click()
    expect(page.get_by_text(re.compile(r"Đã đăng xuất \d+ máy"))).to_be_visible()
    context.close()


@pytest.mark.parametrize("has_scripts", [False, True], ids=["without scripts", "with scripts"])
def test_sheet_that_was_sent_too_late_is_sent_with_one_press_after_signing_in(site, browser, has_scripts):
    context = browser.new_context(java_script_enabled=has_scripts, viewport={"width": 360, "height": 740})
    page, note = context.new_page(), f"Nhà có đám, hẹn thứ Bảy <{has_scripts}>"
    page.goto(f"{site.origin}/quan-tri/login/")
    enter(page, site, "to-thon-1")
    page.goto(f"{site.origin}/quan-tri/to/ho/")
    family = page.locator("a[href^='/quan-tri/to/ho/BT-']").first.get_attribute("href")
    page.goto(f"{site.origin}{family}tham/")
    end_session_from_elsewhere(browser, site, "to-thon-1")
    page.locator("[name=note]").fill(note)
    page.locator("[name=note]").locator("xpath=ancestor::form").locator("[type=submit]").last.click()
    expect(page.get_by_text("Chữ vừa điền còn giữ")).to_be_visible()
    enter(page, site, "to-thon-1")
    expect(page.get_by_role("heading", name="Phiếu vẫn còn đây")).to_be_visible()
    if has_scripts:
        no_faults(page)
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator("[name=note]")).to_have_value(note)
    context.close()


@dataclass
class Machine:
    """Chromium's own machine in software, which knows its owner's finger until told otherwise."""

    tools: CDPSession
    number: str

    @classmethod
    def beside(cls, page: Page) -> "Machine":
        tools = page.context.new_cdp_session(page)
        tools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        finger = {"isUserVerified": True, "automaticPresenceSimulation": True}
        added = tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **finger}})
        return cls(tools, added["authenticatorId"])

    def meets(self, *, its_owner: bool) -> None:
        self.tools.send("WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": its_owner})


@pytest.fixture
def phone(browser) -> Iterator[Page]:
    """A page as wide as a telephone, in whose console nothing may go wrong."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    page, errors = context.new_page(), []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors
    context.close()


@pytest.fixture
def own_account(strict_site) -> str:
    """The page by the name of this machine: at its bare number there are no passkeys."""
    return strict_site.origin.replace("127.0.0.1", "localhost") + "/quan-tri/an-toan/"


def make_first_key(page: Page, name: str) -> Locator:
    """From the page that makes one to one's own account; the key's line there."""
    page.get_by_label("Đặt tên cho khóa").fill(name)
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.locator(".door__codes li")).to_have_count(10)
    page.get_by_role("link", name="Đã cất mã, vào việc").click()
    return page.get_by_role("row", name=name)


def use_key(page: Page) -> None:
    page.get_by_role("button", name="Dùng khóa truy cập").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Đăng xuất", exact=True).click()


def test_administrator_makes_a_passkey_on_the_first_day_and_comes_in_by_it(strict_site, phone, own_account):
    page, machine = phone, Machine.beside(phone)
    give_password(page, strict_site, "quan-tri", own_account)
    page.get_by_role("link", name="Dùng khóa truy cập thay cho mã 6 số").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thêm khóa truy cập")
    no_faults(page)
    row = make_first_key(page, "Máy ở bàn một cửa")
    expect(row).to_contain_text("chưa dùng")
    expect(row).to_contain_text("chưa gỡ được")
    no_faults(page)
    sign_out(page)

    give_password(page, strict_site, "quan-tri", own_account)
    expect(page.get_by_role("button").first).to_have_text("Dùng khóa truy cập")
    no_faults(page)
    machine.meets(its_owner=False)
    use_key(page)
    expect(page.get_by_role("alert")).to_have_text("Khóa chưa mở được. Bấm lần nữa, hoặc nhập mã.")
    machine.meets(its_owner=True)
    use_key(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("An toàn tài khoản")
    expect(row).not_to_contain_text("chưa dùng")

    page.get_by_role("link", name="Thêm khóa truy cập").click()
    use_key(page)
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.get_by_role("alert")).to_have_text("Máy này đã có khóa của tài khoản.")


def test_leader_proves_by_the_passkey_what_takes_its_place_and_takes_it_away(strict_site, phone, own_account):
    page, _machine = phone, Machine.beside(phone)
    give_password(page, strict_site, "lanh-dao", own_account)
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    row = make_first_key(page, "Máy của chủ tịch")
    page.get_by_role("link", name="Thêm mã 6 số trên điện thoại").click()
    use_key(page)
    key = b32decode(page.locator(".door__key").inner_text().replace(" ", "")).hex()
    page.get_by_label("Mã 6 số").fill(code_of(key))
    page.get_by_role("button", name="Bật hai bước").click()
    expect(page.locator(".door__codes li")).to_have_count(10)

    page.goto(own_account)
    row.get_by_role("link", name="Gỡ khóa này").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gỡ khóa “Máy của chủ tịch”")
    no_faults(page)
    use_key(page)
    expect(page.get_by_text("Đã gỡ khóa “Máy của chủ tịch”.")).to_be_visible()
    expect(row).to_have_count(0)
    sign_out(page)
    give_password(page, strict_site, "lanh-dao", own_account)
    expect(page.get_by_label("Mã 6 số")).to_be_visible()
    expect(page.get_by_role("button", name="Dùng khóa truy cập")).to_have_count(0)


def test_without_scripts_a_passkey_is_not_offered_and_the_slip_of_paper_opens(strict_site, browser, phone, own_account):
    Machine.beside(phone)
    give_password(phone, strict_site, "bien-tap", own_account)
    phone.get_by_role("link", name="Thêm khóa truy cập").click()
    phone.get_by_role("button", name="Thêm khóa truy cập").click()
    recovery = phone.locator(".door__codes code").first.inner_text()

    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    give_password(page, strict_site, "bien-tap", own_account)
    expect(page.get_by_text("Dùng khóa truy cập")).not_to_be_visible()
    page.get_by_label("Mã dự phòng").fill(recovery)
    page.get_by_role("button", name="Vào").click()
    expect(page.get_by_text("Đang bật bằng khóa truy cập. Còn 9 mã dự phòng.")).to_be_visible()
    expect(page.get_by_role("link", name="Thêm khóa truy cập")).not_to_be_visible()
    context.close()
