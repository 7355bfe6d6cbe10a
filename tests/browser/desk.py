"""The editors' desk as a person works it: what to press, by the words on the screen."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, Request, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PRESSES = 3
#: What Wagtail asks before it saves over a version that is newer than the one on the screen.
WARNING = "#w-save-confirmation-dialog"


def first_passwords(data_dir: Path) -> dict[str, str]:
    """Password by user name, from the file that the first start wrote for its owner."""
    return dict(re.findall(r": (\S+) / (\S+)", (data_dir / "tai-khoan.txt").read_text(encoding="utf-8")))


@dataclass
class Desk:
    """One member of staff at work in a browser of their own."""

    page: Page

    def sign_in(self, username: str, password: str) -> None:
        self.page.goto("/quan-tri/")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url("**/quan-tri/")

    def begin(self, words: str) -> None:
        """Press one of the links that begin a new page on the desk's home."""
        self.page.goto("/quan-tri/")
        self.page.get_by_role("link", name=words, exact=True).click()
        self.page.wait_for_load_state("networkidle")

    def fill(self, field: str, text: str) -> None:
        self.page.locator(f"[name={field}]").fill(text)

    def upload_picture(self, opener: Locator, file: FilePayload | Path, title: str, description: str) -> Locator:
        """Upload through the chooser; the dialog is returned, closed when the file was taken."""
        opener.click()
        dialog = self.page.locator(".modal-content")
        dialog.get_by_role("tab", name="Tải lên").click()
        form = dialog.locator("#tab-upload")
        form.locator("input[type=file]").set_input_files(file)
        form.locator("[name$='-title']").fill(title)
        form.locator("[name$='-description']").fill(description)
        form.get_by_role("button", name="Tải lên").click()
        return dialog

    def upload_recording(self, opener: Locator, file: FilePayload, title: str, transcript: str) -> None:
        opener.click()
        dialog = self.page.locator(".modal-content")
        dialog.get_by_role("tab", name=re.compile("Thêm|Tạo|Tải")).click()
        form = dialog.locator("form").filter(has=self.page.locator("input[type=file]"))
        form.locator("[name$='title']").fill(title)
        form.locator("input[type=file]").set_input_files(file)
        form.locator("[name$='transcript']").fill(transcript)
        form.locator("button[type=submit], input[type=submit]").click()
        expect(dialog).to_be_hidden()

    def add_block(self, stream: str, name: str | None = None) -> Locator:
        """Add a block to the end of a stream and return it; a stream of one kind asks nothing."""
        root = self.page.locator(f"[data-contentpath={stream}]")
        root.locator(".c-sf-add-button").last.click()
        if name:
            self.page.get_by_role("option", name=name, exact=True).click()
        return root.locator("[data-streamfield-child]").last

    def schedule(self, moment: datetime) -> None:
        """Set the hour at which the page goes live, written as people here write it."""
        self.page.locator("[data-side-panel-toggle=status]").click()
        self.page.get_by_role("button", name="Đặt lịch").first.click()
        field, calendars = self.page.locator("[name=go_live_at]"), self.page.locator(".xdsoft_datetimepicker:visible")
        field.click()
        expect(calendars).to_have_count(1)
        field.fill(f"{moment:%d/%m/%Y %H:%M}")
        # Beside the field, so that the calendar folds away before the button below it is pressed.
        self.page.get_by_role("heading", name="Đặt giờ đăng").click()
        expect(calendars).to_have_count(0)
        self._submit_by(self.page.get_by_role("button", name="Lưu lịch"))

    def press(self, words: str) -> None:
        """Press an action at the foot of the editor, opening the menu of further ones where it is there.

        The menu folds away when the editor saves by itself or the preview arrives; a person then presses again. Where
        the editor has saved by itself while the page was being saved, it asks first; a person then goes on.
        """
        # The first: a dialog that asks again bears the same words, and stands behind.
        button = self.page.get_by_role("button", name=re.compile(words)).first
        for attempt in range(1, PRESSES + 1):
            try:
                if self.page.locator(WARNING).is_visible():
                    self._submit_by(self.page.locator(f"{WARNING} [data-w-dialog-target=confirm]"))
                    return
                if not button.is_visible():
                    self.page.get_by_role("button", name="Thao tác khác").click()
                self._submit_by(button, patience=8_000)
            except PlaywrightTimeout:
                if attempt == PRESSES:
                    raise
            else:
                return

    def _submit_by(self, button: Locator, patience: float = 30_000) -> None:
        """Press and wait for the answer: the editor also saves by itself, and that is not what we wait for."""

        def is_ours(request: Request) -> bool:
            return request.method == "POST" and request.is_navigation_request()

        with self.page.expect_request(is_ours, timeout=patience) as sent:
            button.click(timeout=patience)
        sent.value.response()
        self.page.wait_for_load_state("networkidle")
