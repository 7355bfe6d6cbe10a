"""`python -m portal.web`: granian, with the application loaded before it makes its workers.

A worker is a copy of this process. What is loaded here they have in common, sixty megabytes of each worker's hundred
and fifty, and a worker that takes the place of a dead one is there sooner. Takes what `python -m granian` takes.
"""

import gc

from django.db import connections
from django.urls import get_resolver
from granian.cli import entrypoint

from portal import wsgi


def load() -> None:
    """All that a request needs and no worker has to itself."""
    if wsgi.application is None or not get_resolver().url_patterns:
        raise RuntimeError("there is nothing to serve")
    # No worker may speak on a connection that another has, too.
    connections.close_all()
    # What is here stays: looking whether it could go would copy it for each worker.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    load()
    entrypoint()
