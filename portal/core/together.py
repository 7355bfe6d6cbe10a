"""Many who want to write at the same moment are written by one of them: one transaction, one wait for the disk."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

Wish = TypeVar("Wish")
Outcome = TypeVar("Outcome")


class NotTogether(Exception):
    """These wishes hinder each other: each has to be written by itself."""


class Together(Generic[Wish, Outcome]):
    """Threads of one process bring their wishes; whoever has the turn writes for all who wait.

    `write` takes wishes and returns their outcomes in the same order, having committed all of them, or raises and has
    written nothing: then each is written by itself, so that one bad wish spoils no other's. What it raises there is
    raised in the thread that brought the wish. At most `limit` are written at once.
    """

    def __init__(self, write: Callable[[Sequence[Wish]], Sequence[Outcome]], *, limit: int = 16) -> None:
        self._write, self._limit = write, limit
        self._queue: deque[tuple[Wish, Future[Outcome]]] = deque()
        self._turn = Lock()

    def __call__(self, wish: Wish) -> Outcome:
        """What became of the wish."""
        if connection.in_atomic_block:
            # A part of something larger, on whose end nobody else may hang.
            return self._write([wish])[0]
        answer: Future[Outcome] = Future()
        self._queue.append((wish, answer))
        with self._turn:
            while not answer.done():
                self._serve([self._queue.popleft() for _ in range(min(len(self._queue), self._limit))])
        return answer.result()

    def _serve(self, waiting: Sequence[tuple[Wish, Future[Outcome]]]) -> None:
        try:
            outcomes = self._write([wish for wish, _ in waiting])
        except BaseException as fault:  # Whatever it is, those who wait must hear of it.
            if len(waiting) > 1 and isinstance(fault, Exception):
                for one in waiting:
                    self._serve([one])
            else:
                for _, answer in waiting:
                    answer.set_exception(fault)
        else:
            for (_, answer), outcome in zip(waiting, outcomes, strict=True):
                answer.set_result(outcome)
