"""What every test stands on: strictness, empty caches, and the whole site running."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from tests import strictness
from tests.running_site import RunningSite, running_site

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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site with its sample content, as `make run` serves it, on the database under test.

    It is shared by all tests: read it freely, and write only what no other test counts.
    """
    with database_of_its_own() as address, running_site(tmp_path_factory.mktemp("site"), address) as running:
        yield running


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """An empty database beside the one that pytest-django makes; on SQLite simply a file of the site's."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"portal_site_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(address)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def site_tree(db) -> SimpleNamespace:
    """The smallest tree a public page test needs: home and the index page of every section."""
    from tests.factories import campaign, home, stories

    front = home.HomePageFactory()
    return SimpleNamespace(
        home=front,
        news=stories.NewsIndexPageFactory(parent=front),
        stories=stories.StoryIndexPageFactory(parent=front),
        guides=stories.GuideIndexPageFactory(parent=front),
        activities=campaign.ActivityIndexPageFactory(parent=front),
        documents=home.DocumentIndexPageFactory(parent=front),
    )
