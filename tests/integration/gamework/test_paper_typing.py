"""The returned pile: what the sheet says is what is saved, once, by those whose village it is."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.campaign.enums import CountingRule, EntryChannel
from portal.campaign.kinds import kind_of
from portal.campaign.models import Entry
from portal.campaign.selectors.closing import running_entries
from portal.campaign.services.closing import seal_round, settle_households
from portal.campaign.services.entries import secret_of_entry, secret_of_first_token
from portal.campaign.services.sheets import print_household_sheets
from portal.core.models import AuditEntry
from tests.factories.games import EntryFactory, EntrySheetFactory, RoundFactory
from tests.factories.households import HouseholdFactory, VillageFactory
from tests.integration.games.course import over, send
from tests.integration.gamework.pages import boxes_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    return RoundFactory()


@pytest.fixture
def household(village):
    return HouseholdFactory(head_name="Phạm Văn Đền", village=village)


@pytest.fixture
def sheet(round_, household, officer):
    return print_household_sheets(round_=round_, households=[household], by=officer.user)[0]


def address(sheet):
    return reverse("gamepaper:type_sheet", args=[sheet.code])


def answers(sheet, choice=0):
    """The boxes ticked on the sheet: of every question the one at that place."""
    who = sheet.household.code if sheet.household else sheet.code
    form = kind_of(sheet.round).form(sheet.round, who)
    return {name: form.fields[name].choices[choice][0] for step in form.steps for name in step.fields if name[0] == "q"}


def filled(browser, sheet, **given):
    """The page's own form, answered."""
    values = boxes_of(browser.get(address(sheet)))
    now = timezone.localtime()
    values |= {"right_house": "dung", "handed_on": f"{now:%d/%m/%Y}", "handed_time": f"{now:%H:%M}"}
    return {**values, **answers(sheet), **given}


def test_sheet_is_saved_as_the_familys_confirmed_entry_and_read_back(sheet, household, team_member):
    values = filled(team_member, sheet)
    answer = team_member.post(address(sheet), values)
    assert answer.url == f"{reverse('gamepaper:type')}?vua={sheet.code}"
    entry = Entry.objects.get()
    assert (entry.code, entry.household, entry.channel) == (sheet.code, household, EntryChannel.PAPER)
    assert entry.is_confirmed
    assert entry.entered_by == team_member.user
    assert f"{timezone.localtime(entry.received_at):%d/%m/%Y %H:%M}" == f"{values['handed_on']} {values['handed_time']}"
    page = words_of(team_member.get(answer.url))
    assert f"Đã lưu phiếu {sheet.code}" in page
    for asked, answered in kind_of(sheet.round).shown(sheet.round, entry.content):
        assert asked in page
        assert answered in page
    assert AuditEntry.objects.filter(action="entry.type", subject=sheet.code).count() == 1


def test_stub_shows_the_secret_number_of_the_entry_before_it_is_there(sheet, team_member):
    team_member.post(address(sheet), filled(team_member, sheet))
    assert secret_of_entry(Entry.objects.get()) == secret_of_first_token(sheet.token)


def test_questions_stand_in_the_order_of_the_sheet(sheet, team_member):
    page = words_of(team_member.get(address(sheet)))
    form = kind_of(sheet.round).form(sheet.round, sheet.household.code)
    places = [page.index(f"{number}. {question.text}") for number, question in enumerate(form.questions, start=1)]
    assert places == sorted(places)
    for question in form.questions:
        choices = form.fields[f"q{question.pk}"].choices
        options = [f"{letter} {text}" for letter, (_value, text) in zip("ABC", choices, strict=True)]
        assert " ".join(options) in page


@pytest.mark.parametrize(
    "write", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f"https://x/{code}/"]
)
def test_code_is_typed_in_any_way_or_scanned(sheet, team_member, write):
    answer = team_member.get(reverse("gamepaper:type"), {"ma": write(sheet.code)})
    assert answer.url == address(sheet)


def test_misspelt_code_is_told_by_its_check_character(sheet, team_member):
    wrong = sheet.code[:-1] + ("0" if sheet.code[-1] != "0" else "1")
    page = words_of(team_member.get(reverse("gamepaper:type"), {"ma": wrong}))
    assert "gõ nhầm một chữ" in page


def test_sheet_of_another_village_does_not_exist(sheet, colleague):
    assert colleague.get(address(sheet)).status_code == 404
    assert colleague.post(address(sheet), {}).status_code == 404
    page = words_of(colleague.get(reverse("gamepaper:type"), {"ma": sheet.code}))
    assert "không thuộc thôn anh/chị phụ trách" in page
    assert not colleague.get(reverse("gamepaper:type"), {"vua": sheet.code}).context["entry"]


def test_office_types_sheets_of_every_village(sheet, officer):
    assert officer.post(address(sheet), filled(officer, sheet)).status_code == 302


def test_sheet_typed_twice_says_when_it_was_typed(sheet, team_member, officer):
    first, second = filled(team_member, sheet), filled(officer, sheet, **answers(sheet, 1))
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        team_member.post(address(sheet), first)
    assert officer.post(address(sheet), second).url == address(sheet)
    assert Entry.objects.count() == 1
    page = words_of(officer.get(address(sheet)))
    assert "Đã nhập lúc" in page
    assert "Phạm Thị Phúc" in page


def test_same_form_sent_twice_is_one_entry(sheet, team_member):
    values = filled(team_member, sheet)
    team_member.post(address(sheet), values)
    team_member.post(address(sheet), values)
    assert Entry.objects.count() == 1


def test_question_without_answer_is_asked_about_once(sheet, team_member):
    values = filled(team_member, sheet)
    left_out = min(name for name in values if name.startswith("q"))
    del values[left_out]
    page = team_member.post(address(sheet), values)
    assert "Chưa có câu trả lời cho câu" in words_of(page)
    assert not Entry.objects.exists()
    team_member.post(address(sheet), {**values, "left_blank": "on"})
    assert len(Entry.objects.get().content["answers"]) == 2


def test_house_must_be_looked_at(sheet, team_member):
    page = team_member.post(address(sheet), filled(team_member, sheet, right_house=""))
    assert "Xin xem phiếu có đúng của nhà này không" in words_of(page)
    assert not Entry.objects.exists()


def test_sheet_of_one_family_used_by_another(sheet, village, team_member):
    other = HouseholdFactory(village=village, head_name="Đinh Thị Gái")
    values = filled(team_member, sheet, right_house="khac", household_code=other.code.lower())
    page = team_member.post(address(sheet), values)
    assert "Đinh Thị Gái" in words_of(page), "the family behind a typed code is looked at before it is believed"
    assert not Entry.objects.exists()
    team_member.post(address(sheet), {**values, "checked_code": other.code})
    assert Entry.objects.get().household == other


class TestBlankSheet:
    @pytest.fixture
    def sheet(self, round_, village, officer):
        return EntrySheetFactory(round=round_, village=village, printed_by=officer.user)

    def test_name_and_village_are_enough(self, sheet, village, team_member):
        values = filled(team_member, sheet, head_name="Đinh Văn Lạ", phone="0356 123 456")
        assert values["village"] == str(village.pk), "the sheet's own village is there already"
        team_member.post(address(sheet), values)
        entry = Entry.objects.get()
        assert (entry.head_name, entry.village, entry.phone, entry.household) == (
            "Đinh Văn Lạ",
            village,
            "+84356123456",
            None,
        )
        assert not entry.is_confirmed

    def test_without_any_name_it_is_not_saved(self, sheet, team_member):
        page = team_member.post(address(sheet), filled(team_member, sheet))
        assert "Xin gõ mã hộ, hoặc tên chủ hộ và thôn" in words_of(page)
        assert not Entry.objects.exists()

    def test_household_of_another_village_is_not_reached(self, sheet, other_village, team_member):
        foreign = HouseholdFactory(village=other_village, head_name="Đinh Thị Lạ")
        page = words_of(team_member.post(address(sheet), filled(team_member, sheet, household_code=foreign.code)))
        assert "không thuộc thôn anh/chị phụ trách" in page
        assert "Đinh Thị Lạ" not in page

    def test_village_outside_ones_own_cannot_be_chosen(self, sheet, team_member):
        values = filled(team_member, sheet, head_name="Đinh Văn Lạ", village=str(VillageFactory().pk))
        team_member.post(address(sheet), values)
        assert not Entry.objects.exists()

    def test_sheet_printed_for_all_is_typed_by_any_team(self, round_, colleague, other_village):
        everybodys = EntrySheetFactory(round=round_)
        colleague.post(address(everybodys), filled(colleague, everybodys, head_name="Đinh Văn Xa"))
        assert Entry.objects.get().village == other_village


class TestHour:
    def at(self, moment):
        local = timezone.localtime(moment)
        return {"handed_on": f"{local:%d/%m/%Y}", "handed_time": f"{local:%H:%M}"}

    def test_paper_handed_in_before_the_close_is_typed_in_after_it(self, round_, sheet, team_member):
        handed = round_.closes_at - timedelta(minutes=2)
        with over(round_):
            team_member.post(address(sheet), filled(team_member, sheet, **self.at(handed)))
        entry = Entry.objects.get()
        assert entry.received_at < round_.closes_at
        assert not entry.is_late

    @pytest.mark.parametrize(("minutes", "sentence"), [(1, "Vòng đóng lúc"), (-2000, "Vòng mở lúc")])
    def test_paper_handed_in_outside_the_hours_is_refused_beside_the_box(
        self, round_, sheet, team_member, minutes, sentence
    ):
        with over(round_):
            moment = round_.closes_at + timedelta(minutes=minutes)
            page = team_member.post(address(sheet), filled(team_member, sheet, **self.at(moment)))
        assert sentence in words_of(page)
        assert not Entry.objects.exists()

    def test_hour_that_has_not_come_is_refused(self, sheet, team_member):
        later = timezone.now() + timedelta(minutes=30)
        page = team_member.post(address(sheet), filled(team_member, sheet, **self.at(later)))
        assert "chưa tới" in words_of(page)

    @pytest.mark.parametrize("written", ["0:05", "0h5", "0 giờ 5 phút", "0.05"])
    def test_hour_is_written_in_any_way(self, sheet, team_member, written):
        with time_machine.travel(timezone.localtime().replace(hour=0, minute=6)):
            sheet.round.opens_at = timezone.now() - timedelta(hours=1)
            sheet.round.save()
            answer = team_member.post(address(sheet), filled(team_member, sheet, handed_time=written))
        assert answer.status_code == 302

    @pytest.mark.parametrize("written", ["24:00", "9:60", "sáng", ""])
    def test_hour_that_is_none_is_told(self, sheet, team_member, written):
        page = team_member.post(address(sheet), filled(team_member, sheet, handed_time=written))
        assert page.status_code == 200
        assert not Entry.objects.exists()

    def test_sealed_list_takes_no_more_paper(self, round_, sheet, team_member, officer):
        with over(round_):
            values = filled(team_member, sheet, **self.at(round_.closes_at - timedelta(minutes=2)))
            seal_round(round_=round_, by=officer.user)
            page = team_member.post(address(sheet), values)
        assert "danh sách đã chốt" in words_of(page)
        assert not Entry.objects.exists()

    def test_day_and_hour_of_the_sheet_before_are_offered_again(self, round_, sheet, village, team_member, officer):
        other = HouseholdFactory(village=village)
        [second] = print_household_sheets(round_=round_, households=[other], by=officer.user)
        handed = timezone.now() - timedelta(minutes=20)
        team_member.post(address(sheet), filled(team_member, sheet, **self.at(handed)))
        assert boxes_of(team_member.get(address(second))).items() >= self.at(handed).items()


class TestCorrection:
    def test_slip_of_the_typist_is_mended_and_the_older_version_kept(self, sheet, team_member):
        team_member.post(address(sheet), filled(team_member, sheet))
        values = boxes_of(team_member.get(address(sheet) + "?sua=1"))
        assert answers(sheet).items() <= values.items(), "what was typed is there again"
        team_member.post(address(sheet), {**values, **answers(sheet, 1)})
        first, second = Entry.objects.order_by("version")
        assert second.version == 2
        assert second.content != first.content
        assert second.first_token == first.token

    def test_correction_sent_twice_is_one(self, sheet, team_member):
        team_member.post(address(sheet), filled(team_member, sheet))
        values = boxes_of(team_member.get(address(sheet) + "?sua=1"))
        team_member.post(address(sheet), values)
        team_member.post(address(sheet), values)
        assert Entry.objects.count() == 2

    def test_what_the_family_changed_itself_is_not_shown_nor_overwritten(self, round_, sheet, household, team_member):
        team_member.post(address(sheet), filled(team_member, sheet))
        send(round_, household, changes=Entry.objects.get())
        page = team_member.get(address(sheet) + "?sua=1")
        assert "Gia đình đã tự sửa bài này trên máy" in words_of(page)
        assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("rule", "counted"),
    [(CountingRule.PAPER, "paper"), (CountingRule.LAST, "web"), (CountingRule.FIRST, "paper")],
)
def test_web_and_paper_of_one_family_are_both_kept_and_the_rules_entry_counts(
    household, officer, team_member, rule, counted
):
    round_ = RoundFactory(counting_rule=rule)
    [sheet] = print_household_sheets(round_=round_, households=[household], by=officer.user)
    handed = timezone.localtime(timezone.now() - timedelta(minutes=30))
    given = {"handed_on": f"{handed:%d/%m/%Y}", "handed_time": f"{handed:%H:%M}"}
    answer = team_member.post(address(sheet), filled(team_member, sheet, **given))
    assert rule.label.lower() in words_of(team_member.get(answer.url))
    web = send(round_, household, is_confirmed=True)
    with over(round_):
        seal_round(round_=round_, by=officer.user)
        settle_households(round_=round_, by=officer.user)
    assert Entry.objects.count() == 2
    assert [entry.code for entry in running_entries(round_)] == [sheet.code if counted == "paper" else web.code]


class TestDays:
    def test_days_and_ways_are_typed_as_ticked(self, household, team_member, officer):
        round_ = RoundFactory(cashless=True)
        [sheet] = print_household_sheets(round_=round_, households=[household], by=officer.user)
        day = round_.days_from
        given = {f"d{day:%Y%m%d}": ["ma-qr", "the"], "story": "Nhà tôi quét mã mua gạo ở chợ."}
        team_member.post(address(sheet), filled(team_member, sheet, **given))
        entry = Entry.objects.get()
        assert entry.content["days"] == {day.isoformat(): ["ma-qr", "the"]}
        assert entry.content["story"] == "Nhà tôi quét mã mua gạo ở chợ."

    def test_sum_of_money_in_the_story_is_refused_and_nothing_typed_is_lost(self, household, team_member, officer):
        round_ = RoundFactory(cashless=True)
        [sheet] = print_household_sheets(round_=round_, households=[household], by=officer.user)
        given = {f"d{round_.days_from:%Y%m%d}": ["ma-qr"], "story": "Tôi chuyển 500.000 đồng."}
        page = team_member.post(address(sheet), filled(team_member, sheet, **given))
        assert "đừng ghi số tiền" in words_of(page)
        assert boxes_of(page)["story"] == "Tôi chuyển 500.000 đồng."
        assert not Entry.objects.exists()


def test_pile_of_the_day_lists_only_ones_own(sheet, team_member, officer):
    team_member.post(address(sheet), filled(team_member, sheet))
    EntryFactory(round=sheet.round)
    assert [entry.code for entry in team_member.get(reverse("gamepaper:index")).context["typed"]] == [sheet.code]
    assert officer.get(reverse("gamepaper:index")).context["typed"] == []
