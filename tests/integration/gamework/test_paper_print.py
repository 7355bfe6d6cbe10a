"""Entry sheets: what is printed, for whom, and that printed again it is the same sheet."""

import subprocess
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.campaign.documents.sheets import sheets_pdf
from portal.campaign.kinds import kind_of
from portal.campaign.models import EntrySheet
from portal.campaign.services.entries import secret_of_first_token
from portal.campaign.services.rounds import RulesAreFixed, change_round
from portal.campaign.services.sheets import SheetsRefused, print_blank_sheets, print_household_sheets
from portal.core.models import AuditEntry
from tests.factories.games import RoundFactory
from tests.factories.households import HouseholdFactory
from tests.integration.gamework.pages import boxes_of, words_of
from tests.integration.register.titles import codes_on, text_of

pytestmark = pytest.mark.django_db


def plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.fixture
def round_():
    return RoundFactory(question_count=3, prediction_of="so-bai")


@pytest.fixture
def household(village):
    return HouseholdFactory(head_name="Phạm Văn Đền", village=village)


def printed(round_, *households, by):
    return print_household_sheets(round_=round_, households=households, by=by)


def test_sheet_asks_the_households_own_questions_in_its_own_order(round_, household, officer, tmp_path):
    sheets = printed(round_, household, by=officer.user)
    words = plain(text_of(sheets_pdf(round_, sheets), tmp_path))
    form = kind_of(round_).form(round_, household.code)
    places = []
    for number, question in enumerate(form.questions, start=1):
        places.append(words.index(f"{number}. {question.text}"))
        options = [text for _value, text in form.fields[f"q{question.pk}"].choices]
        places += [words.index(f"{letter}. {text}", places[-1]) for letter, text in zip("ABC", options, strict=True)]
    assert places == sorted(places)
    assert words.index("Có bao nhiêu bài được tính trong vòng này?") > places[-1]


def test_sheet_and_stub_say_all_that_the_family_needs(round_, household, officer, tmp_path):
    [sheet] = printed(round_, household, by=officer.user)
    words = plain(text_of(sheets_pdf(round_, [sheet]), tmp_path))
    secret = secret_of_first_token(sheet.token)
    for said in (
        sheet.code,
        household.code,
        "Phạm Văn Đền",
        round_.game.title,
        "không thu tiền",
        "không hỏi mật khẩu, mã OTP, số tài khoản",
        "trao giải tận tay, không gửi đường link",
        "tính bài gửi sau cùng",
        "Người nộp",
        "cắt theo đường này",
        f"{secret[:3]} {secret[3:]}",
        "/minigame/bai/",
    ):
        assert said in words, said
    assert words.count(sheet.code) >= 2, "on the sheet and on its stub"


def test_square_codes_lead_to_the_typing_screen_and_to_the_receipt(round_, household, officer, tmp_path, settings):
    settings.BASE_URL = "https://gia-dinh-so.example.vn"
    [sheet] = printed(round_, household, by=officer.user)
    assert set(codes_on(sheets_pdf(round_, [sheet]), tmp_path)) == {
        f"https://gia-dinh-so.example.vn{reverse('gamepaper:type_sheet', args=[sheet.code])}",
        f"https://gia-dinh-so.example.vn/minigame/bai/{sheet.code}/",
    }


def test_sheet_is_a4_with_our_own_fonts_and_tags_for_listeners(round_, household, officer, tmp_path):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheets_pdf(round_, printed(round_, household, by=officer.user)))
    facts = subprocess.run(["pdfinfo", str(file)], check=True, capture_output=True, text=True).stdout
    assert "595.276 x 841.89 pts (A4)" in facts
    assert "Tagged:          yes" in facts


def test_sheet_for_days_has_a_row_a_day_and_a_box_a_way(household, officer, tmp_path):
    round_ = RoundFactory(cashless=True)
    words = plain(text_of(sheets_pdf(round_, printed(round_, household, by=officer.user)), tmp_path))
    for number in range(7):
        assert f"{round_.days_from + timedelta(days=number):%d/%m}" in words
    for said in ("Quét mã QR", "Ví điện tử", "Thẻ ngân hàng", "Nhà mình kể vài câu"):
        assert said in words


def test_printed_again_it_is_the_same_sheet(round_, household, officer, second_officer):
    first = printed(round_, household, by=officer.user)
    again = printed(round_, HouseholdFactory(), household, by=second_officer.user)
    assert again[1] == first[0]
    assert EntrySheet.objects.count() == 2


def test_blank_sheets_of_one_form_are_made_once(round_, village, officer):
    batch = uuid4()
    given = {"round_": round_, "batch": batch, "count": 3, "village": village, "by": officer.user}
    first, again = print_blank_sheets(**given), print_blank_sheets(**given)
    assert [sheet.code for sheet in first] == [sheet.code for sheet in again]
    assert EntrySheet.objects.count() == 3


def test_no_sheets_before_the_rules_are_known_nor_after_the_close(household, officer):
    with pytest.raises(SheetsRefused, match="chưa công bố"):
        printed(RoundFactory(draft=True), household, by=officer.user)
    with pytest.raises(SheetsRefused, match="đã đóng"):
        printed(RoundFactory(over=True), household, by=officer.user)


def test_what_is_printed_is_not_changed_any_more(household, officer):
    now = timezone.now()
    hours = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=2)}
    round_ = RoundFactory(**hours, announced_at=now)
    change_round(round_=round_, values={"question_count": 2}, by=officer.user, reason="Ít câu thôi")
    printed(round_, household, by=officer.user)
    with pytest.raises(RulesAreFixed, match="phiếu giấy"):
        change_round(round_=round_, values={"question_count": 3}, by=officer.user, reason="Nhiều câu hơn")
    change_round(round_=round_, values={"closes_at": now + timedelta(hours=40)}, by=officer.user, reason="Sớm hơn")


class TestPage:
    def address(self, round_):
        return reverse("gamepaper:print", args=[round_.pk])

    def test_team_prints_for_chosen_families_of_its_own_village(self, round_, household, team_member, other_village):
        foreign = HouseholdFactory(village=other_village, head_name="Đinh Thị Lạ")
        page = team_member.get(self.address(round_))
        assert household.code in words_of(page)
        assert "Đinh Thị Lạ" not in words_of(page)
        answer = team_member.post(self.address(round_), {"ho": [household.code, foreign.code]})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert [sheet.household for sheet in EntrySheet.objects.all()] == [household]
        assert AuditEntry.objects.filter(action="sheets.print", by=team_member.user).count() == 1

    def test_all_that_are_shown_are_printed_in_their_order(self, round_, village, team_member):
        for name in ("Phạm Văn Vút", "Phạm Thị Bông"):
            HouseholdFactory(village=village, head_name=name)
        assert team_member.post(self.address(round_) + "?q=bong", {"all": "1"}).status_code == 200
        assert [sheet.household.head_name for sheet in EntrySheet.objects.all()] == ["Phạm Thị Bông"]

    def test_nothing_chosen_is_said_and_nothing_printed(self, round_, household, team_member):
        answer = team_member.post(self.address(round_), {})
        assert "Chưa chọn hộ nào" in words_of(answer)
        assert not EntrySheet.objects.exists()

    def test_blank_sheets_of_a_team_carry_its_village(self, round_, village, team_member, tmp_path):
        values = boxes_of(team_member.get(self.address(round_)))
        answer = team_member.post(self.address(round_), {**values, "count": "2", "blank": "1"})
        assert plain(text_of(answer.content, tmp_path)).count(f"Thôn {village}") == 2
        assert {sheet.village for sheet in EntrySheet.objects.all()} == {village}

    @pytest.mark.parametrize(
        ("count", "sentence"), [("0", "từ 1 trở lên"), ("201", "nhiều nhất là 200"), ("x", "chữ số")]
    )
    def test_odd_numbers_of_blank_sheets_are_refused_in_words(self, round_, team_member, count, sentence):
        answer = team_member.post(self.address(round_), {"batch": str(uuid4()), "count": count, "blank": "1"})
        assert sentence in words_of(answer)
        assert not EntrySheet.objects.exists()

    def test_one_sheet_is_printed_again_by_its_own_team_only(self, round_, household, team_member, colleague, officer):
        [sheet] = printed(round_, household, by=officer.user)
        address = reverse("gamepaper:print_again", args=[sheet.code])
        assert team_member.post(address).headers["Content-Type"] == "application/pdf"
        assert colleague.post(address).status_code == 404
        assert EntrySheet.objects.count() == 1
