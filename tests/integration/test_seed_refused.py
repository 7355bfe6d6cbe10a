"""No sample content beside somebody's own, and never half of it."""

import pytest

from portal.home.demo import library
from portal.home.demo.seeding import is_fresh, seed
from tests.factories.stories import NewsPageFactory


def test_column_with_a_page_of_its_own_gets_no_sample(site_tree):
    NewsPageFactory(parent=site_tree.news)
    assert not is_fresh()


def test_failure_half_way_leaves_nothing(db, monkeypatch):
    def fail(_collection: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(library, "add_scenes", fail)
    with pytest.raises(RuntimeError):
        seed()
    assert is_fresh()
