"""A household's course and deeds as they are stored. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from portal.households.progress.counting import Changes, Heap, Step


def pack(steps: Sequence[Step]) -> list[list[Any]]:
    """A course as it is stored: each step names only what differs from the step before."""
    packed: list[list[Any]] = []
    last: dict[str, str] = {}
    for step in steps:
        heaps = {key: str(heap) for key, heap in step.heaps.items() if last.get(key) != heap}
        packed.append([step.day.isoformat(), step.village, heaps])
        last = {key: str(heap) for key, heap in step.heaps.items()}
    return packed


def unpack(packed: Iterable[Sequence[Any]]) -> list[Step]:
    """The course that was stored."""
    steps: list[Step] = []
    lies: dict[str, Heap] = {}
    for day, village, heaps in packed:
        # Whoever left the register comes back with everything said anew.
        lies = {**lies, **{key: Heap(heap) for key, heap in heaps.items()}} if village is not None else {}
        steps.append(Step(date.fromisoformat(day), village, lies))
    return steps


def pack_deeds(deeds: Changes) -> list[list[Any]]:
    """Deeds as they are stored: [[village, day, what, period, number], …], in one order for the same deeds."""
    return [
        [village, day.isoformat(), key, code, number] for (village, day, key, code), number in sorted(deeds.items())
    ]


def unpack_deeds(packed: Iterable[Sequence[Any]]) -> Changes:
    """The deeds that were stored."""
    return Counter(
        {(village, date.fromisoformat(day), key, code): number for village, day, key, code, number in packed}
    )
