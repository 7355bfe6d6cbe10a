"""Wishes of many threads, written by whoever has the turn."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from portal.core.together import NotTogether, Together

SMALL = 3


class Book:
    """Writes wishes down; the first writing waits until the others are queued, as a busy disk makes them wait."""

    def __init__(self, bad: str = "") -> None:
        self.pages: list[list[str]] = []
        self.bad = bad
        self.begun, self.may_end = Event(), Event()

    def write(self, wishes: Sequence[str]) -> list[str]:
        if not self.begun.is_set():
            self.begun.set()
            assert self.may_end.wait(20)
        if self.bad in wishes:
            raise ValueError(f"{self.bad} is bad")
        self.pages.append(list(wishes))
        return [wish.upper() for wish in wishes]


def bring(book: Book, together: Together[str, str], wishes: Sequence[str]) -> list[object]:
    """All but the first come while the first is written; returns what each thread got or was told."""
    brought = Barrier(len(wishes))

    def one(wish: str) -> object:
        brought.wait(20)
        try:
            return together(wish)
        except ValueError as fault:
            return str(fault)

    with ThreadPoolExecutor(len(wishes) + 1) as threads:
        first = threads.submit(together, "first")
        assert book.begun.wait(20)
        others = [threads.submit(one, wish) for wish in wishes]
        while len(together._queue) < len(wishes):
            pass
        book.may_end.set()
        return [first.result(20), *(other.result(20) for other in others)]


def test_those_who_wait_are_written_at_once_and_each_hears_of_its_own():
    book = Book()
    assert bring(book, Together(book.write), ["a", "b", "c", "d"]) == ["FIRST", "A", "B", "C", "D"]
    assert [len(page) for page in book.pages] == [1, 4]
    assert sorted(book.pages[1]) == ["a", "b", "c", "d"]


def test_no_more_than_the_limit_at_once_and_nobody_is_left():
    book = Book()
    wishes = [f"w{number}" for number in range(8)]
    assert bring(book, Together(book.write, limit=SMALL), wishes) == ["FIRST", *(wish.upper() for wish in wishes)]
    assert max(len(page) for page in book.pages) == SMALL
    assert sorted(wish for page in book.pages for wish in page) == ["first", *wishes]


def test_a_bad_wish_spoils_no_other_and_nothing_is_written_twice():
    book = Book(bad="b")
    assert bring(book, Together(book.write), ["a", "b", "c"]) == ["FIRST", "A", "b is bad", "C"]
    assert sorted(wish for page in book.pages for wish in page) == ["a", "c", "first"]


def test_wishes_that_hinder_each_other_are_written_one_after_the_other():
    pages: list[list[str]] = []

    def write(wishes: Sequence[str]) -> list[str]:
        if len(wishes) > 1:
            raise NotTogether
        pages.append(list(wishes))
        return list(wishes)

    together = Together(write)
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(together, "abcdef")) == list("abcdef")
    assert sorted(pages) == [[letter] for letter in "abcdef"]


@pytest.mark.django_db
def test_within_a_larger_transaction_it_is_written_at_once_and_alone():
    book = Book()
    book.may_end.set()
    together = Together(book.write)
    together._queue.append(("somebody else's", None))
    assert together("mine") == "MINE"
    assert book.pages == [["mine"]]
