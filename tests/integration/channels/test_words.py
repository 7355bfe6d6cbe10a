"""Words for every channel: proposed from the article, kept as read back, old as soon as the article changes."""

from html import unescape

import pytest

from portal.core.channels.script import MAX_SECONDS
from portal.home.channels.articles import article_of
from portal.home.channels.selectors import words_of
from portal.home.models import Channel, ChannelText
from tests.factories.core import PortalImageFactory, a_body
from tests.factories.stories import GuidePageFactory, NewsPageFactory, StoryPageFactory
from tests.integration.channels.pages import address_of, an_activity, kept, kept_everywhere, old_ones, publish

pytestmark = pytest.mark.django_db
ALL = set(Channel)


def proposals(page):
    return {words.channel: words for words in words_of(page, article_of(page))}


def test_activity_is_announced_with_hour_and_place_twice_and_nothing_unsayable():
    words = proposals(an_activity())[Channel.LOUDSPEAKER]
    assert words.text.splitlines()[:4] == [
        "Kính thưa bà con!",
        "Học trả tiền bằng mã vuông, gọi là mã quy rờ.",
        "Từ tám giờ đến mười giờ sáng, thứ Bảy, ngày một tháng sáu.",
        "Tại nhà văn hóa thôn.",
    ]
    assert words.text.count("tám giờ") == words.text.count("nhà văn hóa thôn") == 2
    assert not any(char.isdigit() for char in words.text)
    assert words.notes == ()
    assert words.script.seconds <= MAX_SECONDS


@pytest.mark.parametrize("factory", [NewsPageFactory, StoryPageFactory, GuidePageFactory, an_activity])
def test_every_kind_of_article_has_words_for_every_channel(factory):
    page = factory(lead="Một câu nói ngay điều chính.")
    assert all(words.text for words in proposals(page).values())


def test_long_article_keeps_the_clock_and_says_what_was_left_out():
    page = NewsPageFactory(body=a_body("Bà con xem lại máy của nhà mình giúp xã. " * 80))
    words = proposals(page)[Channel.LOUDSPEAKER]
    assert words.script.seconds <= MAX_SECONDS
    assert "máy bỏ" in words.notes[-1]


def test_zalo_carries_the_short_address_and_facebook_the_long_one(settings):
    page = an_activity()
    words = proposals(page)
    assert f"{settings.BASE_URL}/p/{page.pk:04d}" in words[Channel.ZALO].text
    assert f"{settings.BASE_URL}{page.get_url()}" in words[Channel.FACEBOOK].text
    assert "Lúc: từ 8 giờ đến 10 giờ sáng, thứ Bảy, 01/06/2030" in words[Channel.ZALO].text


@pytest.mark.parametrize(
    ("change", "flipped"),
    [
        ({"title": "Học nhận tiền bằng mã QR"}, ALL),
        ({"lead": "Tổ chỉ từng nhà."}, ALL),
        ({"place": "Trạm y tế"}, ALL),
        ({"body": a_body("Buổi này dời vào trong nhà.")}, ALL),
        ({"is_cancelled": True, "cancel_note": "Mưa to, dời sang tuần sau."}, ALL),
        ({"search_description": "Chỉ cho máy tìm kiếm"}, set()),
    ],
    ids=["title", "lead", "place", "body", "cancelled", "unseen"],
)
def test_change_of_the_published_article_makes_everything_old(change, flipped):
    page = an_activity()
    kept_everywhere(page)
    assert old_ones(page) == set()
    publish(page, **change)
    assert old_ones(page) == flipped


def test_another_picture_makes_old_only_what_shows_it():
    page = an_activity()
    kept_everywhere(page)
    publish(page, picture=PortalImageFactory())
    assert old_ones(page) == {Channel.FACEBOOK, Channel.NOTICE, Channel.POSTER}


def test_draft_that_nobody_published_makes_nothing_old():
    page = an_activity()
    kept_everywhere(page)
    page.title = "Tiêu đề đang nghĩ"
    page.save_revision()
    assert old_ones(page) == set()


def test_editor_keeps_words_and_reads_them_back(editor):
    page = an_activity()
    digest = proposals(page)[Channel.ZALO].digest
    sent = {"viec": "giu", "loi": "Thứ Bảy này,\r\nmời bà con.", "dau": digest}
    shown = editor.post(address_of(page, "keep", "zalo"), sent, follow=True).content.decode()
    assert "Thứ Bảy này,\nmời bà con.</textarea>" in shown
    assert "Tin Zalo: đã giữ" in shown
    assert (kept(page).text, kept(page).made_by) == ("Thứ Bảy này,\nmời bà con.", editor.user)
    assert old_ones(page) == set()


def test_figures_typed_for_the_loudspeaker_are_kept_as_spoken(editor):
    page = an_activity()
    editor.post(address_of(page, "keep", "loa"), {"viec": "giu", "loi": "UBND xã mời 15 hộ.", "dau": "x"})
    assert kept(page, Channel.LOUDSPEAKER).text == "Ủy ban nhân dân xã mời mười lăm hộ."


@pytest.mark.parametrize(
    ("channel", "text", "why"),
    [
        ("loa", "bà con ơi " * 90, "Xin bớt 45 tiếng."),
        ("zalo", "", "Xin điền lời cho kênh này."),
        ("to-quang-ba", "dài " * 80, "Dài quá"),
        ("zalo", "Gọi bà M. số 0912 345 678.", "giống số điện thoại"),
        ("loa", "Căn cước số 051190001234.", "giống số căn cước"),
        ("bang-tin", "một dòng\n" * 40, "bản này có 40"),
    ],
)
def test_words_that_cannot_go_out_are_refused_and_stay_in_the_box(editor, channel, text, why):
    page = an_activity()
    answer = editor.post(address_of(page, "keep", channel), {"viec": "giu", "loi": text, "dau": "x"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert why in shown
    assert f"{text}</textarea>" in shown
    assert not ChannelText.objects.exists()


def test_number_that_stands_in_the_article_may_go_out(editor):
    page = an_activity(body=a_body("Hỏi tổ công nghệ số: 0912 345 678."))
    sent = {"viec": "giu", "loi": "Hỏi số 0912 345 678.", "dau": "x"}
    assert editor.post(address_of(page, "keep", "zalo"), sent).status_code == 302


def test_words_written_beside_an_older_article_are_old_at_once(editor):
    page = an_activity()
    before = proposals(page)[Channel.ZALO].digest
    publish(page, place="Trạm y tế")
    editor.post(address_of(page, "keep", "zalo"), {"viec": "giu", "loi": "Ở nhà văn hóa.", "dau": before})
    assert old_ones(page) == {Channel.ZALO}


def test_old_words_are_confirmed_or_made_anew(editor):
    page = an_activity()
    kept_everywhere(page)
    publish(page, place="Trạm y tế")
    shown = unescape(editor.get(address_of(page)).content.decode())
    assert shown.count("<b>Cũ.</b>") == len(ALL)
    before = kept(page).text
    editor.post(address_of(page, "keep", "zalo"), {"viec": "van-dung"})
    editor.post(address_of(page, "keep", "facebook"), {"viec": "soan-lai"})
    assert kept(page).text == before
    assert "Nơi: Trạm y tế" in kept(page, Channel.FACEBOOK).text
    assert old_ones(page) == ALL - {Channel.ZALO, Channel.FACEBOOK}


def test_draft_is_shown_and_not_kept(editor):
    page = NewsPageFactory(draft=True, title="Tin sắp đăng")
    page.save_revision()
    shown = editor.get(address_of(page)).content.decode()
    assert "Tin sắp đăng" in shown
    assert "chưa giữ được" in shown
    editor.post(address_of(page, "keep", "zalo"), {"viec": "giu", "loi": "Lời", "dau": "x"})
    assert not ChannelText.objects.exists()


def test_publishing_says_which_words_are_old_now(reviewer, rf):
    from django.contrib.messages.storage.fallback import FallbackStorage

    from portal.home.channels.buttons import say_what_is_old

    page = an_activity()
    kept_everywhere(page)
    publish(page, place="Trạm y tế")
    request = rf.get("/")
    request.session, request._messages = {}, None
    request._messages = FallbackStorage(request)
    say_what_is_old(request, page)
    [message] = [str(one) for one in request._messages]
    assert "bản cho loa" in message


@pytest.mark.parametrize("place", ["wagtailadmin_pages:edit", "wagtailadmin_explore"])
def test_editor_finds_the_way_from_wagtails_screens(editor, place):
    from django.urls import reverse

    page = an_activity()
    where = page.pk if place.endswith("edit") else page.get_parent().pk
    assert address_of(page) in editor.get(reverse(place, args=[where])).content.decode()
