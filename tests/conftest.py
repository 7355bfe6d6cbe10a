"""What every test stands on: strictness, an empty page cache, one small page tree, and the whole site running."""

import os
from collections.abc import Iterator

import pytest

from tests import strictness

# Playwright keeps an event loop in the main thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session", autouse=True)
def _strict() -> Iterator[None]:
    """Undefined template variables and connections abroad fail the test that causes them."""
    strictness.refuse_undefined_variables()
    with pytest.MonkeyPatch.context() as monkeypatch:
        strictness.refuse_connections_abroad(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    """No test reads a page or a number that another one stored."""
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()
