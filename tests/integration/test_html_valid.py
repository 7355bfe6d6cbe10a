"""Every public page is valid HTML."""

import pytest

from tests.html import nu_messages, parse_errors

pytestmark = pytest.mark.any_database

# Beside what the sitemap lists: pages that crawlers are not sent to.
UNLISTED = [
    "/hoat-dong/dang-ky/",
    "/hoat-dong/tap-huan-tra-tien-thon-2/dang-ky/",
    "/tim-kiem/",
    "/tim-kiem/?q=gia+dinh+so",
    "/tim-kiem/?q=zzzz",
    "/khong-co-trang-nay/",
]


@pytest.fixture(scope="module")
def pages(site):
    """The HTML of every public page, by path."""
    guides = [path for path in site.sitemap() if path.startswith("/huong-dan/") and path != "/huong-dan/"]
    steps = [f"{path}buoc-1/" for path in guides]
    return {path: site.get(path).text for path in [*site.sitemap(), *steps, *UNLISTED]}


def test_every_page_parses_without_error(pages):
    assert not parse_errors(pages)


def test_every_page_satisfies_the_nu_checker(pages, tmp_path):
    assert not nu_messages(pages, tmp_path)
