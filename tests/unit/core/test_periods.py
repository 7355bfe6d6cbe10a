"""Quarters and years from cut-off to cut-off (domain.md, 3.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.periods import Period, quarters_between

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
cutoffs = st.integers(1, 31)


@pytest.mark.parametrize(
    ("code", "first", "last", "name"),
    [
        ("2026-1", date(2025, 12, 15), date(2026, 3, 14), "quý\u00a0I/2026"),
        ("2026-4", date(2026, 9, 15), date(2026, 12, 14), "quý\u00a0IV/2026"),
        ("2026", date(2025, 12, 15), date(2026, 12, 14), "năm\u00a02026"),
    ],
)
def test_period_runs_from_the_fifteenth_to_the_fourteenth(code, first, last, name):
    period = Period.read(code)
    assert (period.first_day(), period.last_day(), str(period), period.code) == (first, last, name, code)


@given(days, cutoffs)
def test_every_day_counts_in_one_quarter_and_in_its_year(day, cutoff):
    quarter = Period.quarter_of(day, cutoff)
    assert quarter.first_day(cutoff) <= day <= quarter.last_day(cutoff)
    year = Period.year_of(day, cutoff)
    assert year.first_day(cutoff) <= day <= year.last_day(cutoff)


@given(days, cutoffs)
def test_quarters_follow_each_other_without_gap(day, cutoff):
    quarter = Period.quarter_of(day, cutoff)
    assert quarter.following().first_day(cutoff) == quarter.last_day(cutoff) + timedelta(days=1)
    assert quarter.following().previous() == quarter


@given(st.integers(2020, 2040), cutoffs)
def test_four_quarters_are_the_year(year, cutoff):
    quarters = list(quarters_between(Period(year, 1), Period(year, 4)))
    assert len(quarters) == 4
    assert quarters[0].first_day(cutoff) == Period(year).first_day(cutoff)
    assert quarters[-1].last_day(cutoff) == Period(year).last_day(cutoff)


def test_cutoff_of_thirty_one_is_the_calendar():
    assert Period(2026, 1).first_day(31) == date(2026, 1, 1)
    assert Period(2026, 2).last_day(31) == date(2026, 6, 30)


@pytest.mark.parametrize("code", ["2026-5", "2026-0", "26-1", "2026-", "quý IV", "2026-1-1", ""])
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match="not a period"):
        Period.read(code)
