"""The words that the index knows and a query asks for."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portal.home.search.tokens import MAX_QUERY_WORDS, page_tokens, query_tiers

texts = st.text(max_size=60) | st.text("aàáâđêôơưyý bcghkt -/'’16", max_size=60)


def test_page_is_known_by_its_syllables_their_marks_and_their_neighbours():
    assert page_tokens("Ba Tô", "Gia đình", "tin-tuc") == {
        *("t:ba", "t:to", "t=to6", "t:ba_to"),
        *("ba", "to", "=to6", "ba_to"),
        *("gia", "dinh", "=d9inh1", "gia_dinh"),
        "k:tin_tuc",
    }


def test_marks_come_before_title_and_title_before_phrase():
    assert query_tiers("Gia đình") == [
        ["t:gia", "t:dinh", "t=d9inh1", "t:gia_dinh"],
        ["t:gia", "t:dinh", "t=d9inh1"],
        ["gia", "dinh", "=d9inh1", "gia_dinh"],
        ["gia", "dinh", "=d9inh1"],
        ["t:gia", "t:dinh", "t:gia_dinh"],
        ["t:gia", "t:dinh"],
        ["gia", "dinh", "gia_dinh"],
        ["gia", "dinh"],
    ]


def test_toneless_syllable_asks_for_no_marks():
    assert query_tiers("to") == [["t:to"], ["to"]]


def test_query_without_a_word_asks_for_nothing():
    assert query_tiers("") == query_tiers("… ?!") == []


def test_long_query_is_cut():
    assert len(query_tiers("một hai ba bốn năm sáu bảy tám chín mười mười-một mười-hai mười-ba mười-bốn")[-1]) <= (
        MAX_QUERY_WORDS
    )


@given(texts, texts)
def test_tokens_are_of_signs_that_every_database_keeps(title, text):
    assert all(
        re.fullmatch(r"(t:|t=|=|k:)?[a-z0-9]+(_[a-z0-9]+)?", token) for token in page_tokens(title, text, "van-ban")
    )


@given(texts)
def test_page_is_found_by_its_own_title(title):
    known = page_tokens(title, "", "van-ban")
    assert all(known.issuperset(tier) for tier in query_tiers(title))
