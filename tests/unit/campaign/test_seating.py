"""Seats follow from the order of arrival: nobody is passed over, and whoever gives up lets the others move up."""

import pytest

from portal.campaign.seating import seatings_of, seats_left


def words(counts, seats):
    return [place.words for place in seatings_of(enumerate(counts), seats).values()]


@pytest.mark.parametrize(
    ("counts", "seats", "expected"),
    [
        ([], 5, []),
        ([2, 3], 5, ["có chỗ", "có chỗ"]),
        ([2, 3, 1], 5, ["có chỗ", "có chỗ", "danh sách chờ, thứ 1"]),
        # One seat is left and would fit the last family: it waits all the same, others came before.
        ([4, 3, 1], 5, ["có chỗ", "danh sách chờ, thứ 1", "danh sách chờ, thứ 2"]),
        ([6], 5, ["danh sách chờ, thứ 1"]),
        # An editor took all seats away.
        ([1, 1], 0, ["danh sách chờ, thứ 1", "danh sách chờ, thứ 2"]),
    ],
)
def test_places_follow_the_order(counts, seats, expected):
    assert words(counts, seats) == expected


def test_next_family_finds_no_seat_while_somebody_waits():
    assert [seats_left(5, people) for people in (0, 4, 5, 7)] == [5, 1, 0, 0]
