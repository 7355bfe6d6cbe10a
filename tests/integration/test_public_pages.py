"""Every public page answers in Vietnamese, and costs the database the same however much there is to tell."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import caches

from tests.factories.campaign import ActivityPageFactory
from tests.factories.home import AlertBannerFactory, DocumentPageFactory, StandardPageFactory
from tests.factories.households import VillageFactory
from tests.factories.stories import GuidePageFactory, NewsPageFactory, StoryPageFactory

#: What the issue allows an uncached page to ask of the database.
BUDGET = 10
#: The first visit after a change also reads what all pages share: site, menu, profile, alerts, villages.
COLD_BUDGET = 12


@pytest.fixture
def column(site_tree) -> SimpleNamespace:
    """One page of every kind."""
    village = VillageFactory()
    AlertBannerFactory()
    site_tree.pages = [
        NewsPageFactory(village=village, need="giay-to"),
        NewsPageFactory(warning=True, is_pinned=True),
        StoryPageFactory(village=village),
        GuidePageFactory(),
        GuidePageFactory(old=True),
        ActivityPageFactory(village=village),
        ActivityPageFactory(cancelled=True),
        ActivityPageFactory(over=True),
        DocumentPageFactory(),
        StandardPageFactory(title="Giới thiệu"),
    ]
    return site_tree


def answer(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_every_page_answers_in_vietnamese(client, column):
    for page in [
        column.home,
        column.news,
        column.stories,
        column.guides,
        column.activities,
        column.documents,
        *column.pages,
    ]:
        text = answer(client, page.url)
        assert '<html lang="vi"' in text
        assert page.title in text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/rss/", "application/rss+xml"),
        ("/rss/tin-tuc/", "application/rss+xml"),
        ("/atom/", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain"),
        ("/healthz", "text/plain"),
        ("/readyz", "application/json"),
        ("/hoat-dong/lich/", "text/calendar"),
        ("/tim-kiem/?q=gia+dinh", "text/html"),
    ],
)
def test_address_outside_the_tree_answers(client, column, path, kind):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(kind)


@pytest.mark.parametrize("path", ["/khong-co/", "/huong-dan/khong-co/", "/rss/khong-co/"])
def test_unknown_address_gets_a_helpful_404(client, column, path):
    text = answer(client, path, status=404)
    assert 'href="/"' in text
    assert 'action="/tim-kiem/"' in text


def test_step_of_a_guide_has_an_address_of_its_own(client, column):
    guide = GuidePageFactory()
    assert "3/3" in answer(client, f"{guide.url}buoc-3/")
    answer(client, f"{guide.url}buoc-4/", status=404)
    answer(client, f"{guide.url}buoc-0/", status=404)


def queries_of(client, path, counter):
    """Queries of a page that is made anew, in a process that has answered since the last change of content."""
    caches["shared"].clear()  # whatever was kept belongs to older content
    with counter(COLD_BUDGET):
        answer(client, path)
    client.cookies[settings.SESSION_COOKIE_NAME] = "the-page-cache-steps-aside"
    with counter(BUDGET) as counted:
        answer(client, path)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    return len(counted)


@pytest.mark.parametrize("path", ["/", "/tin-tuc/", "/cau-chuyen/", "/huong-dan/", "/hoat-dong/", "/van-ban/"])
def test_list_costs_the_same_with_few_and_with_many(client, column, path, django_assert_max_num_queries):
    few = queries_of(client, path, django_assert_max_num_queries)
    village = VillageFactory()
    for page_factory in (NewsPageFactory, StoryPageFactory, ActivityPageFactory):
        page_factory.create_batch(15, village=village)
    for page_factory in (GuidePageFactory, DocumentPageFactory):
        page_factory.create_batch(5)
    assert queries_of(client, path, django_assert_max_num_queries) == few


def test_detail_page_stays_within_its_budget(client, column, django_assert_max_num_queries):
    for page in column.pages:
        queries_of(client, page.url, django_assert_max_num_queries)
