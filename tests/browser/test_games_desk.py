"""A clerk who has never seen the games' desk takes a round from its set-up to its winners, by what is on the screen.

The site is the real one with its own clock, which this test moves: days pass, and the list seals itself.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, PHONE, Watch
from tests.browser.desk import first_passwords
from tests.browser.test_accessibility import describe
from tests.databases import Tables
from tests.running_site import ROOT, RunningSite, running_site

# What stands behind the screens is tested on both, in tests/integration/games.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

#: Presses and boxes filled in; at ten seconds each the whole course takes less than ten minutes.
MOST_STEPS = 45
#: Seconds until the site must have noticed that its clock was moved.
PATIENCE = 120
STAGE = """
from tests.factories.games import GamePageFactory, QuestionFactory
from tests.factories.households import HouseholdFactory
from portal.core.enums import Need
GamePageFactory(title="Nhà tôi giỏi số", slug="nha-toi-gioi-so")
for number in range(30):
    QuestionFactory(difficulty=number % 3 + 1, need=list(Need)[number % 6])
for number in range(12):
    HouseholdFactory(head_name=f"Phạm Văn Mẫu {number}")
"""
FAMILIES_ENTER = """
from uuid import uuid4
from django.utils import timezone
from portal.campaign.kinds import kind_of
from portal.campaign.models import Round
from portal.campaign.services.entries import Sending, submit_entry
from portal.households.models import Household
round_ = Round.objects.select_related("game").get()
for number, family in enumerate(Household.objects.order_by("pk")):
    questions = kind_of(round_).questions_for(round_, family.code)
    answers = {str(one.pk): one.right for one in questions}
    whose = {"household_id": family.pk, "root_id": family.root_id, "is_confirmed": True, "shown_as": "day-du"}
    content = {"answers": answers, "prediction": None}
    sending = Sending(token=uuid4(), opened_at=timezone.now(), content=content, **(whose if number else {}))
    submit_entry(round_=round_, sending=sending, now=timezone.now())
"""
TAMPER = """
from django.db.models import QuerySet
from portal.campaign.models import Draw
from portal.core.page_cache import forget_pages
order = Draw.objects.get().order
QuerySet.update(Draw.objects.all(), order=[*order[:4], order[5], order[4], *order[6:]])
forget_pages()
print(order[4], order[5])
"""


@dataclass
class Clock:
    """The clock of the site under test."""

    file: Path
    ahead: timedelta = timedelta(0)

    def now(self) -> Any:
        return timezone.localtime(timezone.now() + self.ahead)

    def written(self, **later: float) -> str:
        """A moment as it is typed."""
        return f"{self.now() + timedelta(**later):%d/%m/%Y %H:%M}"

    def pass_by(self, **more: float) -> None:
        self.ahead += timedelta(**more)
        self.file.write_text(str(self.ahead.total_seconds()), encoding="utf-8")


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    file = tmp_path_factory.mktemp("clock") / "ahead"
    file.write_text("0", encoding="utf-8")
    return Clock(file)


@pytest.fixture(scope="module")
def hall(tables: Tables, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[RunningSite]:
    """A site with one game, a bank of questions and a few families, whose clock can be moved."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("hall")
        address = stack.enter_context(tables.copied(folder))
        given = {"PYTHONPATH": str(ROOT / "tests" / "clock"), "TEST_CLOCK": str(clock.file)}
        # Its days pass in minutes, and the clerk does not leave the desk meanwhile.
        given["STAFF_SESSION_IDLE_HOURS"] = "168"
        site = stack.enter_context(running_site(folder, address, with_sample=False, **given))
        site.wait_until_ready()
        site.run(STAGE)
        yield site


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": DESK}


@pytest.fixture
def watch(hall: RunningSite) -> Iterator[Watch]:
    notes = Watch(hall.origin)
    yield notes
    assert not notes.abroad, "requests that leave the site"
    assert not notes.errors, "errors in the console"


@pytest.fixture
def page_in(hall, new_context, watch):
    """Opens a browser of somebody's own."""

    def open_browser(**given: Any) -> Page:
        context = new_context(base_url=hall.origin, **given)
        watch.follow(context)
        return context.new_page()

    return open_browser


@dataclass
class Clerk:
    """Presses what is on the screen, counts the presses, and has every screen looked over."""

    page: Page
    steps: int = 0
    trouble: list[str] = field(default_factory=list)

    def next_thing(self) -> Locator:
        return self.page.locator("section").filter(has=self.page.get_by_role("heading", name="Việc tiếp theo"))

    def do_next(self, words: str) -> None:
        """Press the one button of “việc tiếp theo”."""
        self._press(self.next_thing().get_by_role("link", name=words, exact=True))

    def press(self, words: str) -> None:
        self._press(self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)))

    def _press(self, button: Locator) -> None:
        button.click()
        self.page.wait_for_load_state()
        self.steps += 1
        self.look()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)
        self.steps += 1

    def choose(self, label: str) -> None:
        self.page.get_by_label(label).check()
        self.steps += 1

    def read(self, more: str, words: str) -> None:
        """Open the round's public page, or one below it, find the words, and look it over."""
        self.page.goto(f"/minigame/nha-toi-gioi-so/vong-1/{more}")
        expect(self.page.get_by_role("main")).to_contain_text(words)
        self.look()

    def look(self) -> None:
        """Axe, valid HTML and nothing that scrolls sideways, on a phone by day and on a desk by night."""
        for shape, scheme in ((PHONE, "light"), (DESK, "dark")):
            self.page.set_viewport_size(shape)
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(self.page).response["violations"]
            self.trouble += [f"{self.page.url} {scheme}: {describe(violation)}" for violation in found]
            inner, outer = self.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            if inner > outer:
                self.trouble.append(f"{self.page.url}: {inner - outer} px too wide at {shape['width']} px")
        parser = html5lib.HTMLParser()
        parser.parse(self.page.context.request.get(self.page.url).text())
        self.trouble += [f"{self.page.url}: {error}" for error in parser.errors[:3]]


def reload_until(page: Page, words: str) -> None:
    """Until the site's own clock has done its work: it looks at what is due once a minute."""
    for _ in range(PATIENCE):
        page.reload()
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"“{words}” never came; the page says: {page.locator('main').inner_text()[:400]}")


def set_up_and_announce(clerk: Clerk, clock: Clock) -> None:
    clerk.press("Lập vòng mới")
    clerk.fill("Giờ mở", clock.written())
    clerk.fill("Giờ đóng", clock.written(hours=2))
    clerk.press("Lưu, đi tiếp")
    clerk.press("Lưu, đi tiếp")
    clerk.press("Chọn giúp")
    clerk.press("Lưu, đi tiếp")
    clerk.choose("xổ số kiến thiết")
    clerk.fill("Giờ có số", clock.written(days=1))
    clerk.press("Điền câu mẫu")
    clerk.press("Lưu, đi tiếp")
    clerk.fill("Tên giải", "Giải nhất")
    clerk.fill("Phần thưởng", "Một bình giữ nhiệt")
    clerk.press("Lưu, đi tiếp")
    clerk.press("Xem trước như bà con thấy")
    expect(clerk.page.get_by_text("Một bài mẫu")).to_be_visible()
    clerk.press("Về bàn làm việc")
    clerk.do_next("Công bố vòng")
    clerk.press("Công bố vòng 1")
    expect(clerk.next_thing()).to_contain_text("Bà con đang gửi bài")


def settle_and_draw(clerk: Clerk, clock: Clock) -> None:
    clerk.do_next("Xét bài")
    clerk.press("Xét mỗi hộ một bài")
    expect(clerk.page.get_by_text("đã xét đủ")).to_be_visible()
    clerk.press("Về Nhà tôi giỏi số")
    expect(clerk.next_thing()).to_contain_text("Chờ đến giờ đó")
    clock.pass_by(days=1)
    reload_until(clerk.page, "Đã có số bốc thăm")
    clerk.do_next("Bốc thăm")
    clerk.fill("Số bốc thăm", "042317")
    clerk.fill("Nơi thấy số này", "Tờ dò ở đại lý chợ Ba Tô")
    clerk.press("Xem lại trước khi bốc")
    clerk.press("Bốc thăm bằng số 042317")


def test_clerk_takes_a_round_from_set_up_to_winners_by_what_is_on_screen(hall, clock, page_in):
    page = page_in()
    page.goto("/quan-tri/")
    page.locator("input[name=username]").fill("so-ho")
    page.locator("input[name=password]").fill(first_passwords(hall.data_dir)["so-ho"])
    page.locator("input[name=password]").press("Enter")
    clerk = Clerk(page)
    clerk.press("Minigame")
    set_up_and_announce(clerk, clock)

    reader = Clerk(page_in())
    reader.read("", "Dự thi cho nhà mình")
    hall.run(FAMILIES_ENTER)
    clock.pass_by(hours=2, minutes=15)
    reload_until(page, "Xét bài")  # sealed by the site itself, nobody pressing anything
    reader.read("", "Danh sách đã chốt")
    reader.read("boc-tham/", "Thử với một số bất kỳ")
    settle_and_draw(clerk, clock)
    reader.read("", "Bài được thưởng")
    clerk.press("Công bố kết quả")
    clerk.press("Công bố kết quả")
    expect(clerk.next_thing()).to_contain_text("Còn 1 giải chưa trao")
    assert not clerk.trouble
    assert clerk.steps <= MOST_STEPS

    reader.read("", "Phạm Văn Mẫu")
    reader.press("Tự bốc thăm lại để kiểm tra")
    assert not reader.trouble
    browser_and_server_agree(hall, reader.page, page_in)


def browser_and_server_agree(hall: RunningSite, page: Page, page_in: Any) -> None:
    """The reader's own machine, and without scripts the server; then somebody tampers with the published order."""
    page.get_by_role("button", name="Tính trên máy này").click()
    expect(page.locator("[data-draw-result]")).to_contain_text("Khớp. Máy này tính lại")
    plain = page_in(java_script_enabled=False)
    plain.goto(page.url)
    expect(plain.get_by_role("button", name="Tính trên máy này")).to_be_hidden()
    plain.get_by_role("button", name="Tính trên máy của xã").click()
    expect(plain.locator("[data-draw-result]")).to_contain_text("Khớp.")

    first, second = hall.run(TAMPER).split()
    page.goto(page.url)
    page.get_by_role("button", name="Tính trên máy này").click()
    told = f"Không khớp ở chỗ thứ 5: máy này tính ra {first}, xã công bố {second}."
    expect(page.locator("[data-draw-result]")).to_contain_text(told)
