"""Looking twice: who is drawn follows from the seed alone; equal answers and disagreements are counted right."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from portal.households.progress.second_looks import (
    ALIKE_IN_A_ROW,
    Agreement,
    VisitSign,
    agreement_of,
    differing,
    drawn,
    rows_alike,
)

MORNING = datetime(2026, 8, 3, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
YES, NO = (("3", "dat", "thay"),), (("3", "chua-dat", "thay"),)
CODES = st.sets(st.from_regex(r"BT-[0-9]{4}[A-Z]", fullmatch=True), max_size=60)


@given(st.dictionaries(st.integers(1, 14), CODES), st.integers(1, 20), st.text("0123456789abcdef", min_size=64))
def test_sample_is_the_same_for_everybody_and_large_enough(visited, percent, seed):
    chosen = drawn(visited, percent, seed)
    assert chosen == drawn({village: sorted(codes, reverse=True) for village, codes in visited.items()}, percent, seed)
    assert set(chosen) == {village for village, codes in visited.items() if codes}
    for village, codes in chosen.items():
        assert set(codes) <= visited[village]
        assert len(codes) - 1 < len(visited[village]) * percent / 100 <= len(codes)


def test_another_quarter_draws_other_households():
    visited = {1: {f"BT-{number:04d}K" for number in range(200)}}
    assert drawn(visited, 5, "a" * 64) != drawn(visited, 5, "b" * 64)
    assert len(drawn(visited, 5, "a" * 64)[1]) == 10


def test_no_team_visits_more_than_twenty_again():
    visited = {1: {f"BT-{number:05d}K" for number in range(70_000)}}
    assert len(drawn(visited, 5, "a" * 64)[1]) == 20


def signs(answers, by=1, start=0, minutes=20):
    return [
        VisitSign(start + number, by, MORNING + timedelta(minutes=minutes * number), said)
        for number, said in enumerate(answers)
    ]


def test_row_of_equal_answers_is_found_whoever_else_visits_meanwhile():
    row = signs([YES] * ALIKE_IN_A_ROW)
    others = signs([YES, NO] * 3, by=2, start=100)
    assert [[sign.pk for sign in found] for found in rows_alike(others + row)] == [[0, 1, 2, 3, 4]]


def test_row_is_broken_by_another_answer_by_midnight_and_by_nothing_said():
    assert rows_alike(signs([YES, YES, NO, YES, YES, YES])) == []
    assert rows_alike(signs([YES] * 5, minutes=60 * 6)) == []
    assert rows_alike(signs([()] * 9)) == []


def test_only_what_both_visits_saw_is_compared():
    assert differing({"2": "dat", "3": "dat"}, {"3": "chua-dat", "5": "dat"}) == (1, ["3"])
    pairs = [({"2": "dat", "3": "dat"}, {"2": "dat", "3": "chua-dat"}), ({"2": "dat"}, None), ({"5": "dat"}, {})]
    assert agreement_of(pairs) == Agreement(cases=3, done=2, compared=2, differing=1)
    assert agreement_of(pairs).share == 50
    assert Agreement().share is None
