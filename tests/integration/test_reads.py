"""Opened pages are counted by page and day, from what goes out to readers, and nothing else is remembered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.models import PageReads
from portal.core.reads import KEPT, counter, keep_reads
from portal.home.desk.reading import week_of_reads
from tests.factories.core import PageReadsFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db
PHONE = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 11) Zalo/1.0"}


@pytest.fixture
def counted(settings, monkeypatch):
    """What the counter of this process holds; nothing writes it away meanwhile."""
    settings.COUNT_READS = True
    monkeypatch.setattr(counter, "_writer", object())
    counter.take()
    yield lambda: {path: count for (_day, path), count in counter.take().items()}
    counter.take()


def test_page_is_counted_when_made_when_stored_and_when_the_readers_copy_still_holds(client, site_tree, counted):
    page = NewsPageFactory(parent=site_tree.news)
    made = client.get(page.url, **PHONE)
    client.get(page.url, **PHONE)
    again = client.get(page.url, HTTP_IF_NONE_MATCH=made["ETag"], **PHONE)
    assert again.status_code == 304
    assert counted() == {page.url: 3}


def test_neither_staff_nor_robots_nor_looks_ahead_nor_missing_pages_count(client, editor, site_tree, counted):
    page = NewsPageFactory(parent=site_tree.news)
    editor.get(page.url, **PHONE)
    client.get(page.url, HTTP_USER_AGENT="Googlebot/2.1")
    client.get(page.url, HTTP_USER_AGENT="")
    client.get(page.url, HTTP_SEC_PURPOSE="prefetch", **PHONE)
    client.head(page.url, **PHONE)
    client.get("/khong-co-trang-nay/", **PHONE)
    client.get("/rss/", **PHONE)
    client.get("/quan-tri/login/", **PHONE)
    assert counted() == {}


def test_numbers_add_up_by_page_and_day_and_other_addresses_are_forgotten(site_tree):
    page, today = NewsPageFactory(parent=site_tree.news), timezone.localdate()
    hidden = NewsPageFactory(parent=site_tree.news, live=False)
    keep_reads({(today, page.url): 3, (today, "/xac-minh/GCN-1/"): 5, (today, "/"): 2, (today, hidden.url): 1})
    keep_reads({(today, page.url): 4, (today - timedelta(days=1), page.url): 1})
    rows = set(PageReads.objects.values_list("page", "day", "count"))
    assert rows == {
        (page.pk, today, 7),
        (page.pk, today - timedelta(days=1), 1),
        (site_tree.home.pk, today, 2),
    }
    assert {field.name for field in PageReads._meta.get_fields()} == {"id", "page", "day", "count"}


def test_old_days_are_forgotten(site_tree):
    page = NewsPageFactory(parent=site_tree.news)
    PageReadsFactory(page=page, day=timezone.localdate() - KEPT - timedelta(days=1))
    kept = PageReadsFactory(page=page, day=timezone.localdate() - KEPT)
    keep_reads({(timezone.localdate(), page.url): 1})
    assert PageReads.objects.count() == 2
    assert PageReads.objects.filter(pk=kept.pk).exists()


def test_week_is_seven_whole_days_and_the_seven_before(site_tree):
    today = timezone.localdate()
    news, guide = NewsPageFactory(parent=site_tree.news), GuidePageFactory(parent=site_tree.guides)
    for page, ago, count in ((news, 0, 99), (news, 1, 3), (guide, 7, 10), (news, 8, 4), (news, 14, 1), (news, 15, 99)):
        PageReadsFactory(page=page, day=today - timedelta(days=ago), count=count)
    week = week_of_reads()
    assert (week.count, week.count_before) == (13, 5)
    assert [(page.title, page.count) for page in week.pages] == [(guide.title, 10), (news.title, 3)]
    assert week.pages[0].url == guide.url


def test_stored_page_costs_no_query_while_it_is_counted(client, site_tree, counted, django_assert_num_queries):
    client.get("/", **PHONE)
    with django_assert_num_queries(0):
        client.get("/", **PHONE)
    assert counted() == {"/": 2}
