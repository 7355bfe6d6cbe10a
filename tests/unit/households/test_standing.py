"""The standing of a household is a pure function of its visits (invariants 2 and 3)."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.households.enums import Basis, Result
from portal.households.standing import (
    CriterionRule,
    FindingFact,
    Rule,
    State,
    VisitFact,
    standing_on,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
KEYS = ("1", "2", "3", "4a", "4b", "4c", "5")
CRITERIA = (
    CriterionRule("1", ("1",)),
    CriterionRule("2", ("2",), is_mandatory=True),
    CriterionRule("3", ("3",)),
    CriterionRule("4", ("4a", "4b", "4c")),
    CriterionRule("5", ("5",)),
)
ALL = Rule(CRITERIA)
FOUR = Rule(CRITERIA, minimum=4)
START = datetime(2026, 1, 1, 8, tzinfo=HANOI)
LAST = date(2027, 1, 1)

ids = st.integers(1, 30).map(lambda number: UUID(int=number))
findings = st.builds(FindingFact, st.sampled_from(KEYS), st.sampled_from(list(Result)), st.sampled_from(list(Basis)))


@st.composite
def histories(draw):
    visits = {}
    for client_id in draw(st.lists(ids, unique=True, max_size=10)):
        found = draw(st.lists(findings, max_size=7, unique_by=lambda finding: finding.key))
        at = START + timedelta(hours=draw(st.integers(0, 24 * 60)))
        visits[client_id] = VisitFact(client_id, at, tuple(found), draw(st.none() | ids))
    return list(visits.values())


@given(histories(), st.randoms())
def test_order_and_repetition_change_nothing(visits, random):
    shuffled = visits * 3
    random.shuffle(shuffled)
    assert standing_on(LAST, shuffled, ALL) == standing_on(LAST, visits, ALL)


@given(histories(), st.integers(0, 60))
def test_a_past_day_does_not_learn_from_later_visits(visits, days):
    day = (START + timedelta(days=days)).date()
    early = [visit for visit in visits if visit.visited_at.astimezone(HANOI).date() <= day]
    assert standing_on(day, visits, FOUR) == standing_on(day, early, FOUR)


@given(histories())
def test_nobody_looked_is_never_unmet(visits):
    standing = standing_on(LAST, visits, ALL)
    seen = {finding.key for visit in visits for finding in visit.findings}
    for criterion in CRITERIA:
        if not seen & set(criterion.finding_keys):
            assert standing.of(criterion.key).state is State.UNSEEN


@given(histories())
def test_easier_rule_passes_whoever_passed_the_harder(visits):
    if standing_on(LAST, visits, ALL).is_passing:
        assert standing_on(LAST, visits, FOUR).is_passing


def visit(number, day, corrects=None, **found):
    facts = tuple(FindingFact(key.removeprefix("k"), result, Basis.SEEN) for key, result in found.items())
    return VisitFact(UUID(int=number), START + timedelta(days=day), facts, UUID(int=corrects) if corrects else None)


def test_without_a_visit_there_is_no_verdict():
    standing = standing_on(LAST, [], ALL)
    assert standing.is_passing is None
    assert standing.met_count is None


def test_later_finding_rules():
    visits = [visit(1, 0, k3=Result.MET), visit(2, 5, k3=Result.UNMET)]
    assert standing_on(LAST, visits, ALL).of("3").state is State.UNMET


def test_unclear_does_not_wipe_out_what_was_seen():
    visits = [visit(1, 0, k3=Result.MET), visit(2, 5, k3=Result.UNCLEAR)]
    assert standing_on(LAST, visits, ALL).of("3").state is State.MET


def test_corrected_visit_does_not_count():
    visits = [visit(1, 0, k3=Result.MET), visit(2, 0, corrects=1, k3=Result.UNMET)]
    assert standing_on(LAST, visits, ALL).of("3").state is State.UNMET


def test_one_use_of_the_fourth_is_enough():
    visits = [visit(1, 0, k4a=Result.UNMET, k4b=Result.MET, k4c=Result.UNMET)]
    assert standing_on(LAST, visits, ALL).of("4").state is State.MET


def test_fourth_is_open_while_a_use_was_not_looked_at():
    visits = [visit(1, 0, k4a=Result.UNMET, k4b=Result.UNMET)]
    assert standing_on(LAST, visits, ALL).of("4").state is State.UNCLEAR


def test_mandatory_criterion_cannot_be_made_up_for():
    met = dict.fromkeys(("k1", "k3", "k4a", "k5"), Result.MET)
    assert standing_on(LAST, [visit(1, 0, **met)], FOUR).is_passing is False
    assert standing_on(LAST, [visit(1, 0, **met, k2=Result.MET)], FOUR).is_passing is True


def test_two_answers_on_one_day_are_a_dispute():
    visits = [visit(1, 0, k3=Result.MET), visit(2, 0, k3=Result.UNMET)]
    assert standing_on(LAST, visits, ALL).disputed_keys == {"3"}


def test_visit_after_midnight_belongs_to_the_day_in_ba_to():
    late = VisitFact(UUID(int=1), datetime(2026, 3, 1, 0, 5, tzinfo=HANOI), (FindingFact("1", Result.MET, Basis.SEEN),))
    assert standing_on(date(2026, 2, 28), [late], ALL).last_visited_on is None
    assert standing_on(date(2026, 3, 1), [late], ALL).last_visited_on == date(2026, 3, 1)
