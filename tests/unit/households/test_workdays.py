"""Counting working days: weekends and holidays are passed over, whatever order they were typed in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.households.workdays import Holidays, after_working_days, holidays_of

ROWS = (
    (date(2026, 9, 2), None, True),
    (date(2027, 2, 5), date(2027, 2, 11), False),
    (date(2026, 11, 24), None, False),
)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 11, 19), 2, date(2026, 11, 23)),  # thứ Năm → thứ Hai
        (date(2026, 11, 21), 2, date(2026, 11, 25)),  # thứ Bảy, with Tuesday the 24th off
        (date(2026, 11, 23), 2, date(2026, 11, 26)),
        (date(2027, 9, 1), 1, date(2027, 9, 3)),  # Quốc khánh of another year
        (date(2027, 2, 4), 2, date(2027, 2, 15)),  # a week of Tết and a weekend
        (date(2028, 2, 4), 1, date(2028, 2, 7)),  # Tết of 2027 says nothing of 2028
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_days_of_rest_are_passed_over(day, count, later):
    assert after_working_days(day, count, holidays_of(ROWS)) == later


days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
spans = st.tuples(days, st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


@given(
    days,
    st.integers(1, 30),
    st.lists(spans, max_size=5),
    st.sets(st.tuples(st.integers(1, 12), st.integers(1, 28)), max_size=8),
)
def test_exactly_so_many_working_days_lie_between(day, count, off, yearly):
    holidays = Holidays(frozenset(yearly), tuple(off))
    later = after_working_days(day, count, holidays)
    between = [day + timedelta(days=number) for number in range(1, (later - day).days + 1)]
    worked = [each for each in between if each.weekday() < 5 and not holidays.holds(each)]
    assert len(worked) == count
    assert worked[-1] == later
