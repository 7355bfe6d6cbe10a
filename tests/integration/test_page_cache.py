"""Anonymous readers get stored pages, and never a stale one."""

from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client

from portal.core.models import SiteProfile
from portal.core.page_cache import forget_pages
from portal.core.tries import MAX_TRIES, Tries
from tests.factories.core import UserFactory
from tests.factories.home import AlertBannerFactory
from tests.factories.stories import NewsPageFactory, StoryPageFactory
from tests.stored_pages import stored_pages


@pytest.fixture
def story(site_tree):
    return StoryPageFactory(parent=site_tree.stories, title="Sạp rau có mã vuông")


def test_second_reader_costs_no_query(client, story, django_assert_num_queries):
    first = client.get(story.url)
    with django_assert_num_queries(0):
        second = client.get(story.url)
    assert second.content == first.content
    assert "Sạp rau có mã vuông" in second.content.decode()


def test_stored_page_keeps_its_content_policy(client, story):
    policies = [client.get(story.url).headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] == policies[1]
    assert "unsafe-inline" not in policies[1]


def test_reader_with_the_same_copy_gets_304(client, story):
    tag = client.get(story.url).headers["ETag"]
    answer = client.get(story.url, headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert answer.content == b""


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.mark.django_db
def test_published_change_is_seen_at_once_everywhere(client, site_tree, story, django_capture_on_commit_callbacks):
    paths = ["/", "/cau-chuyen/", story.url, "/rss/", "/sitemap.xml"]
    for path in paths:
        client.get(path)
    with django_capture_on_commit_callbacks(execute=True):
        publish(story, title="Sạp rau đổi tên")
    for path in paths[:4]:
        text = client.get(path).content.decode()
        assert "Sạp rau đổi tên" in text, path
        assert "Sạp rau có mã vuông" not in text, path


@pytest.mark.parametrize("take_down", ["unpublish", "delete", "move"])
def test_page_taken_down_is_gone_at_once(client, site_tree, story, take_down, django_capture_on_commit_callbacks):
    old_url = story.url
    for path in ("/", "/cau-chuyen/", old_url):
        assert "Sạp rau có mã vuông" in client.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        if take_down == "move":
            story.move(site_tree.home, pos="last-child")
        else:
            getattr(story, take_down)()
    gone = client.get(old_url)
    if take_down == "move":
        # Addresses are printed on paper: the old one leads to the new one for ever (invariant 14).
        assert (gone.status_code, gone.headers["Location"]) == (301, "/sap-rau-co-ma-vuong/")
    else:
        assert gone.status_code == 404


def test_changed_profile_and_new_alert_are_seen_at_once(client, site_tree, django_capture_on_commit_callbacks):
    client.get("/")
    with django_capture_on_commit_callbacks(execute=True):
        SiteProfile.objects.update_or_create(site=site_tree.home.get_site(), defaults={"in_charge": "Bà Phạm Thị Mẫu"})
        AlertBannerFactory(text="Có tin nhắn giả danh xã.")
    text = client.get("/").content.decode()
    assert "Bà Phạm Thị Mẫu" in text
    assert "Có tin nhắn giả danh xã." in text


@pytest.fixture
def change_meanwhile(monkeypatch):
    """Something public changes after a page was made and before it is stored."""
    from portal.core import page_cache

    real = page_cache.stripped

    def stripped_after_a_change(response):
        page_cache._new_generation()
        return real(response)

    with monkeypatch.context() as patched:
        patched.setattr(page_cache, "stripped", stripped_after_a_change)
        yield patched


def test_change_while_a_page_is_made_is_not_hidden_by_that_page(client, story, change_meanwhile):
    """A copy made from old data under a reader's eyes must not outlive the change."""
    client.get(story.url)
    change_meanwhile.undo()
    type(story).objects.filter(pk=story.pk).update(title="Tên mới")
    type(story).objects.filter(pk=story.pk).update(draft_title="Tên mới")
    assert "Tên mới" in client.get(story.url).content.decode()


def test_wrong_tries_are_not_forgotten_with_the_pages(db, django_capture_on_commit_callbacks):
    tries = Tries("so-bi-mat-cua-bai")
    tries.miss()
    with django_capture_on_commit_callbacks(execute=True):
        forget_pages()
    assert tries.left == MAX_TRIES - 1


def copies_of(words):
    """Stored pages, current or not, that hold these words."""
    return [path for path, text in stored_pages(Path(caches["pages"]._dir)) if words.encode() in text]


def test_copy_that_is_forgotten_is_deleted_too(client, story, django_capture_on_commit_callbacks):
    client.get(story.url)
    assert copies_of("Sạp rau có mã vuông")
    with django_capture_on_commit_callbacks(execute=True):
        story.unpublish()
    assert not copies_of("Sạp rau có mã vuông")


def test_copy_made_while_something_changed_is_not_left_lying(client, story, change_meanwhile):
    assert "Sạp rau có mã vuông" in client.get(story.url).content.decode()
    assert not copies_of("Sạp rau có mã vuông")


def test_signed_in_staff_see_the_page_fresh(story, client, django_assert_max_num_queries):
    client.get(story.url)
    staff = Client()
    staff.force_login(UserFactory(is_admin=True))
    assert "ETag" not in staff.get(story.url).headers


def test_text_size_has_a_copy_of_its_own(client, story):
    usual = client.get(story.url).content
    answer = client.get("/co-chu/rat-lon/", {"tiep": story.url})
    assert answer.headers["Location"] == story.url
    assert client.get(story.url).content != usual
    client.get("/co-chu/thuong/", {"tiep": story.url})
    assert client.get(story.url).content == usual


@pytest.mark.parametrize(
    "target", ["https://ke-gian.example/", "//ke-gian.example/", "/\\ke-gian.example", "javascript:1"]
)
def test_text_size_link_never_leads_abroad(client, db, target):
    assert client.get("/co-chu/lon/", {"tiep": target}).headers["Location"] == "/"


def test_search_words_are_not_stored(client, site_tree):
    NewsPageFactory(parent=site_tree.news, title="Đi chợ không tiền mặt")
    assert "ETag" not in client.get("/tim-kiem/", {"q": "đi chợ"}).headers
