"""A part of the site on another machine does not answer, and nothing was done; `portal.core.outages` knows the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.utils import timezone

RETRY_SECONDS = 30


class ServiceAway(Exception):
    """The cache server or the file store does not answer; whatever was asked for has not been done."""


@contextmanager
def tried_again(task: Any, **arguments: Any) -> Iterator[None]:
    """Whatever in the block needs what is away is begun anew by the task queue until it is done.

    Raises ServiceAway where work runs at once and nobody would come back to it.
    """
    try:
        yield
    except ServiceAway:
        if not task.get_backend().supports_defer:
            raise
        task.using(run_after=timezone.now() + timedelta(seconds=RETRY_SECONDS)).enqueue(**arguments)
