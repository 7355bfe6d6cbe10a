"""A scheduler that has stopped is noticed, and never before its time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches

from portal.core.heartbeat import PATIENCE, beat, is_silent, silent_for

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine):
    caches["shared"].clear()
    time_machine.move_to(NOON, tick=False)
    return time_machine


def test_silence_is_counted_from_the_last_beat(clock):
    beat("scheduler")
    clock.move_to(NOON + timedelta(minutes=4), tick=False)
    assert silent_for("scheduler") == timedelta(minutes=4)
    beat("scheduler")
    assert silent_for("scheduler") == timedelta()


@pytest.mark.parametrize(("silence", "silent"), [(PATIENCE - timedelta(seconds=1), False), (PATIENCE, True)])
def test_ten_minutes_are_too_long(clock, silence, silent):
    beat("scheduler")
    clock.move_to(NOON + silence, tick=False)
    assert is_silent("scheduler") is silent


def test_missing_mark_counts_from_when_it_was_missed(clock):
    assert not is_silent("scheduler")
    clock.move_to(NOON + timedelta(minutes=11), tick=False)
    assert is_silent("scheduler")


def test_one_job_does_not_speak_for_another(clock):
    beat("scheduler")
    beat("worker")
    clock.move_to(NOON + timedelta(hours=1), tick=False)
    beat("worker")
    assert is_silent("scheduler")
    assert not is_silent("worker")
