"""Every night all links are looked at: a break of ours is told at once, one of others when it lasts."""

import http.server
import threading

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.rich_text import RichText

from portal.core.models import PortalDocument
from portal.home.links import outside
from portal.home.links.gathering import links_of_page
from portal.home.links.inside import DELETED, NO_FILE, NO_PAGE, fault_inside, is_inside
from portal.home.links.services import check_links
from portal.home.models import BrokenLink
from tests.factories.core import PortalDocumentFactory
from tests.factories.home import BrokenLinkFactory, StandardPageFactory
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


def page_with(html: str, **fields):
    return StoryPageFactory(body=[("text", RichText(html))], **fields)


@pytest.mark.usefixtures("site_tree")
class TestInside:
    @pytest.mark.parametrize(
        ("url", "fault"),
        [
            ("/", ""),
            ("/tin-tuc/", ""),
            ("/tin-tuc", ""),
            ("/tin-tuc/?trang=2", ""),
            ("/dang-ky/", ""),
            ("/xac-minh/GCN-1/", ""),
            ("#cuoi-bai", ""),
            ("/khong-con/", NO_PAGE),
            ("/tin-tuc/khong-con/", NO_PAGE),
            ("/tai-lieu/99999/x.pdf", NO_FILE),
            ("/media/khong-con.png", NO_FILE),
            ("http://testserver/khong-con/", NO_PAGE),
            ("", DELETED),
        ],
    )
    def test_address_leads_somewhere_or_not(self, url, fault):
        assert is_inside(url)
        assert fault_inside(url) == fault

    def test_old_address_with_a_redirect_is_in_order(self):
        Redirect.objects.create(old_path="/cu", redirect_link="/tin-tuc/")
        assert fault_inside("/cu/") == ""

    def test_page_that_was_taken_down_is_broken(self, site_tree):
        page = StoryPageFactory(slug="nha-ong-ho")
        assert fault_inside(page.url) == ""
        page.unpublish()
        assert fault_inside(page.url) == NO_PAGE


def test_links_are_found_in_text_buttons_and_notes_and_each_once():
    page = StoryPageFactory(
        body=[
            ("text", RichText('<p><a href="/a/">một</a> <a href="/a/">hai</a> <a href="tel:113">gọi</a></p>')),
            ("link", {"title": "Mở", "url": "https://example.org/b"}),
            ("note", {"tone": "info", "text": RichText('<p><a href="/c/">ba</a></p>')}),
        ]
    )
    assert [link.url for link in links_of_page(page)] == ["/a/", "tel:113", "https://example.org/b", "/c/"]


class TestNight:
    def test_finds_what_is_broken_and_forgets_what_was_mended(self, site_tree):
        page = page_with('<p><a href="/khong-con/">xem ở đây</a> và <a href="/tin-tuc/">tin</a></p>')
        call_command("check_links", verbosity=0)
        link = BrokenLink.objects.get()
        assert (link.page_id, link.url, link.words, link.fault) == (page.pk, "/khong-con/", "xem ở đây", NO_PAGE)
        page.body = [("text", RichText("<p>Đã sửa.</p>"))]
        page.save_revision().publish()
        assert check_links() == 0

    def test_sees_a_document_that_was_deleted(self, site_tree):
        document: PortalDocument = PortalDocumentFactory()
        page_with(f'<p><a linktype="document" id="{document.pk}">mẫu đơn</a></p>')
        assert check_links() == 0
        document.delete()
        assert check_links() == 1
        assert BrokenLink.objects.get().fault == DELETED

    def test_leaves_drafts_alone(self, site_tree):
        page_with('<p><a href="/khong-con/">x</a></p>', draft=True)
        assert check_links() == 0

    def test_other_sites_are_asked_only_where_that_is_wanted(self, site_tree, settings):
        page_with('<p><a href="https://example.org/x">x</a></p>')
        assert check_links(ask_outside=lambda urls: pytest.fail("asked")) == 0
        settings.LINK_CHECK_EXTERNAL = True
        asked = []
        check_links(ask_outside=lambda urls: asked.extend(urls) or {})
        assert asked == ["https://example.org/x"]

    def test_other_site_is_told_after_three_silent_nights_and_forgotten_when_it_answers(self, site_tree, settings):
        settings.LINK_CHECK_EXTERNAL = True
        page_with('<p><a href="https://example.org/x">x</a></p>')
        silent = {"https://example.org/x": "trang kia không trả lời"}
        assert [check_links(ask_outside=lambda urls: silent) for _night in range(3)] == [0, 0, 1]
        assert check_links(ask_outside=lambda urls: {}) == 1, "a night that was too short changes nothing"
        assert check_links(ask_outside=lambda urls: {"https://example.org/x": ""}) == 0


class Teller(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def answer(self):
        self.asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/broken": 503, "/moved": 302, "/no-head": 405 if self.command == "HEAD" else 200}
        self.send_response(status.get(self.path, 200))
        self.send_header("Location", "/gone")
        self.end_headers()

    def log_message(self, *_words):
        pass


# The names are the library's.
Teller.do_HEAD = Teller.do_GET = Teller.answer


class TestOutside:
    @pytest.fixture
    def elsewhere(self, monkeypatch):
        monkeypatch.setattr(outside, "PAUSE", 0)
        Teller.asked = []
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Teller)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()

    def test_our_own_network_is_never_asked(self, elsewhere):
        assert outside.fault_outside(f"{elsewhere}/gone") == "địa chỉ trong mạng nội bộ"
        assert not Teller.asked

    @pytest.mark.parametrize(
        ("path", "fault"),
        [
            ("/here", ""),
            ("/gone", "trang kia không còn"),
            ("/broken", "trang kia báo lỗi 503"),
            ("/moved", ""),
            ("/no-head", ""),
        ],
    )
    def test_answer_is_read(self, elsewhere, path, fault, monkeypatch):
        monkeypatch.setattr(outside, "is_foreign", lambda address: True)
        assert outside.faults_outside([elsewhere + path]) == {elsewhere + path: fault}

    def test_redirects_are_not_followed(self, elsewhere, monkeypatch):
        monkeypatch.setattr(outside, "is_foreign", lambda address: True)
        outside.fault_outside(f"{elsewhere}/moved")
        assert Teller.asked == ["HEAD /moved"]

    @pytest.mark.parametrize("url", ["http://[", "http://127.0.0.1:1/", "http://khong-co.invalid/"])
    def test_whatever_goes_wrong_is_a_fault_and_no_error(self, url, monkeypatch):
        monkeypatch.setattr(outside, "is_foreign", lambda address: True)
        assert outside.fault_outside(url) == "trang kia không trả lời"


class TestList:
    ADDRESS = "/quan-tri/lien-ket-hong/"

    def test_is_for_those_who_write(self, editor, officer, team_member):
        BrokenLinkFactory()
        assert "không còn trang này" in editor.get(self.ADDRESS).content.decode()
        for other in (officer, team_member):
            assert other.get(self.ADDRESS).status_code == 404
        assert Client().get(self.ADDRESS).status_code == 302

    def test_own_pages_apart(self, editor):
        BrokenLinkFactory(page=StandardPageFactory(title="Trang của tôi đây", owner=editor.user))
        BrokenLinkFactory(page=StandardPageFactory(title="Trang của người khác"))
        shown = editor.get(f"{self.ADDRESS}?cua=toi").content.decode()
        assert "Trang của tôi đây" in shown
        assert "Trang của người khác" not in shown
