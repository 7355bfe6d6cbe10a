"""Each title has its own conditions, year by year: set by two people, frozen by the first decision, said to all."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.core.models import AuditEntry
from portal.households.enums import Title
from portal.households.models import Candidate, SensitiveChange, TitleRule
from portal.households.selectors.title_rules import title_rule, years_in_a_row
from portal.households.services.proposals import ProposalRefused, add_candidate, missing_before_submit
from tests.factories.core import UserFactory
from tests.factories.households import (
    DecisionEntryFactory,
    DecisionFactory,
    HouseholdFactory,
    ProposalFactory,
    TitleRuleFactory,
)
from tests.integration.register.public_forms import text_of
from tests.integration.register.titles import decided

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
FORM = reverse("titles:rule", args=[Title.OUTSTANDING, YEAR])


def typed(**changes):
    return {
        "needs_pass": "on",
        "years_held": "2",
        "most_per_village": "3",
        "words": "Giúp được ít nhất hai nhà khác.",
        "legal_basis": "Quyết định số 05/QĐ-UBND",
        "reason": "Theo quyết định của xã",
        **changes,
    }


def passing(**changes):
    return HouseholdFactory(is_passing=True, last_visited_on=timezone.localdate(), **changes)


def honoured(household, *years):
    for year in years:
        DecisionEntryFactory(household=household, decision=DecisionFactory(year=year))


def test_every_title_begins_with_the_criteria_and_no_other_threshold(leader):
    text = text_of(leader.get(reverse("titles:rules")))
    assert text.count("Đủ điều kiện theo bộ tiêu chí, do các lượt thăm ghi lại.") == len(Title)
    assert "Đổi điều kiện" not in text


def test_conditions_hold_once_a_second_officer_agrees_and_for_that_year_only(officer, second_officer):
    officer.post(FORM, typed())
    assert title_rule(Title.OUTSTANDING, YEAR).years_held == 0
    change = SensitiveChange.objects.get()
    approve = reverse("office:decide", args=[change.pk])
    officer.post(approve, {"duyet": "co"})
    assert title_rule(Title.OUTSTANDING, YEAR).years_held == 0
    second_officer.post(approve, {"duyet": "co"})
    rule = title_rule(Title.OUTSTANDING, YEAR)
    assert (rule.years_held, rule.most_per_village, rule.needs_pass) == (2, 3, True)
    assert title_rule(Title.OUTSTANDING, YEAR + 1).years_held == 0
    assert title_rule(Title.MODEL, YEAR).years_held == 0
    line = AuditEntry.objects.get(action="title_rule.set")
    assert (line.by, line.data["years_held"]) == (second_officer.user, 2)


def test_who_may_ask_and_who_may_only_read(leader, team_member, editor):
    assert leader.get(reverse("titles:rules")).status_code == 200
    for browser in (leader, team_member, editor):
        assert browser.get(FORM).status_code == 404
        assert browser.post(FORM, typed()).status_code == 404
    assert team_member.get(reverse("titles:rules")).status_code == 404
    assert not SensitiveChange.objects.exists()


def test_after_a_decision_the_conditions_of_its_year_stay(officer, second_officer):
    officer.post(FORM, typed())
    decided("Phạm Văn Đền", title=Title.OUTSTANDING, year=YEAR)
    second_officer.post(reverse("office:decide", args=[SensitiveChange.objects.get().pk]), {"duyet": "co"})
    assert not TitleRule.objects.filter(year=YEAR).exists()
    refused = officer.post(FORM, typed(words="Khác"))
    assert "đã có quyết định 05/QĐ-UBND" in text_of(refused)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"years_held": ""}, "Xin điền được công nhận"),
        ({"most_per_village": "0"}, "phải từ 1"),
        ({"reason": ""}, "Xin điền vì sao đổi"),
    ],
)
def test_half_a_rule_is_refused_beside_its_box(officer, changes, said):
    answer = officer.post(FORM, typed(**changes))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Giúp được ít nhất hai nhà khác." in answer.content.decode()
    assert not SensitiveChange.objects.exists()


def test_family_that_lacks_something_needs_a_reason_that_stands_on_the_list(village):
    by = UserFactory()
    TitleRuleFactory(needs_pass=True, years_held=2)
    proposal = ProposalFactory(village=village, title=Title.OUTSTANDING, year=2026)
    fresh, once, twice = (passing(village=village) for _ in range(3))
    never = HouseholdFactory(village=village)
    honoured(once, 2025)
    honoured(twice, 2024, 2025)
    add_candidate(proposal=proposal, household=twice, by=by)
    for household in (fresh, once):
        with pytest.raises(ProposalRefused, match="chưa được công nhận “Gia đình số” 2 năm liền"):
            add_candidate(proposal=proposal, household=household, by=by)
    with pytest.raises(ProposalRefused, match="chưa được thăm lần nào"):
        add_candidate(proposal=proposal, household=never, by=by)
    add_candidate(proposal=proposal, household=once, by=by, exception_reason="Cả thôn nhờ nhà này chỉ giúp")
    assert set(Candidate.objects.values_list("household", flat=True)) == {twice.pk, once.pk}


def test_years_count_without_a_gap_and_end_with_a_revocation():
    family = passing()
    honoured(family, 2022, 2024, 2025)
    assert years_in_a_row(family, 2026) == 2
    assert years_in_a_row(family, 2025) == 2
    assert years_in_a_row(family, 2023) == 1
    later = DecisionFactory(
        year=2025, number="90/QĐ-UBND", kind="thu-hoi", signed_on=timezone.localdate() + timedelta(days=1)
    )
    DecisionEntryFactory(household=family, decision=later, action="thu-hoi")
    assert years_in_a_row(family, 2026) == 0


def test_list_that_is_longer_than_the_village_may_send_is_told_before_it_is_sent(village, team_member):
    TitleRuleFactory(most_per_village=1, words="Phải giúp được hai nhà khác.")
    proposal = ProposalFactory(village=village, title=Title.OUTSTANDING, year=2026)
    for _ in range(2):
        add_candidate(proposal=proposal, household=passing(village=village), by=team_member.user)
    assert "bớt còn nhiều nhất 1 hộ (đang 2)" in missing_before_submit(proposal)
    text = text_of(team_member.get(reverse("team:proposal", args=[proposal.pk])))
    assert "Mỗi thôn đề nghị nhiều nhất 1 hộ. Phải giúp được hai nhà khác." in text
