"""Which pages say that a phone may keep them, and what the worker is once the commune says no."""

import pytest
from django.urls import reverse

from portal.core.models import SiteProfile
from portal.home.offline import MAY_KEEP
from tests.factories.campaign import ActivityPageFactory
from tests.factories.home import StandardPageFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory, StoryPageFactory


@pytest.fixture
def pages(site_tree):
    """One of each kind that may be kept."""
    guide = GuidePageFactory(parent=site_tree.guides)
    made = [
        *(site_tree.home, site_tree.news, site_tree.stories, site_tree.guides, site_tree.activities, guide),
        StoryPageFactory(parent=site_tree.stories),
        NewsPageFactory(parent=site_tree.news),
        ActivityPageFactory(parent=site_tree.activities),
        StandardPageFactory(parent=site_tree.home),
    ]
    return [page.url for page in made]


def may_keep(client, address):
    return client.get(address).has_header(MAY_KEEP)


def switch(site_tree, *, is_on, **changes):
    SiteProfile.objects.update_or_create(
        site=site_tree.home.get_site(), defaults={"keeps_pages_offline": is_on, **changes}
    )


def test_public_pages_may_be_kept_also_from_the_store(client, pages):
    assert {address: may_keep(client, address) for address in pages} == dict.fromkeys(pages, True)
    assert all(may_keep(client, address) for address in pages)
    assert may_keep(client, reverse("offline_shelf"))


def test_nobody_who_is_signed_in_keeps_anything(officer, editor, pages):
    for address in (*pages, reverse("offline_shelf")):
        assert not may_keep(officer, address)
        assert not may_keep(editor, address)


def test_what_somebody_asked_for_is_not_kept(client, pages):
    assert not [address for address in pages if may_keep(client, f"{address}?trang=2")]


@pytest.mark.parametrize(
    "name",
    [
        *("register:registration", "register:status", "register:help", "register:check", "register:honours", "search"),
        *("register:self_check", "register:progress", "wagtailadmin_login", "rss", "robots", "offline_worker"),
    ],
)
def test_forms_lookups_and_names_are_never_kept(client, site_tree, name):
    answer = client.get(reverse(name))
    assert answer.status_code in {200, 302}
    assert not answer.has_header(MAY_KEEP)


def test_missing_page_is_not_kept(client, site_tree):
    assert not may_keep(client, "/khong-co-trang-nay/")


def test_commune_says_no(client, site_tree, pages, django_capture_on_commit_callbacks):
    assert "offline-worker" in client.get("/sw.js").content.decode()
    assert 'data-offline="/sw.js"' in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        switch(site_tree, is_on=False)
    assert "offline-end" in client.get("/sw.js").content.decode()
    assert "data-offline" not in client.get("/").content.decode()
    assert not [address for address in (*pages, reverse("offline_shelf")) if may_keep(client, address)]


def test_worker_is_a_script_of_the_whole_site(client, site_tree):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "max-age=0" in answer["Cache-Control"]
