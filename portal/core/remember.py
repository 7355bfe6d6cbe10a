"""Readings that all visitors share, kept by each process for as long as the public content stays the same.

Unlike a cache of pages this holds live objects: nothing is pickled, and nobody may change what comes out.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from django.utils import timezone

from portal.core.page_cache import KEEP_SECONDS, generation

Value = TypeVar("Value")

_kept: dict[str, tuple[str, float, object]] = {}


def remembered(name: str, read: Callable[[], Value]) -> Value:
    """What `read` returns, read anew when anything public has changed, a minute has passed or a day begun."""
    # What is due, over or coming changes with the day as well.
    token, now = f"{generation()} {timezone.localdate()}", time.monotonic()
    kept = _kept.get(name)
    if kept is not None and kept[0] == token and now < kept[1]:
        return kept[2]  # type: ignore[return-value]
    # The token is older than the reading: a change in between makes a new token, never a stale value under it.
    value = read()
    _kept[name] = (token, now + KEEP_SECONDS, value)
    return value
