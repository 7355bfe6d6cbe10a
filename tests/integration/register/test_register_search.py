"""Who answers a search of the register: all of them, in the list's order, on every page, on both databases."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.core.text import fold
from portal.households.enums import EventKind
from portal.households.models import Household
from portal.households.models.household import typed_words
from portal.households.selectors import register, word_lists
from portal.households.selectors.register import ListState, RegisterQuery
from portal.households.services.households import change_head, create_household, move_household, strike_off
from portal.households.services.merging import merge_households, undo_merge
from tests.factories.households import HelpRequestFactory, HouseholdFactory

pytestmark = pytest.mark.django_db

NAMES = "Phạm Phan Văn Thị Hoa Hoàng Hòa Khoa Thu Thủy Đền Y Út".split()
SEARCHES = [
    "",
    "hoa",
    "ho",
    "h",
    "pham",
    "phạm hoa",
    "hoa pham thi",
    "oa",
    "thu thuy",
    "35",
    "pham 3",
    "hoa hoa",
    "khong ai",
]
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the lists of words are PostgreSQL's")


@pytest.fixture
def homes(village, other_village):
    """Sixty families with few names, so that each answers many searches; some left, some wait."""
    dice = random.Random(7)
    made = [
        HouseholdFactory(
            village=dice.choice([village, other_village]),
            head_name=" ".join(dice.choices(NAMES, k=dice.randint(2, 4))),
            nickname=dice.choice(["", "Cha Hoa", "Mẹ Thu", "Hoàng"]),
            phone=f"+8435{dice.randrange(10**7):07d}",
            is_passing=dice.choice([None, False, True]),
            listed_to=timezone.localdate() if number % 9 == 0 else None,
        )
        for number in range(60)
    ]
    for home in made[1::7]:
        HelpRequestFactory(household=home, village=home.village)
    return made


def by_hand(homes, words, village=None, state=""):
    """The same without a database: letters begin a word of the name, digits stand anywhere in code or phone."""
    found = []
    for home in homes:
        names = fold(f"{home.head_name} {home.nickname}").split()
        numbers = f"{home.code.lower().removeprefix('bt-')} 0{home.phone.removeprefix('+84')}"
        if (
            all(
                word in numbers if any(map(str.isdigit, word)) else any(name.startswith(word) for name in names)
                for word in fold(words).split()
            )
            and village in {None, home.village_id}
            and STATES[state](home)
        ):
            found.append(home)
    return [home.pk for home in sorted(found, key=lambda home: (home.sort_key, home.pk))]


STATES = {
    "": lambda home: home.listed_to is None,
    ListState.PASSING: lambda home: home.listed_to is None and home.is_passing is True,
    ListState.WAITING: lambda home: home.listed_to is None and home.help_requests.exists(),
    ListState.LEFT: lambda home: home.listed_to is not None,
}


def read_through(**asked):
    """All pages, one after the other."""
    found, after = [], None
    while True:
        page = RegisterQuery(**asked, after=after)
        found += [home.pk for home in page.households]
        after = page.next_after
        if after is None:
            return found


@pytest.mark.parametrize("words", SEARCHES)
@pytest.mark.parametrize("most_words", [1, 40])
def test_search_finds_all_in_order_on_every_page(homes, village, monkeypatch, words, most_words):
    monkeypatch.setattr(word_lists, "MOST_WORDS", most_words)
    monkeypatch.setattr(register, "PAGE_SIZE", 4)
    for place in (None, village.pk):
        for state in STATES:
            asked = {"words": words, "village": place, "state": state}
            truth = by_hand(homes, **asked)
            assert read_through(**asked) == truth
            assert RegisterQuery(**asked).count == str(len(truth))


def test_code_is_found_in_any_writing(homes):
    home = homes[1]
    for typed in (
        home.code,
        home.code.lower(),
        home.code.replace("-", ""),
        home.code.replace("-", " "),
        home.code[3:-1],
    ):
        assert home.pk in {found.pk for found in RegisterQuery(words=typed).households}
    assert typed_words("BT-0412") == typed_words("bt 0412") == ["0412"]


def kept_words():
    with connection.cursor() as cursor:
        cursor.execute("SELECT household_id, word, sort_key, village_id, search_text FROM households_word")
        return sorted(cursor.fetchall())


def words_by_hand():
    rows = Household.objects.listed().values_list("pk", "search_text", "sort_key", "village")
    return sorted(
        (pk, word, key, village, text)
        for pk, text, key, village in rows
        for word in {word for word in text.split() if not any(map(str.isdigit, word))}
    )


@on_postgresql
def test_lists_of_words_follow_every_change(officer, village, other_village):
    by, today = officer.user, timezone.localdate()
    first, second, third = (
        create_household(
            village=village, head_name=name, details={"nickname": "Cha Hoa"}, by=by, channel="web",
            listed_from=today - timedelta(days=9),
        )
        for name in ("Phạm Văn Hoa", "Phạm Văn Hoà", "Đinh Thị Y")
    )  # fmt: skip
    assert kept_words() == words_by_hand() != []
    merge = merge_households(survivor=first, absorbed=second, by=by)
    assert kept_words() == words_by_hand()
    undo_merge(merge=merge, by=by)
    change_head(household=first, head_name="Phạm Thị Thu", happened_on=today, by=by)
    move_household(household=second, village=other_village, happened_on=today, by=by)
    strike_off(household=third, kind=EventKind.LEFT, happened_on=today, by=by, reason="Đi xa")
    assert kept_words() == words_by_hand()
    assert {row[0] for row in kept_words()} == {first.pk, second.pk}
