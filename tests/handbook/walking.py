"""One member of staff at work: what is pressed, how often, and what is seen."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk import first_passwords
from tests.running_site import RunningSite

#: Where the handbooks look for pictures, and how these are kept small.
FOLDER = Path(__file__).resolve().parents[2] / "docs" / "hinh"
QUALITY, DESK_WIDTH = 70, 960
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 860}

EDITOR, REVIEWER, TEAM, OFFICER = "bien-tap", "duyet-bai", "to-thon-1", "so-ho"
LEADER, ADMINISTRATOR = "lanh-dao", "quan-tri"


@dataclass
class Walk:
    """A browser that has signed in. `folder` takes the pictures; None takes none."""

    page: Page
    folder: Path | None
    clicks: int = 0

    def home(self) -> None:
        """Where everybody begins; the clicks are counted from here."""
        self.page.goto("/quan-tri/")
        self.page.wait_for_load_state("networkidle")
        self.clicks = 0

    def press(self, words: str | re.Pattern[str]) -> None:
        """The first link or button of this name that can be seen."""
        self.push(self.page.get_by_role("link", name=words).or_(self.page.get_by_role("button", name=words)))

    def push(self, place: Locator) -> None:
        """The first of these that can be seen."""
        place.locator("visible=true").first.click()
        self.clicks += 1
        self.page.wait_for_load_state("networkidle")

    def sees(self, words: str | re.Pattern[str]) -> None:
        """It stands on the screen."""
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()

    def picture(self, name: str) -> None:
        """What is on the screen now, as `docs/hinh/<name>.webp`; personal data is the sample's."""
        if self.folder is None:
            return
        with Image.open(io.BytesIO(self.page.screenshot(animations="disabled"))) as taken:
            width = min(taken.width, DESK_WIDTH)
            small = taken.resize((width, taken.height * width // taken.width)).convert("RGB")
        small.save(self.folder / f"{name}.webp", quality=QUALITY, method=6)


@dataclass(frozen=True)
class Journey:
    """A piece of work from the home to its end. `on_phone`: as the village team does it."""

    name: str
    username: str
    steps: Callable[[Walk], None]

    @property
    def on_phone(self) -> bool:
        """Whether it is walked on a telephone."""
        return self.username == TEAM


def walk(journey: Journey, browser: Browser, site: RunningSite, folder: Path | None = None) -> None:
    """Sign in and do the work; raises AssertionError where a screen is not what it was."""
    context = browser.new_context(
        base_url=site.origin,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport=PHONE if journey.on_phone else DESK,
    )
    try:
        page = context.new_page()
        page.goto("/quan-tri/")
        page.locator("[name=username]").fill(journey.username)
        page.locator("[name=password]").fill(first_passwords(site.data_dir)[journey.username])
        page.locator("[name=password]").press("Enter")
        page.wait_for_load_state("networkidle")
        one = Walk(page, folder)
        one.home()
        journey.steps(one)
    finally:
        context.close()
