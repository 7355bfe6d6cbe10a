"""What the register stores of progress equals the rules and a count by hand, whatever the services did."""

import random
from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Site

from portal.core.models import SiteProfile
from portal.core.periods import USUAL_CUTOFF, Period
from portal.households.models import CriteriaSet, Household, ProgressCount
from portal.households.progress.counting import changes_of, course_of
from portal.households.progress.courses import pack, unpack
from portal.households.progress.deeds import deeds_of
from portal.households.progress.measures import Definition, figure_on
from portal.households.selectors.measures import counted_of_households, definitions_of, measure_set_on
from portal.households.selectors.periods import Span
from portal.households.selectors.progress import figures_on
from portal.households.selectors.progress_facts import criteria_facts, household_facts
from portal.households.selectors.tallies import counts_of_deeds, deeds_by_row, kept_cutoff
from portal.households.services.households import update_household
from tests.communes.by_hand import count_by_hand
from tests.communes.life import VILLAGES, make_life
from tests.communes.living import live_through
from tests.communes.telling import MEASURES, counted, told_to_rules
from tests.factories.progress import MeasureFactory

pytestmark = pytest.mark.django_db

ACTIVITY = ("hoat-dong", ())


def by_place(counts):
    """{(what, village): how many}, whoever counted."""
    return {(key, village): number for key, rows in counts.items() for village, number in rows if number}


def a_life_with_needs(seed):
    """Lived through, with what stands in the way of some families."""
    commune, chance = live_through(make_life(seed)), random.Random(seed)
    for home in Household.objects.filter(survivor=None, listed_to=None):
        needs = {name: chance.random() < 0.5 for name in ("has_no_signal", "has_no_power", "has_hardship")}
        update_household(household=home, changes=needs, by=commune.by)
    return commune


@pytest.mark.parametrize("seed", range(2400, 2412))
def test_tallies_that_are_kept_equal_a_count_row_by_row(seed, django_assert_num_queries):
    a_life_with_needs(seed)
    periods = [Period(year, quarter) for year in (2025, 2026, 2027) for quarter in range(5)]
    told = set()
    for span in map(Span.of, periods):
        truth = by_place(deeds_by_row(span))
        assert by_place(counts_of_deeds(span)) == truth, span.period
        told |= {key for key, _village in truth}
    assert {"luot-tham", "ho-tham", "khong-song", "khong-dien", "gia-yeu"} <= told
    with django_assert_num_queries(2):
        counts_of_deeds(span)


def test_another_cutoff_is_counted_row_by_row_until_the_night(capsys):
    a_life_with_needs(2401)
    span = Span.of(Period(2026, 1))
    SiteProfile.objects.update_or_create(defaults={"report_cutoff_day": 31}, site=Site.objects.get())
    moved = Span.of(Period(2026, 1))
    assert moved != span
    assert by_place(counts_of_deeds(moved)) == by_place(deeds_by_row(moved))
    call_command("nightly")
    assert kept_cutoff() == 31
    for one in (span, moved):
        assert by_place(counts_of_deeds(one)) == by_place(deeds_by_row(one))


def definition_of(measure):
    return Definition(measure[0], "x", counted(measure))


@pytest.mark.parametrize("seed", range(2000, 2015))
def test_figures_read_from_the_register_equal_the_rules_and_a_count_by_hand(seed):
    MeasureFactory(groups=[["1"]])  # a later version counts what the plan's own targets do not
    life, chance = make_life(seed), random.Random(seed)
    rows, facts = live_through(life).villages, told_to_rules(life)
    days = life.days_of_interest(chance, 6)
    definitions = {measure: definition_of(measure) for measure in (*MEASURES, ACTIVITY)}
    figures = figures_on(days, definitions.values())
    for day in days:
        for measure, definition in definitions.items():
            for place in (None, *VILLAGES):
                read = figures.of(definition, day, rows[place].pk if place is not None else None)
                assert dict(read.heaps) == count_by_hand(life, measure, day, place), (day, measure, place)
                assert read.heaps == figure_on(facts, definition, day, place).heaps


@pytest.mark.parametrize("seed", range(2100, 2103))
def test_counts_follow_every_deed_in_the_transaction_that_saves_it(seed):
    """After each single deed the stored counts are what the facts in the database make."""

    def stored_is_true():
        things, criteria = counted_of_households(), criteria_facts()
        truth = Counter()
        for household in household_facts(list(Household.objects.values_list("pk", flat=True))):
            truth.update(changes_of(course_of(household, things, criteria)))
            truth.update(deeds_of(household, USUAL_CUTOFF))
        rows = ProgressCount.objects.values_list("village", "day", "counted", "heap", "change")
        assert {tuple(row[:4]): row[4] for row in rows} == {key: count for key, count in truth.items() if count}

    live_through(make_life(seed), after_each=stored_is_true)


@pytest.mark.parametrize("seed", range(2200, 2202))
def test_rebuilding_finds_nothing_to_put_right_and_repairs_what_was_spoilt(seed, capsys):
    live_through(make_life(seed))
    before = sorted(ProgressCount.objects.values_list("village", "day", "counted", "heap", "change"))
    call_command("rebuild_progress")
    assert " 0 số phải sửa" in capsys.readouterr().out
    assert sorted(ProgressCount.objects.values_list("village", "day", "counted", "heap", "change")) == before
    spoilt = ProgressCount.objects.first()
    ProgressCount.objects.filter(pk=spoilt.pk).update(change=77)
    call_command("rebuild_progress")
    assert " 1 số phải sửa" in capsys.readouterr().out
    assert sorted(ProgressCount.objects.values_list("village", "day", "counted", "heap", "change")) == before


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_stored_course_is_read_back_as_it_was(seed):
    facts = told_to_rules(make_life(seed))
    for household in facts.households:
        course = course_of(household, map(counted, MEASURES), facts.criteria)
        assert unpack(pack(course)) == course


def test_founding_definitions_say_all_that_a_reader_may_ask():
    definitions = definitions_of(measure_set_on(timezone.localdate()))
    assert [definition.key for definition in definitions] == [
        "hoat-dong", "nguoi-biet", "tra-tien", "giay-to", "hoc-kham", "an-toan", "ca-bon", "dang-ky", "danh-gia",
        "du-dieu-kien", "cong-nhan",
    ]  # fmt: skip
    for definition in definitions:
        assert definition.sentence
        assert definition.numerator
        assert definition.denominator
        assert definition.exclusions
    keys = {key for row in CriteriaSet.objects.earliest("pk").criteria.all() for key in row.finding_keys}
    asked = {key for one in definitions for group in one.counted.groups for key in group}
    assert asked <= keys
    assert "4c" not in asked, "who only watches and listens does not reach the plan's third behaviour"
    readings = [one.reading.label for one in definitions if one.reading]
    assert readings == ["đọc từng việc"] * 4 + ["đọc gộp cả bốn việc"]


def test_figures_cost_three_queries_for_any_number_of_days(django_assert_num_queries):
    live_through(make_life(2300))
    definitions = definitions_of(measure_set_on(timezone.localdate()))
    days = make_life(2300).days_of_interest(random.Random(1), 12)
    for chosen in (days[:1], days):
        with django_assert_num_queries(3):
            figures_on(chosen, definitions)
