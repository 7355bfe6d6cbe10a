"""The handbooks inside the site: who reads which, and that every screen leads to a section that is there."""

import re

import pytest
from django.urls import reverse

from portal.core.handbook import BOOKS, BY_SLUG, PLACES, SHARED, place_of
from portal.home.handbook.rendering import FOLDER, book_page
from tests.html import nu_messages, parse_errors
from tests.integration.door.role_matrix import ROLES
from tests.routes import routes

pytestmark = pytest.mark.django_db
INDEX = "/quan-tri/huong-dan/"
SECTIONS = [
    *((book, section) for _start, book, section in PLACES if section),
    *((book, section) for _start, by_group in SHARED for book, section in by_group.values()),
]


def test_every_role_reads_every_handbook_but_that_of_the_machine(officer, leader, team_member, editor, stranger):
    for book in BOOKS:
        statuses = {desk.get(f"{INDEX}{book.slug}/").status_code for desk in (officer, leader, team_member, editor)}
        assert statuses == {404 if book.is_for_keepers else 200}, book.slug
        assert stranger.get(f"{INDEX}{book.slug}/").status_code == 302
    assert "may-chu" not in officer.get(INDEX).content.decode()
    assert stranger.get(INDEX).status_code == 302


def test_administrator_reads_the_handbook_of_the_machine(keeper):
    assert keeper.get(f"{INDEX}may-chu/").status_code == 200
    assert "may-chu" in keeper.get(INDEX).content.decode()


@pytest.mark.parametrize("name", ["adr", "..", "khong-co", "README"])
def test_only_handbooks_are_read(officer, name):
    assert officer.get(f"{INDEX}{name}/").status_code == 404


def test_every_handbook_file_is_a_handbook_of_the_site():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(BY_SLUG)


@pytest.mark.parametrize(("book", "section"), SECTIONS)
def test_section_to_which_a_screen_leads_is_there(book, section):
    assert section in dict(book_page(book).sections)


def test_groups_are_those_of_the_roles():
    assert {group for book in BOOKS for group in book.groups} == set(ROLES)


def test_every_place_is_of_a_screen_that_is_there():
    names = [route.name for route in routes()]
    starts = [start for start, *_rest in PLACES] + [start for start, _by_group in SHARED]
    assert not [start for start in starts if not any(name.startswith(start) for name in names)]


def test_screens_lead_to_the_section_of_the_readers_own_work(officer, team_member, leader):
    def led(desk, view):
        return re.search(r'href="([^"]+)">Hướng dẫn<', desk.get(reverse(view)).content.decode())[1]

    assert led(officer, "desk:office") == f"{INDEX}can-bo-so-ho/#viec-dang-cho"
    assert led(team_member, "team:today") == f"{INDEX}to-cong-nghe-so/#viec-hom-nay"
    assert led(leader, "progress:board") == f"{INDEX}lanh-dao/#hai-phut-moi-tuan"
    assert led(officer, "progress:periods") == f"{INDEX}can-bo-so-ho/#bao-cao-quy-chot-ky"
    assert place_of("no:such", set()) is None


def test_desk_of_the_column_leads_to_the_handbook_of_its_role(editor):
    assert f'href="{INDEX}bien-tap-vien/"' in editor.get("/quan-tri/").content.decode()


def test_headings_can_be_led_to_and_links_stay_inside():
    page = book_page("nguoi-duyet-bai")
    assert page.title == "Sổ tay người duyệt bài"
    assert 'id="duyet-hay-gui-lai"' in page.html
    assert f'href="{INDEX}bien-tap-vien/"' in page.html
    assert ".md" not in page.html
    assert "<h1" not in page.html


def test_pages_are_valid_html(officer, keeper, tmp_path):
    texts = {book.slug: keeper.get(f"{INDEX}{book.slug}/").content.decode() for book in BOOKS}
    texts["index"] = officer.get(INDEX).content.decode()
    assert not parse_errors(texts)
    assert not nu_messages(texts, tmp_path)
