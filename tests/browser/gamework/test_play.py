"""A family at a phone of 360 px, with and without JavaScript: it plays, changes, reads again, and one entry counts."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.campaign.enums import CountingRule
from portal.campaign.models import EntrySheet, Round, SealedEntry
from portal.campaign.services.closing import seal_round, settle_households
from portal.campaign.services.results import publish_results
from portal.campaign.services.sheets import print_household_sheets
from portal.households.services.secret_numbers import digest_of_secret
from tests.browser.inhouse import PHONE, Window
from tests.factories.games import QuestionFactory, RoundFactory
from tests.factories.households import HouseholdFactory
from tests.html import nu_messages, parse_errors
from tests.integration.games.course import drawn, number_known, over, send

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
SECRET = "123456"
#: What a person needs at least to read its answers before sending.
READING = timedelta(seconds=20)
DAY_1, DAY_2 = "Quét mã QR", "Chuyển khoản"
STORY = "Bà ngoại quét mã ở chợ."


@dataclass
class Family:
    """Somebody at a phone, who presses what is on the screen; every screen is looked over on the way."""

    window: Window
    trouble: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.window.page

    def open(self, path: str) -> None:
        self.window.go(path)
        self.look()

    def press(self, words: str) -> None:
        """A button or a link of the page by its words, a pattern."""
        main, named = self.page.get_by_role("main"), re.compile(words)
        main.get_by_role("button", name=named).or_(main.get_by_role("link", name=named)).first.click()
        self.page.wait_for_load_state("networkidle")
        self.look()

    def look(self) -> None:
        """Valid HTML, nothing wrong for axe, nothing that scrolls sideways; a screen that comes again is known."""
        name = " / ".join(self.page.locator("h1, h2").all_inner_texts())
        if name in self.texts:
            return
        self.texts[name] = self.window.html
        if self.window.scripts:
            self.trouble += [f"{name}: {words}" for words in self.window.violations()]
        if self.window.is_too_wide():
            self.trouble.append(f"{name}: too wide")
        self.page.set_viewport_size(PHONE)

    def tells_who(self, code: str) -> None:
        self.page.get_by_label("Mã hộ").fill(code)
        self.page.get_by_label("Số bí mật (không bắt buộc)").fill(SECRET)
        self.press("Vào bài")

    def answers(self, round_: Round, words: str) -> None:
        """Every screen of the game itself."""
        if round_.takes_photo:
            day = self.page.locator("details[open]").last
            day.get_by_text(words).click()
            self.press("Đi tiếp")
            self.page.get_by_role("textbox").fill(STORY)
            self.press("Đi tiếp")
            expect(self.page.get_by_label("Chọn ảnh")).to_be_visible()
            self.press("Đi tiếp")
            return
        for _ in range(round_.question_count):
            self.page.get_by_text(words, exact=True).click()
            self.press("Đi tiếp")

    def chooses_to_be_shown_by_code(self) -> None:
        self.page.locator("label").filter(has=self.page.locator("input[value=chi-ma]")).click()
        self.press("Xem lại bài")

    def sends(self, button: str) -> None:
        with time_machine.travel(timezone.now() + READING, tick=True):
            self.press(button)

    def reads_receipt(self) -> tuple[str, str]:
        """(code, secret) from the slip."""
        code, secret = self.page.get_by_role("region", name="Giấy nhận").locator(".code").all_inner_texts()
        return code, secret

    def reads_again(self, code: str, secret: str) -> None:
        self.open("/minigame/bai/")
        self.page.get_by_label("Mã dự thi").fill(code.lower().replace("-", " "))
        self.press("Xem bài")
        expect(self.page.get_by_role("main")).to_contain_text("Xã đã nhận bài này")
        self.page.get_by_label("Số bí mật của bài").fill(secret)
        self.press("Mở bài")


@pytest.fixture
def household(village):
    household = HouseholdFactory(head_name="Phạm Văn Đền", village=village)
    household.secret_digest = digest_of_secret(household.code, SECRET)
    household.save()
    return household


@pytest.fixture
def noon(time_machine):
    """No test stands before midnight and its paper after it."""
    time_machine.move_to(timezone.localtime().replace(hour=12, minute=0, second=0), tick=True)


def types_paper(window: Window, sheet: EntrySheet) -> None:
    """The team types the sheet in, as a plain form; it was handed in just now."""
    page = window.go(reverse("gamepaper:type_sheet", args=[sheet.code]))
    for row in page.locator("fieldset[data-row]").all():
        row.locator("label").first.click()
    page.get_by_label("Nộp lúc").fill(f"{timezone.localtime():%H:%M}")
    page.get_by_role("button", name="Lưu phiếu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu phiếu")


def counted(round_: Round, by) -> list[str]:
    """Codes that stay in the running, as the public page of the round tells them."""
    with over(round_):
        seal_round(round_=round_, by=by)
        settle_households(round_=round_, by=by)
        page = Client().get(Round.objects.get(pk=round_.pk).get_absolute_url())
    left_out = {code for code, _row in page.context["exclusions"]}
    return [row.code for row in SealedEntry.objects.filter(sealed_list__round=round_) if row.code not in left_out]


def plays(family: Family, round_: Round, code: str, *, first: str, second: str) -> tuple[str, str]:
    """Enters, reads its entry again by code and changes it; returns the receipt's two codes."""
    family.open(f"/minigame/{round_.game.slug}/vong-{round_.number}/du-thi/")
    family.tells_who(code)
    family.answers(round_, first)
    family.chooses_to_be_shown_by_code()
    family.sends("Gửi bài$")
    receipt = family.reads_receipt()
    family.reads_again(*receipt)
    expect(family.page.get_by_role("main")).to_contain_text(first)
    family.press("Sửa bài")
    family.answers(round_, second)
    family.chooses_to_be_shown_by_code()
    family.sends("Gửi bài sửa")
    expect(family.page.get_by_role("heading", level=1)).to_have_text("Xã đã nhận bài sửa.")
    family.reads_again(*receipt)
    expect(family.page.get_by_role("main")).to_contain_text(second)
    expect(family.page.get_by_role("main")).to_contain_text("Bản 2, bài được tính")
    return receipt


BEFORE, AFTER = -timedelta(minutes=30), timedelta(hours=1)
QUESTIONS, DAYS = {}, {"cashless": True}


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("kind", "scripts", "rule", "paper_comes", "is_paper_counted"),
    [
        (QUESTIONS, True, CountingRule.LAST, BEFORE, False),
        (QUESTIONS, False, CountingRule.PAPER, BEFORE, True),
        (DAYS, True, CountingRule.LAST, AFTER, True),
        (DAYS, False, CountingRule.FIRST, AFTER, False),
    ],
    ids=["questions", "questions, plain", "days", "days, plain"],
)
def test_family_plays_changes_and_reads_again_and_the_entry_that_the_rules_name_counts(
    window, household, team_member, officer, tmp_path, kind, scripts, rule, paper_comes, is_paper_counted
):
    round_ = RoundFactory(counting_rule=rule, **kind)
    [sheet] = print_household_sheets(round_=round_, households=[household], by=officer.user)
    family = Family(window(Client(), scripts=scripts, size=PHONE))
    words = {"first": "Đọc mã OTP", "second": "Cúp máy"} if kind is QUESTIONS else {"first": DAY_1, "second": DAY_2}
    code, _secret = plays(family, round_, household.code, **words)
    with time_machine.travel(timezone.now() + paper_comes, tick=True):
        types_paper(window(team_member, scripts=False), sheet)
    assert counted(round_, officer.user) == [sheet.code if is_paper_counted else code]
    assert not family.trouble
    assert not parse_errors(family.texts)
    assert not nu_messages(family.texts, tmp_path)


@pytest.mark.usefixtures("noon")
def test_pages_around_the_entry_serve_every_reader_and_width(window, officer, household, tmp_path):
    for _ in range(2):
        QuestionFactory(practice=True)
    running, past = RoundFactory(), RoundFactory(prizes=[1])
    send(past, household, is_confirmed=True, shown_as="day-du")
    reader = Family(window(Client(), size=PHONE))
    game = f"/minigame/{running.game.slug}/"
    for path in ("/minigame/", game, f"{game}vong-{running.number}/", f"{game}tap/"):
        reader.open(path)
    reader.press("Xem đúng chưa")
    expect(reader.page.get_by_role("alert")).to_contain_text("Xin chọn một câu trả lời.")
    for _ in range(2):
        reader.page.locator("label.choice").first.click()
        reader.press("Xem đúng chưa")
        reader.press("Sang câu 2|Xong")
    drawn(past, officer.user)
    with number_known(past):
        publish_results(round_=Round.objects.get(pk=past.pk), by=officer.user)
        for path in (past.get_absolute_url(), f"{past.get_absolute_url()}boc-tham/"):
            reader.open(path)
    for path in ("/minigame/bai/?ma=", f"/minigame/{past.game.slug}/vong-{past.number}/du-thi/"):
        with number_known(past):
            reader.open(path)
    assert not reader.trouble
    assert not parse_errors(reader.texts)
    assert not nu_messages(reader.texts, tmp_path)
