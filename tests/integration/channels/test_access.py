"""Channels are for those who may change the page: nobody else learns that there are any."""

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from portal.home.models import ChannelText, HungPoster
from tests.factories.home import HungPosterFactory
from tests.factories.stories import NewsIndexPageFactory
from tests.integration.channels.pages import address_of, an_activity

pytestmark = pytest.mark.django_db
READ = (("page",), ("notice",), ("poster", "a4"))
WRITE = (("keep", "zalo"), ("hang",))


@pytest.fixture
def page():
    return an_activity()


def answers(desk, page):
    row = HungPosterFactory(page=page)
    yield desk.get(reverse("channels:walls"))
    yield from (desk.get(address_of(page, *names)) for names in READ)
    yield from (desk.post(address_of(page, *names), {"viec": "giu", "loi": "Lời", "dau": "x"}) for names in WRITE)
    yield desk.post(reverse("channels:take_down", args=[row.pk]), {"taken_down_on": "01/01/2031"})


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_writers_have_all_of_it(role, page, request):
    codes = [answer.status_code for answer in answers(request.getfixturevalue(role), page)]
    assert codes == [200, 200, 200, 200, 302, 422, 302]


@pytest.mark.parametrize("role", ["team_member", "colleague", "officer", "leader"])
def test_others_find_nothing(role, page, request):
    assert {answer.status_code for answer in answers(request.getfixturevalue(role), page)} == {404}
    assert not ChannelText.objects.exists()
    assert not HungPoster.objects.exclude(taken_down_on=None).exists()


def test_stranger_is_sent_to_the_door(page, stranger):
    for answer in answers(stranger, page):
        assert answer.headers["Location"].startswith("/quan-tri/login/")
    assert not ChannelText.objects.exists()


def test_editor_of_another_section_finds_nothing(page, editor):
    """Rights may be given for one section only; what is of others is not there."""
    group = editor.user.groups.get()
    GroupPagePermission.objects.filter(group=group).update(page=Page.objects.get(pk=NewsIndexPageFactory().pk))
    walls, *rest = answers(editor, page)
    assert "nhà văn hóa" not in walls.content.decode()
    assert {answer.status_code for answer in rest} == {404}


def test_page_without_channels_has_none(page, editor):
    assert editor.get(address_of(page.get_parent())).status_code == 404
    assert editor.post(address_of(page, "keep", "fax")).status_code == 404
    assert editor.get(address_of(page, "poster", "a5")).status_code == 404


def test_nothing_of_it_may_be_kept_on_the_way(page, editor):
    for names in READ:
        assert editor.get(address_of(page, *names)).headers["Cache-Control"] == "private, no-store"
