"""What a process keeps between visits is never older than the public content."""

import pytest
import time_machine

from portal.core.page_cache import forget_pages
from portal.core.remember import remembered
from tests.factories.core import UserFactory
from tests.factories.home import AlertBannerFactory
from tests.factories.stories import StoryPageFactory

pytestmark = pytest.mark.django_db


def test_reading_is_kept_until_something_public_changes(django_capture_on_commit_callbacks):
    answers = iter(["cũ", "mới"])
    assert remembered("thử", lambda: next(answers)) == "cũ"
    assert remembered("thử", lambda: next(answers)) == "cũ"
    with django_capture_on_commit_callbacks(execute=True):
        forget_pages()
    assert remembered("thử", lambda: next(answers)) == "mới"


def test_reading_made_while_something_changed_is_not_kept():
    from portal.core import page_cache

    def read_during_change():
        page_cache._new_generation()
        return "cũ"

    assert remembered("lúc đổi", read_during_change) == "cũ"
    assert remembered("lúc đổi", lambda: "mới") == "mới"


def test_alert_appears_and_leaves_by_the_clock(client, site_tree):
    from datetime import timedelta

    from django.utils import timezone

    now = timezone.now()
    AlertBannerFactory(
        text="Mai nghỉ sửa máy.", starts_at=now + timedelta(minutes=10), ends_at=now + timedelta(hours=1)
    )
    for minutes, is_there in ((0, False), (12, True), (70, False)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            client.get("/tim-kiem/?q=dem")
            text = client.get("/tim-kiem/").content.decode()
        assert ("Mai nghỉ sửa máy." in text) is is_there, minutes


def test_restriction_set_on_the_root_is_honoured_at_once(client, site_tree, django_capture_on_commit_callbacks):
    from wagtail.models import PageViewRestriction

    story = StoryPageFactory(parent=site_tree.stories)
    assert client.get(story.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=site_tree.home, restriction_type="login")
    assert client.get(story.url).status_code == 302


def test_preview_never_shows_a_kept_fragment(client, site_tree):
    story = StoryPageFactory(parent=site_tree.stories, title="Chuyện đang viết")
    client.force_login(UserFactory(is_admin=True))
    client.get(story.url)
    for words in ("Đoạn đầu viết thử.", "Đoạn đầu viết lại."):
        story.body = [("heading", words)]
        response = story.make_preview_request(preview_mode="")
        response.render()
        assert words in response.content.decode()
