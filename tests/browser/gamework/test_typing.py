"""The pile of paper by keyboard: one key an answer; and the same page as a plain form."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portal.campaign.kinds import kind_of
from portal.campaign.models import Entry
from portal.campaign.services.sheets import print_household_sheets
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory


@pytest.fixture
def sheets(village, officer):
    """Two sheets of one round, for two families of the village."""
    round_ = RoundFactory(prediction_of="so-bai")
    households = [HouseholdFactory(village=village, head_name=name) for name in ("Phạm Văn Đền", "Đinh Thị Gái")]
    return print_household_sheets(round_=round_, households=households, by=officer.user)


def order_of(sheet):
    """Question fields in the sheet's order, with the values behind A, B, C."""
    form = kind_of(sheet.round).form(sheet.round, sheet.household.code)
    return [[value for value, _text in form.fields[f"q{question.pk}"].choices] for question in form.questions]


def test_sheet_is_typed_with_one_key_an_answer_and_the_next_one_follows(window, sheets, team_member):
    now = timezone.localtime()
    page = window(team_member).go(reverse("gamepaper:type"))
    expect(page.get_by_label("Mã bài trên phiếu")).to_be_focused()
    page.keyboard.type(sheets[0].code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=sheets[0].code)).to_be_visible()
    page.wait_for_load_state()  # keys mean something once the script is there
    page.keyboard.type("abca")  # this house; then B, C and A
    page.keyboard.type("12")  # the prediction
    page.keyboard.press("Enter")
    page.keyboard.type("c")  # shown by village only; on to the day, which is there already
    expect(page.get_by_label("Nộp ngày")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(f"{now:%H:%M}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"Đã lưu phiếu {sheets[0].code}")
    entry, places = Entry.objects.get(), order_of(sheets[0])
    chosen = {places[0][1], places[1][2], places[2][0]}  # PostgreSQL keeps no order of keys
    assert {str(value) for value in entry.content["answers"].values()} == chosen
    assert (entry.content["prediction"], entry.shown_as) == (12, "chi-thon")

    expect(page.get_by_label("Mã bài trên phiếu")).to_be_focused()
    page.keyboard.type(sheets[1].code)  # the box waits for the next one
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=sheets[1].code)).to_be_visible()
    page.wait_for_load_state()
    assert page.get_by_label("Nộp lúc").input_value() == f"{now:%H:%M}"


def test_enter_passes_over_and_the_upward_arrow_goes_back(window, sheets, team_member):
    page = window(team_member).go(reverse("gamepaper:type_sheet", args=[sheets[0].code]))
    rows = page.locator("[data-row]:visible")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(rows.nth(2).locator("input").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("b")
    expect(rows.nth(1).locator("[data-letter=B]")).to_be_checked()
    expect(rows.nth(2).locator("input").first).to_be_focused()


def test_other_house_opens_its_boxes_and_letters_are_letters_there(window, sheets, village, team_member):
    page = window(team_member).go(reverse("gamepaper:type_sheet", args=[sheets[0].code]))
    page.keyboard.type("b")
    page.keyboard.type(HouseholdFactory(village=village, head_name="Phạm Thị Bông").code)
    assert page.get_by_label("Mã hộ").input_value().startswith("BT-")


def test_days_stay_on_their_row_until_enter(window, village, officer, team_member):
    round_ = RoundFactory(cashless=True)
    [sheet] = print_household_sheets(round_=round_, households=[HouseholdFactory(village=village)], by=officer.user)
    page = window(team_member).go(reverse("gamepaper:type_sheet", args=[sheet.code]))
    page.keyboard.type("aad")
    page.keyboard.press("Enter")
    page.keyboard.type("eab")
    page.keyboard.type("b")
    days = page.locator("fieldset").filter(has=page.locator("[type=checkbox]"))
    ticked = [[box.get_attribute("data-letter") for box in row.locator(":checked").all()] for row in days.all()[:2]]
    assert ticked == [["A", "D"], ["A", "E"]]


def test_without_scripts_it_is_a_plain_form(window, sheets, team_member):
    page = window(team_member, scripts=False).go(reverse("gamepaper:type"))
    page.get_by_label("Mã bài trên phiếu").fill(sheets[0].code)
    page.get_by_role("button", name="Mở phiếu").click()
    expect(page.get_by_role("heading", name=sheets[0].code)).to_be_visible()
    for row in page.locator("fieldset[data-row]").all():
        row.locator("label").first.click()
    page.get_by_label("Nộp lúc").fill(f"{timezone.localtime():%H:%M}")
    page.get_by_role("button", name="Lưu phiếu").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu phiếu")
    assert Entry.objects.get().household == sheets[0].household


@pytest.mark.parametrize("name", ["index", "print", "type", "type_sheet"])
def test_pages_serve_every_reader_and_width(window, sheets, team_member, name):
    arguments = {"print": [sheets[0].round_id], "type_sheet": [sheets[0].code]}.get(name, [])
    desk = window(team_member)
    desk.go(reverse(f"gamepaper:{name}", args=arguments))
    assert not desk.violations()
    assert not desk.is_too_wide()
