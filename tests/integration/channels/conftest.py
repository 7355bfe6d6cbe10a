"""Beside the editor stands the reviewer."""

import pytest

from tests.desks import Desk, desk_of

#: Wagtail leaves the files of renditions to the garbage collector.
LEFT_OPEN = ("ignore:(?i)unclosed file:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "integration/channels" in item.path.as_posix():
            for warning in LEFT_OPEN:
                item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture
def reviewer(db: None) -> Desk:
    return desk_of("Người duyệt bài", full_name="Nguyễn Văn Duyệt")
