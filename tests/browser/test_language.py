"""What the editor's scripts write on the screen, dialogs and menus included, reads Vietnamese too."""

import pytest
from playwright.sync_api import Page, expect

from tests.english import english_in
from tests.factories.files import picture_bytes

pytestmark = pytest.mark.any_database

SEEN = """() => {
  const spoken = ["title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value"];
  const isShown = (element) => element.checkVisibility({visibilityProperty: true});
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const place = text.parentElement;
    if (isShown(place) && !place.closest("script, style, noscript, code, iframe")) seen.add(text.textContent.trim());
  }
  for (const element of document.querySelectorAll(spoken.map((name) => `[${name}]`).join(", "))) {
    if (isShown(element)) for (const name of spoken) seen.add((element.getAttribute(name) ?? "").trim());
  }
  return [...seen];
}"""


class Reader:
    """Looks at what is on the screen after each step, and remembers what was English."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, list[str]] = {}

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")
        self.look()

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.look()

    def look(self) -> None:
        self.page.wait_for_timeout(400)  # menus and dialogs open with a movement
        texts = self.page.evaluate(SEEN)
        self.found.update({text: words for text in texts if (words := english_in(text))})


def test_editor_made_by_scripts_reads_vietnamese(desk_of):
    desk = desk_of("bien-tap")
    reader = Reader(desk.page)
    desk.begin("Viết câu chuyện")
    for panel in ("status", "preview", "checks"):
        desk.page.locator(f"[data-side-panel-toggle={panel}]").click()
        reader.look()
    desk.page.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    reader.look()
    desk.page.get_by_role("option", name="Đoạn chữ", exact=True).click()
    writing = desk.page.locator("[data-contentpath=body] [contenteditable=true]").last
    writing.click()
    desk.page.keyboard.type("Bà con mới /")
    reader.look()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Control+a")
    reader.look()
    desk.page.keyboard.press("Control+k")
    expect(desk.page.locator(".modal-content")).to_be_visible()
    for kind in ("Liên kết ngoài website", "Liên kết thư điện tử", "Liên kết số điện thoại", "Liên kết điểm neo"):
        reader.press(kind, "link")
    assert not reader.found


def test_dialogs_and_lists_made_by_scripts_read_vietnamese(desk_of):
    desk = desk_of("quan-tri")
    reader = Reader(desk.page)
    reader.go("/quan-tri/")
    desk.page.keyboard.press("?")
    reader.look()
    reader.go("/quan-tri/images/multiple/add/")
    picture = {"name": "anh-thu.png", "mimeType": "image/png", "buffer": picture_bytes(300, 200, "PNG", "#345678")}
    for file in (picture, {"name": "la.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}):
        desk.page.locator("input[type=file]").first.set_input_files(file)
        desk.page.wait_for_load_state("networkidle")
        reader.look()
    reader.go("/quan-tri/images/")
    desk.page.locator("[data-bulk-action-checkbox]").first.check()
    reader.look()
    for address in ("/quan-tri/users/", "/quan-tri/reports/site-history/"):
        reader.go(address)
        reader.press("Lọc")
    reader.go("/quan-tri/redirects/add/")
    reader.press("Chọn trang")
    reader.go("/quan-tri/workflows/edit/1/")
    reader.press("Thêm")
    assert not reader.found


def test_calendar_of_the_schedule_reads_vietnamese(desk_of):
    desk = desk_of("duyet-bai")
    reader = Reader(desk.page)
    desk.begin("Viết tin")
    desk.page.locator("[data-side-panel-toggle=status]").click()
    reader.press("Đặt lịch")
    desk.page.locator("[name=go_live_at]").click()
    expect(desk.page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    reader.look()
    assert desk.page.locator(".xdsoft_datetimepicker:visible th").first.inner_text() == "Hai"
    assert not reader.found
