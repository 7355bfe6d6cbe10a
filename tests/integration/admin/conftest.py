"""The four who meet the admin: editor, reviewer, administrator, and a stranger without an account."""

from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.core.models import User
from portal.home.desk.roles import ADMINISTRATOR, EDITOR, REVIEWER
from portal.stories.models import StoryIndexPage
from tests.factories.core import UserFactory
from tests.factories.stories import StoryIndexPageFactory

#: Wagtail leaves the files of renditions and of refused uploads to the garbage collector.
LEFT_OPEN = ("ignore:(?i)unclosed file:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "integration/admin" in item.path.as_posix():
            for warning in LEFT_OPEN:
                item.add_marker(pytest.mark.filterwarnings(warning))


class Desk(Client):
    """A browser in which somebody is signed in."""

    user: User


def desk_of(*groups: str, **fields: Any) -> Desk:
    """The browser of a new member of staff."""
    browser = Desk()
    browser.user = UserFactory(groups=list(groups), **fields)
    browser.force_login(browser.user)
    return browser


@pytest.fixture
def editor(db: None) -> Desk:
    return desk_of(EDITOR, full_name="Phạm Thị Bích")


@pytest.fixture
def reviewer(db: None) -> Desk:
    return desk_of(REVIEWER, full_name="Nguyễn Văn Duyệt")


@pytest.fixture
def administrator(db: None) -> Desk:
    return desk_of(ADMINISTRATOR, full_name="Trần Quản Trị")


@pytest.fixture
def stranger(db: None) -> Client:
    return Client()


@pytest.fixture
def stories(db: None) -> StoryIndexPage:
    return StoryIndexPageFactory()


@pytest.fixture
def lenient_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """For screens of Wagtail's that ask `{% if %}` of what raised DoesNotExist: an empty answer is what they expect."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def story_form() -> Callable[..., dict[str, Any]]:
    """The page form of a story, as the browser sends it; name what differs."""

    def fill(**fields: Any) -> dict[str, Any]:
        return nested_form_data(
            {
                "title": "Bà Y Lan bán cà phê bằng mã QR",
                "household_words": "Nhà bà L.",
                "lead": "Bà Y Lan tự nhận tiền qua điện thoại.",
                "picture": "",
                "picture_alt": "",
                "body": streamfield([("text", rich_text("<p>Mỗi sáng bà bán cà phê ở đầu thôn.</p>"))]),
                "recordings": streamfield([]),
                "published_on": "22/11/2026",
                "need": "",
                "village": "",
                "author_name": "",
                "correction_note": "",
                "slug": "",
                "seo_title": "",
                "search_description": "",
                "go_live_at": "",
                "expire_at": "",
                **fields,
            }
        )

    return fill
