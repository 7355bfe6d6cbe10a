"""Runs a piece of background work and remembers how it went, so that staff see when something has stopped."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from portal.core.logs import masked
from portal.core.models import JobRun

logger = logging.getLogger(__name__)

#: What runs every minute is written down now and then, unless its luck has changed.
NOTE_EVERY = timedelta(minutes=5)


def run_job(name: str, work: Callable[[], object]) -> bool:
    """Do `work`; whether it went well. A fault is logged and remembered, and goes no further."""
    started_at, fault = timezone.now(), ""
    try:
        work()
    except Exception as error:  # Whatever it is, the other jobs are not to blame, and the next run tries again.
        fault = f"{type(error).__name__}: {masked(str(error))}"[:200]
        logger.exception("%s failed; next try when it is due again", name)
    try:
        _note(name, started_at, fault)
    except DatabaseError:
        # The clock goes on without its book: work that is due is tried again in any case.
        logger.exception("%s: its run could not be written down", name)
    return not fault


def _note(name: str, started_at: datetime, fault: str) -> None:
    now = timezone.now()
    last = JobRun.objects.filter(name=name).first()
    if last is not None and last.fault == fault and last.finished_at > now - NOTE_EVERY:
        return
    row = last or JobRun(name=name)
    row.started_at, row.finished_at, row.fault = started_at, now, fault
    row.went_well_at = row.went_well_at if fault else now
    row.save()
