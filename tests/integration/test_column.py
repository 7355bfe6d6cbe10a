"""The skeleton of the column, and the address under which it says it is."""

import pytest
from wagtail.models import Page, Site

from portal.home.column import SECTIONS, ensure_column, set_site_address
from portal.home.models import HomePage

pytestmark = pytest.mark.django_db


def test_every_section_answers_at_its_printed_address(client):
    ensure_column()
    for _kind, slug, title, _lead in SECTIONS:
        answer = client.get(f"/{slug}/")
        assert answer.status_code == 200, slug
        assert title in answer.content.decode()


def test_skeleton_is_made_once():
    home = ensure_column()
    count = Page.objects.count()
    assert ensure_column() == home
    assert Page.objects.count() == count
    assert HomePage.objects.count() == 1


def test_section_taken_away_comes_back_and_the_others_stay():
    home = ensure_column()
    home.get_children().get(slug="lien-he").delete()
    kept = home.get_children().get(slug="tin-tuc").pk
    home = ensure_column()
    assert home.get_children().filter(slug="lien-he", live=True).exists()
    assert home.get_children().get(slug="tin-tuc").pk == kept


@pytest.mark.parametrize(
    ("address", "in_sitemap"),
    [
        ("https://gia-dinh-so.example.vn", "<loc>https://gia-dinh-so.example.vn/tin-tuc/</loc>"),
        ("http://127.0.0.1:8123", "<loc>http://127.0.0.1:8123/tin-tuc/</loc>"),
    ],
)
def test_sitemap_names_the_real_address(client, address, in_sitemap):
    ensure_column()
    set_site_address(address)
    assert in_sitemap in client.get("/sitemap.xml").content.decode()
    assert Site.objects.count() == 1
