"""The loop from sign-up to honour roll and out again, walked by family, team and officer with JavaScript off."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from portal.core.public_forms import HUMAN_SECONDS
from portal.core.text import fold
from tests.browser.crawl import Crawl, files_naming
from tests.browser.desk import first_passwords
from tests.integration.register.titles import codes_on
from tests.running_site import RunningSite

HEAD = "Đinh Thị Vông Khuê"
SHORT = "Đinh T. V. K."
VILLAGE = "Thôn 1 (mẫu)"
NUMBER = "05/QĐ-UBND"
QUESTIONS = ("1", "2", "3", "4a", "4b", "4c", "5")


@dataclass(frozen=True)
class Slip:
    """What the family copied from its receipt."""

    code: str
    secret: str


@pytest.fixture
def plainly(site, new_context, watch):
    """A phone without JavaScript; with a user name, one on which that member of staff has signed in."""
    passwords = first_passwords(site.data_dir)

    def open_phone(username: str = "") -> Page:
        context = new_context(java_script_enabled=False, accept_downloads=True)
        watch.follow(context)
        page = context.new_page()
        if username:
            page.goto("/quan-tri/")
            page.locator("input[name=username]").fill(username)
            page.locator("input[name=password]").fill(passwords[username])
            page.locator("[type=submit]").click()
            page.wait_for_url("**/quan-tri/**")
        return page

    return open_phone


def registers(page: Page) -> Slip:
    """Fills the form in, looks at it once more, sends it and copies the two codes."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Đăng ký cho gia đình").first.click()
    page.get_by_label("Thôn", exact=True).select_option(VILLAGE)
    page.get_by_role("textbox", name="Họ và tên chủ hộ").fill(HEAD)
    page.get_by_role("textbox", name="Số điện thoại").fill("0356 123 456")
    page.get_by_role("group", name="1. ").get_by_text("Có", exact=True).click()
    page.get_by_text("1. Ghi vào sổ").click()
    page.get_by_text("2. Tên ở trang Vinh danh").click()
    page.get_by_text("Tên viết gọn").click()
    page.get_by_role("button", name="Xem lại rồi gửi").click()
    expect(page.get_by_role("main")).to_contain_text(HEAD)
    page.wait_for_timeout(HUMAN_SECONDS * 1000)  # a person reads the page before pressing on
    page.get_by_role("button", name="Gửi phiếu").click()
    slip = page.get_by_role("region", name="Giấy nhận")
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã đã nhận phiếu của gia đình.")
    code, secret = slip.locator(".code").all_inner_texts()
    return Slip(code, secret)


def visits(page: Page, code: str) -> None:
    """Finds the family among today's tasks and records what was seen, all of it met."""
    task = page.get_by_role("listitem").filter(has_text=f"{HEAD} · {code}")
    expect(task).to_contain_text("Chưa thăm lần nào")
    task.get_by_role("link", name="Ghi lượt thăm").click()
    for key in QUESTIONS:
        found = page.get_by_role("group", name=f"Kết quả, mục {key}", exact=True)
        found.get_by_role("radio", name="Đạt", exact=True).check()
        basis = page.get_by_role("group", name=f"Dựa vào đâu, mục {key}", exact=True)
        basis.get_by_role("radio", name="Thấy tận nơi").check()
    page.get_by_label("Ai trong nhà dùng được dịch vụ số").select_option("chủ hộ")
    page.get_by_role("button", name="Lưu lượt thăm").click()
    expect(page.get_by_role("status")).to_contain_text(f"Đã lưu lượt thăm {code}")


def proposes(page: Page, code: str, today: date) -> None:
    """Begins a list, writes down a meeting and a posting that are over, and sends it to the commune."""
    page.get_by_role("link", name="Danh sách đề nghị").click()
    page.get_by_role("button", name="Lập danh sách").click()
    page.get_by_label("Hộ", exact=True).select_option(f"{HEAD}, {code}: đủ điều kiện")
    page.get_by_role("button", name="Thêm vào danh sách").click()
    posted_from = today - timedelta(days=11)
    typed = {
        "Họp ngày": f"{posted_from:%Y-%m-%d}",
        "Họp ở": "Nhà văn hóa thôn",
        "Số người được mời": "60",
        "Số người dự": "52",
        "Số người đồng ý": "50",
        "Số người không đồng ý": "2",
        "Chủ trì": "Phạm Văn Chủ",
        "Thư ký": "Phạm Thị Thư",
        "Niêm yết từ ngày": f"{posted_from:%Y-%m-%d}",
        "Niêm yết đến hết ngày": f"{today - timedelta(days=1):%Y-%m-%d}",
        "Niêm yết ở": "Nhà văn hóa thôn",
    }
    for label, value in typed.items():
        page.get_by_label(re.compile(f"^{label} *(\\(|$)")).fill(value)
    page.get_by_role("button", name="Lưu biên bản").click()
    page.get_by_role("button", name="Gửi danh sách lên xã").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi danh sách lên xã")


def decides(page: Page, today: date) -> None:
    """Reads and accepts the list, and types the signed decision in."""
    page.get_by_role("link", name="Danh hiệu", exact=True).click()
    page.get_by_role("link", name=f"{VILLAGE}: “Gia đình số” năm {today.year}").click()
    expect(page.get_by_role("row", name=HEAD)).to_contain_text("đủ điều kiện")
    page.get_by_role("button", name="Nhận danh sách").click()
    page.get_by_role("link", name="Nhập quyết định đã ký").click()
    page.get_by_label("Số, ký hiệu").fill(NUMBER)
    page.get_by_label("Ngày ký").fill(f"{today:%d/%m/%Y}")
    page.get_by_label("Họ và tên người ký").fill("Phạm Quý Đức")
    page.get_by_label("Chức vụ").fill("CHỦ TỊCH")
    page.get_by_role("button", name="Xem lại trước khi ghi").click()
    expect(page.get_by_role("row", name=HEAD)).to_be_visible()
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Quyết định số {NUMBER}")


def downloads(page: Page, words: str) -> bytes:
    """The file that a button gives."""
    with page.expect_download() as downloaded:
        page.get_by_role("button", name=words).click()
    return downloaded.value.path().read_bytes()


def opens(page: Page, slip: Slip) -> None:
    """Looks the family up by code and secret."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Tra cứu").click()
    page.get_by_label("Mã hộ").fill(slip.code)
    page.get_by_label("Số bí mật").fill(slip.secret)
    page.get_by_role("button", name="Xem gia đình mình").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEAD)


def changes_its_mind(page: Page, slip: Slip, press: str, answer: str) -> None:
    """Presses one of the boxes of the status page and saves."""
    opens(page, slip)
    page.get_by_role("heading", name="Gia đình cho phép những gì").click()
    page.get_by_text(press, exact=True).click()
    page.get_by_role("button", name="Lưu thay đổi").click()
    expect(page.get_by_role("status")).to_contain_text(answer)


def is_unchanged(site: RunningSite, path: str, tag: str) -> bool:
    """Whether a reader who kept a copy is told that it still holds."""
    return site.get(path, {"If-None-Match": tag}).status == 304


def is_found(site: RunningSite, words: str) -> bool:
    """Whether the site's search has an answer to these words."""
    return "Không thấy bài nào" not in site.get(f"/tim-kiem/?{urlencode({'q': words})}").text


def assert_certificate_holds(page: Page, address: str) -> None:
    """Opens what the square code on the paper says."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy này có trong sổ của xã và còn giá trị.")
    expect(page.get_by_role("main")).to_contain_text(NUMBER)
    expect(page.get_by_role("main")).not_to_contain_text(HEAD)


def test_family_is_honoured_as_it_chose_and_leaves_no_trace_when_it_withdraws(site, plainly, tmp_path):
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    family, anybody = plainly(), plainly()
    slip = registers(family)
    team = plainly("to-thon-1")
    visits(team, slip.code)
    proposes(team, slip.code, today)
    officer = plainly("so-ho")
    decides(officer, today)
    [address] = codes_on(downloads(officer, f"Tải giấy để in cho {HEAD}"), tmp_path)
    assert_certificate_holds(anybody, address)
    opens(family, slip)
    assert codes_on(downloads(family, "Tải giấy về để in"), tmp_path) == [address]

    anybody.goto("/vinh-danh/")
    expect(anybody.get_by_role("region", name=VILLAGE)).to_contain_text(SHORT)
    expect(anybody.get_by_role("main")).not_to_contain_text(HEAD)
    changes_its_mind(family, slip, "Họ tên chủ hộ", "đồng ý “Tên ở trang Vinh danh”")
    anybody.reload()
    expect(anybody.get_by_role("region", name=VILLAGE)).to_contain_text(HEAD)

    before = Crawl(site).follow(urlsplit(address).path, f"/vinh-danh/{today.year}/")
    lists = before.naming(HEAD)
    assert {"/vinh-danh/", f"/vinh-danh/{today.year}/", "/vinh-danh/?thon=1"} <= set(lists)
    assert len(files_naming(site, HEAD)) == len(lists)  # the site keeps copies of them
    changes_its_mind(family, slip, "Tên ở trang Vinh danh", "Đã gỡ tên khỏi trang web")

    assert [path for path in lists if is_unchanged(site, path, before.tags[path])] == []
    after = Crawl(site).follow(*before.bodies)
    assert after.naming(HEAD) + after.naming(SHORT) + files_naming(site, HEAD) == []
    assert [is_found(site, words) for words in (HEAD, fold(HEAD), slip.code)] == [False, False, False]
    assert_certificate_holds(anybody, address)
