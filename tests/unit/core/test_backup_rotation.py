"""Which archives stay."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from portal.core.backups.rotation import DAILY, MONTHLY, WEEKLY, kept

VIETNAM = timezone(timedelta(hours=7))
MOMENTS = st.sets(
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(VIETNAM)),
    max_size=60,
)
NIGHT = datetime(2026, 11, 26, 1, 30, tzinfo=VIETNAM)


def nights(count: int) -> list[datetime]:
    return [NIGHT - timedelta(days=number) for number in range(count)]


@given(MOMENTS)
def test_what_stays_was_there_and_the_newest_always_stays(moments):
    stays = kept(moments)
    assert stays <= moments
    assert not moments or max(moments) in stays


@given(MOMENTS)
def test_no_more_stays_than_the_three_kinds_together(moments):
    assert len(kept(moments)) <= DAILY + WEEKLY + MONTHLY


@given(MOMENTS)
def test_a_second_run_drops_nothing_more(moments):
    stays = kept(moments)
    assert kept(stays) == stays


@given(MOMENTS)
def test_newest_of_each_of_the_last_days_weeks_and_months_stays(moments):
    stays = kept(moments)
    for period_of, count in (
        (lambda moment: moment.date(), DAILY),
        (lambda moment: moment.isocalendar()[:2], WEEKLY),
        (lambda moment: (moment.year, moment.month), MONTHLY),
    ):
        for period in sorted({period_of(moment) for moment in moments}, reverse=True)[:count]:
            assert max(moment for moment in moments if period_of(moment) == period) in stays


@given(MOMENTS, st.datetimes(datetime(2029, 1, 2), datetime(2029, 2, 1), timezones=st.just(VIETNAM)))
def test_run_every_night_keeps_no_less_than_run_once(moments, new):
    """What one night drops is never missed by a later one."""
    assert kept(kept(moments) | {new}) == kept(moments | {new})


def test_after_a_year_of_nights_two_weeks_of_nights_eight_weeks_and_a_year_of_months_stay():
    stays = sorted(kept(nights(365)), reverse=True)
    assert stays[:DAILY] == nights(DAILY)
    assert len({moment.isocalendar()[:2] for moment in stays}) >= WEEKLY
    assert len({(moment.year, moment.month) for moment in stays}) == MONTHLY
    assert len(stays) <= DAILY + WEEKLY + MONTHLY


def test_a_month_of_standing_still_drops_nothing_more():
    old = kept(nights(40))
    assert kept(old | {NIGHT + timedelta(days=30)}) >= set(nights(DAILY - 1))
