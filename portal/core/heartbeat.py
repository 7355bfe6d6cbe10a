"""Signs of life of background work, so that staff learn when something has silently stopped.

They are kept in the one store that every process of the site shares, on one machine a folder, on several a cache
server. A beat a minute then costs the database nothing.
"""

import logging
from datetime import datetime, timedelta

from django.core.cache import caches
from django.utils import timezone

logger = logging.getLogger(__name__)

SCHEDULER = "scheduler"
#: Longer silence than this is reported (row E3 of the feature table).
PATIENCE = timedelta(minutes=10)


def beat(name: str) -> None:
    """`name` is at work right now."""
    try:
        caches["shared"].set(_key(name), timezone.now(), None)
    except OSError:
        # A full disk must not stop the work whose sign of life this is; the silence will be reported.
        logger.exception("no sign of life of %s could be left", name)


def last_beat(name: str) -> datetime | None:
    """When `name` was last at work; None where nobody has heard of it."""
    last: datetime | None = caches["shared"].get(_key(name))
    return last


def silent_for(name: str) -> timedelta:
    """How long `name` has been silent.

    A full folder drops entries at random. A mark that is missing therefore counts from the moment when it was
    missed: no false alarm, and a scheduler that never ran is still noticed.
    """
    now = timezone.now()
    try:
        last: datetime = caches["shared"].get_or_set(_key(name), now, None) or now
    except OSError:
        return timedelta(0)
    return now - last


def is_silent(name: str) -> bool:
    """Whether `name` has been silent for longer than it may."""
    return silent_for(name) >= PATIENCE


def _key(name: str) -> str:
    return f"heartbeat.{name}"
