"""What every test stands on: strictness, empty caches, and the whole site running."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from tests import strictness
from tests.databases import Tables, database_of_its_own, tables_of_tests
from tests.libreoffice import LibreOffice, find_soffice
from tests.running_site import RunningSite, running_site

# Playwright keeps an event loop in the main thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

#: Which tests of its database this run has: “looks”, “rest”, or “” for all.
PART = os.environ.get("TESTS_PART", "")
SITE = pytest.StashKey[RunningSite]()


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
def site(pytestconfig: pytest.Config) -> RunningSite:
    """The site with its sample content, as `make run` serves it, on the database under test.

    It is shared by all tests: read it freely, and write only what no other test counts.
    """
    running = pytestconfig.stash[SITE]
    running.wait_until_ready()
    return running


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Tables]:
    """Migrates as pytest-django does, and keeps a copy before the first test writes."""
    with ExitStack() as kept:
        with django_db_blocker.unblock():
            tables = kept.enter_context(tables_of_tests(tmp_path_factory.mktemp("tables")))
        yield tables


@pytest.fixture(scope="session")
def tables(django_db_setup) -> Tables:
    """What a site of a test's own starts from, so that nothing is migrated twice. The test is marked `django_db`."""
    return django_db_setup


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker) -> Iterator[None]:
    """For a module's fixtures that write what all its tests only read; it is taken back after the last of them."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """The office's own program. Without it these tests are skipped on a desk, and fail in CI."""
    program = find_soffice()
    if program is None:
        assert os.environ.get("CI") != "true", "no LibreOffice: in CI its tests may not be skipped"
        pytest.skip("no LibreOffice: soffice is not on PATH or in SOFFICE_PATH")
    return LibreOffice(program, tmp_path_factory.mktemp("libreoffice"))


def needs_site(item: pytest.Item) -> bool:
    return "site" in getattr(item, "fixturenames", ())


def depends_on_the_database(item: pytest.Item) -> bool:
    """Whether another database could make a difference: the test reads one, and does not say that it is about looks."""
    touched = {"db", "transactional_db", "live_server", "site"} & set(getattr(item, "fixturenames", ()))
    reads = bool(touched) or item.get_closest_marker("django_db") is not None
    return reads and item.get_closest_marker("any_database") is None


def belongs_to_this_run(item: pytest.Item) -> bool:
    """What a database can change is tested on both, the rest once: beside SQLite, where `pytest` finds everything.

    While all runs go at once, browsers that only look have one of their own (tests/run.py).
    """
    if depends_on_the_database(item):
        return PART != "looks"
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return False
    is_look = "browser" in getattr(item, "fixturenames", ())
    return PART == "" or (PART == "looks") == is_look


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the running site come last: it starts first and gets ready while the others run."""
    config.hook.pytest_deselected(items=[item for item in items if not belongs_to_this_run(item)])
    items[:] = filter(belongs_to_this_run, items)
    items.sort(key=needs_site)


def pytest_collection_finish(session: pytest.Session) -> None:
    if session.config.option.collectonly or not any(map(needs_site, session.items)):
        return
    started = ExitStack()
    session.config.add_cleanup(started.close)
    folder = Path(started.enter_context(TemporaryDirectory(prefix="portal-site-")))
    address = started.enter_context(database_of_its_own("site"))
    session.config.stash[SITE] = started.enter_context(running_site(folder, address))


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
