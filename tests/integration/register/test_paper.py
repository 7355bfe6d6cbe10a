"""Paper out and in: forms in the order in which they are typed, piles entered by keyboard, lists for the board."""

import re

import pytest
from django.urls import reverse

from portal.households.enums import Channel, Result
from portal.households.forms.team_registration import FamilyForm
from portal.households.models import CriteriaSet, Registration, Visit
from portal.households.selectors import villages_today
from tests.factories.households import CandidateFactory, FindingFactory, HouseholdFactory, ProposalFactory, VisitFactory
from tests.integration.register.public_forms import text_of
from tests.integration.register.test_team_register import sheet
from tests.integration.register.test_team_visits import filled

pytestmark = pytest.mark.django_db
PILE = reverse("team:visit_pile")


@pytest.fixture
def family(village):
    return HouseholdFactory(village=village, head_name="Phạm Thị Thạch", phone="+84356123456")


# --- the registration form on paper


def test_blank_form_asks_in_the_order_in_which_the_pile_is_typed_in(client, village):
    text = text_of(client.get("/dang-ky/phieu-giay/"))
    form = FamilyForm(villages=villages_today(), criteria_set=CriteriaSet.objects.first())
    asked = [str(field.label) for field in form.facts] + [f"{item.key}. {item.name}" for item, _field in form.questions]
    places = [text.index(label, text.index("mặt trước")) for label in asked]
    assert places == sorted(places)
    assert "tên chủ hộ được dán ở nhà văn hóa thôn 10 ngày, không đưa lên mạng" in text
    assert "điểm chỉ" in text


def test_team_reads_to_the_family_the_same_sentences_as_the_web_and_the_paper_say(client, team_member, village):
    pages = [client.get("/dang-ky/"), client.get("/dang-ky/phieu-giay/"), team_member.get(reverse("team:register"))]
    for page in pages:
        assert "Cho xã đăng câu chuyện, lời kể hoặc video của tôi, sau khi tôi đã nghe lại, xem lại." in text_of(page)


def test_pile_of_forms_begins_at_the_name_in_the_village_of_the_last_one(team_member, village):
    page = team_member.post(reverse("team:register_from_paper"), sheet(village), follow=True).content.decode()
    assert re.search(r'<input[^>]*name="head_name"[^>]*autofocus', page)
    assert f'<option value="{village.pk}" selected>' in page
    assert Registration.objects.get().channel == Channel.PAPER


def test_old_number_is_taken_over_with_one_press(team_member, village):
    typed = sheet(village, phone="0165 123 4567")
    page = team_member.post(reverse("team:register"), typed).content.decode()
    assert 'name="new_phone" value="0351234567"' in page
    team_member.post(reverse("team:register"), {**typed, "new_phone": "0351234567"})
    assert Registration.objects.get().household.phone == "+84351234567"


# --- a pile of visit sheets


def test_code_leads_to_the_name_and_the_name_to_the_next_code(team_member, family):
    typed = family.code.lower().replace("-", " ")
    opened = team_member.get(PILE, {"ho": typed}, follow=True)
    assert "Nhập phiếu thăm: Phạm Thị Thạch" in text_of(opened)
    address = opened.redirect_chain[-1][0]
    saved = team_member.post(address, filled(), follow=True)
    visit = Visit.objects.get()
    assert (visit.household, visit.channel) == (family, Channel.PAPER)
    text = text_of(saved)
    assert f"Đã lưu phiếu của Phạm Thị Thạch, {family.code}" in text
    assert "1 đạt" in text
    assert "autofocus" in saved.content.decode()
    # The same sheet sent again is the same visit.
    assert team_member.post(address, {**filled(), "client_id": str(visit.client_id)}).status_code in {200, 302}
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("code", ["BT-0412A", "xyz"])
def test_misspelt_code_is_told_beside_the_box_and_kept(team_member, code):
    page = team_member.get(PILE, {"ho": code})
    assert page.status_code == 200
    assert "ask__error" in page.content.decode()
    assert f'value="{code}"' in page.content.decode()


def test_foreign_code_is_answered_like_one_that_nobody_has(colleague, family):
    stranger = HouseholdFactory.build().code
    pages = [text_of(colleague.get(PILE, {"ho": code})) for code in (family.code, stranger)]
    for page in pages:
        assert "Không thấy hộ này, hoặc hộ không thuộc thôn anh/chị phụ trách." in page
    VisitFactory(household=family)
    assert "Phạm Thị Thạch" not in text_of(colleague.get(PILE, {"vua": Visit.objects.get().client_id}))


def test_sheets_are_printed_for_the_households_that_the_list_was_narrowed_to(team_member, village):
    never = HouseholdFactory(village=village)
    seen = HouseholdFactory(village=village, last_visited_on="2026-11-01", is_passing=True)
    page = team_member.get(reverse("team:households"), {"loc": "chua-tham"}).content.decode()
    assert "/quan-tri/to/in/?loc=chua-tham" in page
    sheets = text_of(team_member.get(reverse("team:sheets"), {"loc": "chua-tham"}))
    assert never.code in sheets
    assert seen.code not in sheets
    assert "Ai dùng được dịch vụ số" in sheets


# --- lists for the meeting and for the board


def test_list_for_the_meeting_says_what_was_seen_and_never_calls_the_unseen_unmet(team_member, village):
    family = HouseholdFactory(village=village, head_name="Phạm Thị Thạch")
    other = HouseholdFactory(village=village, head_name="Đinh Văn Bông")
    visit = VisitFactory(household=family, met=["1", "4a"])
    FindingFactory(visit=visit, key="2", result=Result.UNMET)
    FindingFactory(visit=visit, key="3", result=Result.UNCLEAR, basis="")
    proposal = ProposalFactory(village=village)
    CandidateFactory(proposal=proposal, household=family, exception_reason="Cả thôn thấy tận mắt")
    text = text_of(team_member.get(reverse("team:proposal_list", args=[proposal.pk])))
    row = text[text.index("Phạm Thị Thạch") :]
    assert "Vẫn đề nghị vì: Cả thôn thấy tận mắt" in row
    assert "đạt chưa chưa rõ đạt –" in row
    assert other.head_name not in text
    everyone = text_of(team_member.get(reverse("team:meeting_list")))
    assert "chưa thăm – – – – –" in everyone


def test_board_shows_names_and_where_to_ask_again_and_nothing_on_how_anybody_did(team_member, colleague, family):
    VisitFactory(household=family, met=["1"])
    proposal = ProposalFactory(village=family.village)
    CandidateFactory(proposal=proposal, household=family, exception_reason="Vì già yếu")
    address = reverse("team:posting", args=[proposal.pk])
    text = text_of(team_member.get(address))
    assert "Phạm Thị Thạch" in text
    assert "Thôn trả lời kèm lý do trong 5 ngày." in text
    for told in (family.code, "123 456", "Vì già yếu", "đạt"):
        assert told not in text
    assert colleague.get(address).status_code == 404
