"""Advice in the editor: words, pictures, links, the shared text. It is told, and never stops a page."""

import pytest
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text, streamfield

from portal.core.models import PlainWord
from portal.core.models.files import People
from portal.core.page_advice import advice_on
from portal.households.permissions import TEAM_GROUP
from portal.stories.models import StoryPage
from tests.desks import desk_of
from tests.factories.core import PlainWordFactory, PortalImageFactory
from tests.factories.stories import StoryPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lenient_templates")]
HEADING = "Nên xem lại trước khi đăng"
OFFICIALESE = "Xã triển khai hỗ trợ người dân."


def story(**fields) -> StoryPage:
    return StoryPageFactory(**{"lead": "Bà Lan bán rau.", "picture": None, **fields})


def proposals(page) -> list[str]:
    return [line.proposal for line in advice_on(page)]


def paragraph(source: str) -> list[tuple[str, RichText]]:
    return [("text", RichText(source))]


def editor_of(desk, page) -> str:
    return desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_office_words_are_told_with_sentence_and_proposal(editor):
    shown = editor_of(editor, story(body=paragraph(f"<p>{OFFICIALESE}</p>")))
    assert HEADING in shown
    assert "“triển khai” → làm" in shown
    assert "“người dân” → bà con" in shown
    assert f'<q class="advice__quote">{OFFICIALESE}</q>' in shown
    assert "nội dung, khối 1 (đoạn chữ)" in shown


def test_good_story_gets_no_panel(editor):
    assert HEADING not in editor_of(editor, story(body=paragraph("<p>Sáng nào bà cũng ra sạp.</p>")))


def test_advice_stops_no_page(reviewer, stories, story_form):
    body = streamfield([("text", rich_text(f"<p>{OFFICIALESE}</p>"))])
    address = reverse("wagtailadmin_pages:add", args=["stories", "storypage", stories.pk])
    reviewer.post(address, {**story_form(body=body), "action-publish": "1"})
    assert StoryPage.objects.get().live


def test_word_that_staff_add_is_proposed_and_one_that_they_switch_off_is_not():
    PlainWordFactory(office="thi đua", plain="cùng cố gắng")
    PlainWord.objects.filter(office="hỗ trợ").update(is_used=False)
    found = proposals(story(lead="Thi đua hỗ trợ."))
    assert found == ["“Thi đua” → cùng cố gắng"]


@pytest.mark.parametrize(
    ("who", "status"), [("editor", 200), ("reviewer", 200), ("administrator", 200), ("team", 302), ("stranger", 302)]
)
def test_word_list_belongs_to_those_who_write(who, status, request):
    desk = desk_of(TEAM_GROUP, full_name="Phạm Thị Phúc") if who == "team" else request.getfixturevalue(who)
    assert desk.get(reverse("plain_words:index")).status_code == status
    answer = desk.post(reverse("plain_words:add"), {"office": "thi đua", "plain": "cùng cố gắng", "is_used": "on"})
    assert answer.status_code == 302
    assert PlainWord.objects.filter(office="thi đua").exists() is (status == 200)


@pytest.mark.parametrize("people", ["", *People.values])
def test_picture_waits_for_a_word_about_its_people(people):
    page = story(picture=PortalImageFactory(people=people, description="Bà Lan ở sạp"))
    assert any("người trong ảnh" in line for line in proposals(page)) is (people == "")


def test_picture_without_description_is_told_unless_it_is_decoration():
    bare = PortalImageFactory(people=People.NOBODY, description="")
    assert any("Ảnh chưa có mô tả" in line for line in proposals(story(picture=bare)))
    assert proposals(story(picture=bare, picture_alt="Sạp rau")) == []
    bare.is_decorative = True
    assert proposals(story(picture=bare)) == []


def test_page_without_a_sentence_to_share_is_told():
    assert any("chia sẻ qua Zalo" in line for line in proposals(story(lead="")))
    assert proposals(story(lead="", search_description="Bà Lan bán rau.")) == []


class TestLinks:
    def test_to_a_live_page_is_fine(self):
        other = StoryPageFactory()
        assert proposals(story(body=paragraph(f'<p><a linktype="page" id="{other.pk}">x</a></p>'))) == []

    def test_to_a_draft_is_told(self):
        other = StoryPageFactory(draft=True)
        found = proposals(story(body=paragraph(f'<p><a linktype="page" id="{other.pk}">x</a></p>')))
        assert found == ["Liên kết dẫn tới trang chưa đăng hoặc đã gỡ xuống."]

    @pytest.mark.parametrize("kind", ["page", "document"])
    def test_to_what_is_gone_is_told(self, kind):
        (found,) = proposals(story(body=paragraph(f'<p><a linktype="{kind}" id="987654">x</a></p>')))
        assert "đã xóa" in found

    @pytest.mark.parametrize(
        ("href", "is_told"),
        [
            ("/tim-kiem/", False),
            ("/khong-co-trang-nay/", True),
            ("http://{host}/khong-co-trang-nay/", True),
            ("https://example.vn/khong-co-trang-nay/", False),
            ("mailto:xa@example.vn", False),
        ],
    )
    def test_written_by_hand(self, site_tree, href, is_told):
        href = href.format(host=site_tree.home.get_site().hostname)
        page = story(parent=site_tree.stories, body=paragraph(f'<p><a href="{href}">x</a></p>'))
        assert bool(proposals(page)) is is_told

    def test_of_a_button(self, site_tree):
        button = [
            ("link", {"title": "Xem", "url": f"http://{site_tree.home.get_site().hostname}/cau-chuyen/khong-co/"})
        ]
        assert len(proposals(story(parent=site_tree.stories, body=button))) == 1
