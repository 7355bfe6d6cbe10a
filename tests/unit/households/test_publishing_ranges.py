"""A count is told as one of the ranges that do not depend on it."""

from hypothesis import given
from hypothesis import strategies as st

from portal.households.progress.publishing import range_of, ranges


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 12), st.floats(0, 1))
def test_range_of_a_count_is_the_one_of_all_ranges_that_holds_it(whole, goal, least, share):
    goal, count = min(goal, whole + 1), round(share * whole)
    holding = [one for one in ranges(whole, goal, least) if one.low <= count <= one.high]
    assert [range_of(count, whole, goal, least)] == holding
