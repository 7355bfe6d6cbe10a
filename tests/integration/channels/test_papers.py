"""Poster and notice as printed: one sheet, Vietnamese letters, a square code that leads to the article."""

import pytest
from django.test import Client

from portal.home.channels.addresses import short_code
from portal.home.channels.articles import article_of
from portal.home.channels.papers import notice_pdf
from portal.home.channels.proposing import LIMITS, NOTICE_LINES
from portal.home.models import Channel
from tests.factories.core import PortalImageFactory, a_body
from tests.factories.stories import NewsPageFactory, StoryPageFactory
from tests.integration.channels.pages import address_of, an_activity, kept_everywhere, publish
from tests.integration.register.titles import codes_on, text_of

pytestmark = pytest.mark.django_db
TITLE = "Ở Ngã Ba Tô, bà cụ Y Ẩn sửng sốt: rẫy sắn được cấp mã QR để bán hàng"


def pages_in(pdf, folder):
    return text_of(pdf, folder).count("\f")


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_square_code_of_the_poster_leads_to_the_article(editor, tmp_path, settings, size):
    page = an_activity(picture=PortalImageFactory())
    pdf = editor.get(address_of(page, "poster", size))
    assert pdf.headers["Content-Type"] == "application/pdf"
    [address] = codes_on(pdf.content, tmp_path)
    assert address == f"{settings.BASE_URL}/p/{short_code(page)}/"
    answer = Client().get(address.removeprefix(settings.BASE_URL))
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(page.get_url())
    assert Client().get(answer.headers["Location"]).status_code == 200


def test_poster_says_what_when_and_where_and_carries_eight_strips(editor, tmp_path):
    page = an_activity(title=TITLE)
    text = text_of(editor.get(address_of(page, "poster", "a4")).content, tmp_path)
    # Beside the square code and on each strip.
    flat = " ".join(text.replace("\u00a0", " ").split())
    assert TITLE in flat
    assert "Từ 8 giờ đến 10 giờ sáng, thứ Bảy, 01/06/2030" in flat
    assert flat.count(f"/p/{short_code(page)}") == 1 + 8
    assert text.count("\f") == 1


def test_poster_is_one_sheet_however_long_the_words(editor, tmp_path):
    page = an_activity(
        title="Thứ bảy nghiêng ngả " * 12, lead="Tổ đến từng nhà. " * 17, audience="mọi nhà " * 20, bring="cả nhà " * 28
    )
    assert pages_in(editor.get(address_of(page, "poster", "a4")).content, tmp_path) == 1
    assert len(codes_on(editor.get(address_of(page, "poster", "a4")).content, tmp_path)) == 1


def test_notice_is_one_sheet_with_a_square_code(editor, tmp_path, settings):
    page = NewsPageFactory(title=TITLE, body=a_body("Bà con xem lại máy của nhà mình giúp xã. " * 80))
    pdf = editor.get(address_of(page, "notice")).content
    assert pages_in(pdf, tmp_path) == 1
    assert codes_on(pdf, tmp_path) == [f"{settings.BASE_URL}/p/{short_code(page)}/"]
    assert "Bà con xem lại máy" in text_of(pdf, tmp_path)


@pytest.mark.parametrize("lines", [1, 4, 9, 14, 19, 23, NOTICE_LINES])
def test_notice_never_runs_over_to_a_second_sheet(tmp_path, lines):
    page = an_activity(title="Thứ bảy nghiêng ngả " * 12, audience="mọi nhà " * 12, bring="cả nhà " * 14)
    text = "\n".join(["Tổ đến từng nhà, ai hỏi gì chỉ nấy. " * (LIMITS[Channel.NOTICE] // 36 // lines)] * lines)
    assert pages_in(notice_pdf(page, article_of(page), text), tmp_path) == 1


def test_paper_of_a_draft_says_so(editor, tmp_path):
    page = StoryPageFactory(draft=True)
    page.save_revision()
    for names in (("poster", "a4"), ("notice",)):
        # Set askew across the sheet, one syllable a line for whoever copies it.
        words = text_of(editor.get(address_of(page, *names)).content, tmp_path).split()
        assert {"BẢN", "XEM", "THỬ"} <= set(words)


def test_old_words_are_not_printed(editor):
    page = an_activity()
    kept_everywhere(page)
    publish(page, place="Trạm y tế")
    for name, *rest in (("poster", "a4"), ("notice",)):
        assert editor.get(address_of(page, name, *rest)).status_code == 302
    editor.post(address_of(page, "keep", Channel.POSTER), {"viec": "van-dung"})
    assert editor.get(address_of(page, "poster", "a4")).status_code == 200


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("0", "O"), lambda code: f" {code} "])
def test_short_address_forgives_how_it_is_typed(client, spelling):
    page = an_activity()
    assert client.get(f"/p/{spelling(short_code(page))}/").status_code == 302


def test_short_address_of_a_wrong_letter_leads_nowhere(client):
    code = short_code(an_activity())
    wrong = "A" if code[-1] != "A" else "C"
    assert client.get(f"/p/{code[:-1]}{wrong}/").status_code == 404


def test_short_address_says_that_a_page_was_taken_down_and_tells_no_draft(client):
    page, draft = an_activity(), NewsPageFactory(draft=True)
    page.first_published_at = page.last_published_at
    page.save_revision().publish()
    page.unpublish()
    assert client.get(f"/p/{short_code(page)}/").status_code == 410
    assert client.get(f"/p/{short_code(draft)}/").status_code == 404
